/// From requirements, policy, IAM and grants to what is missing and the smallest safe change. Pure.
/// Knows requirement, policy, json and finding.
@NullMarked
package io.bedrockbudgeteer.keyguard.plan;

import org.jspecify.annotations.NullMarked;
