package io.bedrockbudgeteer.keyguard.cli.report;

import io.bedrockbudgeteer.keyguard.plan.OwnStatement;
import io.bedrockbudgeteer.keyguard.plan.Owner;
import io.bedrockbudgeteer.keyguard.plan.Plan;
import io.bedrockbudgeteer.keyguard.plan.Planner;
import io.bedrockbudgeteer.keyguard.plan.Room;
import io.bedrockbudgeteer.keyguard.plan.StatementChange;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.policy.Statement;
import io.bedrockbudgeteer.keyguard.requirement.Requirement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A plan, and what is needed to explain it.
///
/// @param before the policy that the plan starts from
/// @param owner whose statements are planned
/// @param requirements why: each change serves one of them
/// @param absent roles that do not exist, or were not looked at
public record Proposal(
        Plan plan,
        KeyPolicy before,
        Owner owner,
        List<Requirement> requirements,
        List<Arn> absent) {

    public Proposal {
        requirements = List.copyOf(requirements);
        absent = List.copyOf(absent);
    }

    List<StatementChange> changes() {
        return plan instanceof Plan.Change change ? change.changes() : List.of();
    }

    long count(StatementChange.Kind kind) {
        return changes().stream().filter(change -> change.kind() == kind).count();
    }

    int repairs() {
        return plan instanceof Plan.Change change ? change.repairs().size() : 0;
    }

    /// What is left when the plan is done, in stacks of this size; empty when nothing is ours then.
    Optional<Room> room() {
        return Room.of(plan instanceof Plan.Change change ? change.policy() : before, owner);
    }

    Optional<Requirement> requirement(StatementChange change) {
        return requirements.stream()
                .filter(requirement -> requirement.purpose().equals(change.purpose()))
                .findFirst();
    }

    /// Whether KMS would refuse the statement because its role is not there.
    boolean namesAbsentRole(StatementChange change) {
        return change.kind() != StatementChange.Kind.REMOVE
                && requirement(change)
                        .flatMap(requirement -> requirement.caller().principalArn())
                        .filter(absent::contains)
                        .isPresent();
    }

    /// The statements that changes in place replace, by the Sid they get: a Sid carries a hash of
    /// its statement, so it changes with it.
    Map<String, String> replaced() {
        Set<String> kept = new HashSet<>();
        if (plan instanceof Plan.Change change)
            for (Statement statement : change.policy().statements())
                statement.sid().ifPresent(kept::add);
        for (StatementChange change : changes())
            if (change.kind() == StatementChange.Kind.REMOVE) kept.add(change.sid());
        Map<String, String> replaced = new HashMap<>();
        for (OwnStatement own : Planner.ownStatements(before, owner)) {
            if (kept.contains(own.sid())) continue;
            changes().stream()
                    .filter(change ->
                            change.kind() == StatementChange.Kind.CHANGE
                                    && change.purpose().equals(own.purpose())
                                    && !replaced.containsKey(change.sid()))
                    .findFirst()
                    .ifPresent(change -> replaced.put(change.sid(), own.statement().text()));
        }
        return replaced;
    }
}
