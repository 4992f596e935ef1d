package io.bedrockbudgeteer.keyguard.plan;

import io.bedrockbudgeteer.keyguard.policy.Verdict;
import io.bedrockbudgeteer.keyguard.requirement.Requirement;

/// One line of the access table: may this caller do this action with this context, and which
/// statement decides.
///
/// @param requirement the requirement the line belongs to
/// @param action one single action, such as `kms:Decrypt`
/// @param resource what the request is about, for people: the value of its encryption context or
///   source ARN, or empty
/// @param verdict the answer
public record AccessRow(Requirement requirement, String action, String resource, Verdict verdict) {}
