package io.bedrockbudgeteer.bench;

import io.bedrockbudgeteer.keyguard.plan.Plan;
import io.bedrockbudgeteer.keyguard.plan.Planner;
import io.bedrockbudgeteer.keyguard.plan.PolicyHealth;
import io.bedrockbudgeteer.keyguard.plan.RoleStatements;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.requirement.Requirement;
import java.util.List;

/// What the guards do with one policy text between the read from KMS and the write to it.
///
/// @param health of the text by itself, as the key check finds it
/// @param plan the statements to add, after every check before a write
public record Planning(PolicyHealth health, Plan plan) {

    static Planning of(String text, List<Requirement> requirements) {
        return new Planning(
                PolicyHealth.of(text, Names.KEY),
                Planner.add(
                        Stack.situation(KeyPolicy.read(text)),
                        requirements,
                        RoleStatements.LEAST,
                        List.of()));
    }
}
