package io.bedrockbudgeteer.keyguard.policy;

import java.util.List;

/// The permissions boundary of a caller. Source: IAM User Guide, Permissions boundaries for IAM
/// entities.
public sealed interface Boundary {

    /// It is known that there is none.
    record None() implements Boundary {}

    /// Whether there is one is not known. It then limits nothing: what was not looked at is left
    /// out of the question, as service control policies are. Only where having a boundary decides
    /// by itself, under NotPrincipal, the answer is unknown too.
    record Unknown() implements Boundary {}

    /// All of these must let a request through; at least one.
    record Limits(List<IdentityPolicy> policies) implements Boundary {
        public Limits {
            policies = List.copyOf(policies);
            if (policies.isEmpty()) throw new IllegalArgumentException("policies: 0, allowed: 1..");
        }
    }
}
