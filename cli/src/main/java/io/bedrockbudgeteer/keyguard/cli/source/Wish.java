package io.bedrockbudgeteer.keyguard.cli.source;

import io.bedrockbudgeteer.keyguard.key.PolicyUse;
import io.bedrockbudgeteer.keyguard.plan.RoleStatements;

/// What is wanted of a key.
///
/// @param environment such as `production`, as in the stack's parameter
/// @param roles when roles get statements of their own
/// @param use what is going to happen to the key policy
public record Wish(String environment, RoleStatements roles, PolicyUse use) {}
