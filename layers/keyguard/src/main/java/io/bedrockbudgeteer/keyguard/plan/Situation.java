package io.bedrockbudgeteer.keyguard.plan;

import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.Grant;
import io.bedrockbudgeteer.keyguard.policy.IdentityAccess;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import java.util.List;
import java.util.Map;

/// Everything a plan is made from. No AWS type, nothing that changes.
///
/// @param key ARN of the key
/// @param policy the key policy as it was read
/// @param roles what IAM says, by role ARN
/// @param grants grants on the key; empty when they were not looked at
/// @param caller what IAM says about the principal that would put the policy
/// @param owner whose statements are ours
public record Situation(
        Arn key,
        KeyPolicy policy,
        Map<Arn, IdentityAccess> roles,
        List<Grant> grants,
        IdentityAccess caller,
        Owner owner) {

    public Situation {
        roles = Map.copyOf(roles);
        grants = List.copyOf(grants);
    }

    /// The same situation with the policy as it reads now.
    public Situation with(KeyPolicy now) {
        return new Situation(key, now, roles, grants, caller, owner);
    }

    /// The same situation with the grants that there are.
    public Situation with(List<Grant> found) {
        return new Situation(key, policy, roles, found, caller, owner);
    }

    /// The same situation, with somebody else or more known about who would put the policy.
    public Situation by(IdentityAccess other) {
        return new Situation(key, policy, roles, grants, other, owner);
    }
}
