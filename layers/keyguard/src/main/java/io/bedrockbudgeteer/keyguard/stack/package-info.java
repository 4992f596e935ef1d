/// What CloudFormation is doing with our own stack, which a custom-resource event does not say. The
/// only package that holds the CloudFormation client. Knows aws.
@NullMarked
package io.bedrockbudgeteer.keyguard.stack;

import org.jspecify.annotations.NullMarked;
