package io.bedrockbudgeteer.keyguard.cli.source;

import io.bedrockbudgeteer.keyguard.plan.Owner;
import io.bedrockbudgeteer.keyguard.plan.Situation;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.IdentityAccess;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.requirement.Requirement;
import io.bedrockbudgeteer.keyguard.requirement.Requirements;
import io.bedrockbudgeteer.keyguard.requirement.StackNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A key of which only the ARN and the policy text are known, or the policy is taken to be the one
/// that a new key has. Roles count as the template makes them.
///
/// @param situation what a plan is made from
/// @param requirements what must be possible on the key
public record OnlyPolicy(Situation situation, List<Requirement> requirements) {

    public OnlyPolicy {
        requirements = List.copyOf(requirements);
    }

    public static OnlyPolicy of(Arn key, String policy, String environment) {
        StackNames names = Requirements.names(key, environment);
        List<Requirement> requirements = Requirements.of(names);
        AssumedRoles template = new AssumedRoles(key, requirements);
        Map<Arn, IdentityAccess> roles = new LinkedHashMap<>();
        for (Arn role : Files.sorted(names)) roles.put(role, template.role(role));
        return new OnlyPolicy(
                new Situation(
                        key,
                        KeyPolicy.read(policy),
                        roles,
                        List.of(),
                        IdentityAccess.unknown(root(key), "nobody said who would put the policy"),
                        Owner.command(environment)),
                requirements);
    }

    /// The account of the key, as a principal.
    public static Arn root(Arn key) {
        return Arn.parse("arn:" + key.partition() + ":iam::" + key.account() + ":root");
    }
}
