package io.bedrockbudgeteer.keyguard.cli.source;

import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.key.KeyReport;
import io.bedrockbudgeteer.keyguard.plan.Owner;
import io.bedrockbudgeteer.keyguard.plan.Situation;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.Grant;
import io.bedrockbudgeteer.keyguard.policy.IdentityAccess;
import io.bedrockbudgeteer.keyguard.requirement.Requirement;
import io.bedrockbudgeteer.keyguard.requirement.StackNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything that was read about a key and those who use it.
///
/// @param report the check of the key
/// @param names names of the environment on this key; empty when the key could not be looked at
/// @param requirements what must be possible on the key
/// @param roles what IAM says, by role ARN
/// @param assumed roles that are not there, or were not looked at, and count as the shipped
///   template makes them
/// @param grants empty when they were not looked at
/// @param caller who would put the policy; somebody unknown when nobody was asked
/// @param findings about roles
/// @param notSeen what was not looked at and could change the result, one sentence each
public record Seen(
        KeyReport report,
        Optional<StackNames> names,
        List<Requirement> requirements,
        Map<Arn, IdentityAccess> roles,
        List<Arn> assumed,
        Optional<List<Grant>> grants,
        IdentityAccess caller,
        List<Finding> findings,
        List<String> notSeen) {

    public Seen {
        requirements = List.copyOf(requirements);
        roles = Map.copyOf(roles);
        assumed = List.copyOf(assumed);
        findings = List.copyOf(findings);
        notSeen = List.copyOf(notSeen);
    }

    /// What a plan is made from; empty when the key or its policy could not be read.
    ///
    /// @param owner whose statements are ours
    public Optional<Situation> situation(Owner owner) {
        if (names.isEmpty() || report.policy().isEmpty()) return Optional.empty();
        return Optional.of(
                new Situation(
                        names.get().key(),
                        report.policy().get(),
                        roles,
                        grants.orElse(List.of()),
                        caller,
                        owner));
    }
}
