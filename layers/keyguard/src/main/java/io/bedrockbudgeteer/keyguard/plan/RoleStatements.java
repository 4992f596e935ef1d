package io.bedrockbudgeteer.keyguard.plan;

/// When roles get statements of their own in the key policy.
public enum RoleStatements {
    /// Only where the key policy does not leave access to IAM; where it does, the role's IAM policy
    /// is the place to give access.
    LEAST,
    /// Always, for teams that want every user of the key named in its policy.
    ALWAYS
}
