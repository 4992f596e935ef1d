/// The CloudFormation custom-resource protocol: request, outcome, exactly one answer, delivered.
/// Knows json and finding, and of aws only deadline and environment; nothing of keys or policies,
/// and no AWS SDK.
@NullMarked
package io.bedrockbudgeteer.keyguard.customresource;

import org.jspecify.annotations.NullMarked;
