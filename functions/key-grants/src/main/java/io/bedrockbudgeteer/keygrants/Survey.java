package io.bedrockbudgeteer.keygrants;

import io.bedrockbudgeteer.keyguard.aws.Reply;
import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.identity.RoleReader;
import io.bedrockbudgeteer.keyguard.identity.RoleReading;
import io.bedrockbudgeteer.keyguard.key.EditResult;
import io.bedrockbudgeteer.keyguard.key.KeyPolicyEditor;
import io.bedrockbudgeteer.keyguard.plan.Plan;
import io.bedrockbudgeteer.keyguard.plan.Planner;
import io.bedrockbudgeteer.keyguard.plan.Situation;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.Grant;
import io.bedrockbudgeteer.keyguard.policy.IdentityAccess;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.requirement.Requirement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Looks at what the plan for a key depends on, and asks AWS for no more than that: most requests
/// come when nothing has to change, and each call costs time and a share of a quota that the whole
/// account has. For one request, not thread-safe.
final class Survey {
    private final Surroundings around;
    private final GrantsProperties properties;
    private final Arn key;
    private final List<Requirement> requirements;

    Survey(
            Surroundings around,
            GrantsProperties properties,
            Arn key,
            List<Requirement> requirements) {
        this.around = around;
        this.properties = properties;
        this.key = key;
        this.requirements = requirements;
    }

    /// What came of it.
    sealed interface Result {
        /// Nothing has to change.
        record Settled(KeyPolicy policy, Plan.NoChange plan) implements Result {}

        /// Something has to, or cannot be.
        record Open(Situation situation) implements Result {}

        /// It cannot be told.
        record Stopped(List<Finding> findings) implements Result {}
    }

    Result look() {
        return switch (KeyPolicyEditor.read(around.kms, key)) {
            case KeyPolicyEditor.Result.Bad<KeyPolicy>(EditResult.Failed failure) ->
                    new Result.Stopped(failure.findings());
            case KeyPolicyEditor.Result.Good<KeyPolicy>(KeyPolicy policy) -> look(policy);
        };
    }

    private Result look(KeyPolicy policy) {
        if (isKeyAlone(policy)
                && properties.plan(situation(policy, withoutIam()), requirements)
                        instanceof Plan.NoChange plan) {
            around.work.journal().info("iam-not-read", Map.of("key", key));
            return new Result.Settled(policy, plan);
        }
        RoleReader reader = around.roleReader();
        Map<Arn, IdentityAccess> roles = new LinkedHashMap<>();
        List<Finding> missing = new ArrayList<>();
        for (Arn role : roleArns()) {
            RoleReading reading = reader.read(role);
            roles.put(reading.access().principal(), reading.access());
            reading.finding().ifPresent(missing::add);
        }
        if (!missing.isEmpty()) return new Result.Stopped(missing);
        Situation situation = situation(policy, roles);
        if (Planner.hangsOnGrants(situation, requirements)) situation = situation.with(grants());
        return properties.plan(situation, requirements) instanceof Plan.NoChange plan
                ? new Result.Settled(policy, plan)
                : new Result.Open(situation.by(around.caller(reader)));
    }

    /// Whether IAM has no say any more: the key does not leave access to it, and an earlier run,
    /// which had looked at IAM, wrote what every role needs.
    private boolean isKeyAlone(KeyPolicy policy) {
        return properties.mode() == GrantsProperties.Mode.PATCH
                && Planner.rolesHaveStatements(policy, key, around.owner(), requirements);
    }

    private Map<Arn, IdentityAccess> withoutIam() {
        Map<Arn, IdentityAccess> roles = new LinkedHashMap<>();
        for (Arn role : roleArns()) roles.put(role, IdentityAccess.unlimited(role));
        return roles;
    }

    private List<Arn> roleArns() {
        return properties.roleArns().values().stream().map(Arn::parse).toList();
    }

    // Who puts the policy matters when it is put only.
    private Situation situation(KeyPolicy policy, Map<Arn, IdentityAccess> roles) {
        Arn caller = around.callerArn();
        return new Situation(
                key,
                policy,
                roles,
                List.of(),
                IdentityAccess.unknown(caller, "it was not looked at"),
                around.owner());
    }

    // Grants only add to what the policy allows: without them the plan is careful, not wrong.
    private List<Grant> grants() {
        Reply<List<Grant>> grants = around.kms.grants(key);
        grants.trouble()
                .ifPresent(problem ->
                        around.work
                                .journal()
                                .info("grants-not-read", Map.of("problem", problem.text())));
        return grants.found().orElse(List.of());
    }
}
