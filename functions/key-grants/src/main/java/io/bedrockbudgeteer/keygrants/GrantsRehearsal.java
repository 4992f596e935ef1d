package io.bedrockbudgeteer.keygrants;

import io.bedrockbudgeteer.keyguard.aws.AwsClients;
import io.bedrockbudgeteer.keyguard.aws.Deadline;
import io.bedrockbudgeteer.keyguard.aws.Rehearsal;
import io.bedrockbudgeteer.keyguard.identity.RoleReader;
import io.bedrockbudgeteer.keyguard.key.KeyRehearsal;
import io.bedrockbudgeteer.keyguard.key.KeyService;
import io.bedrockbudgeteer.keyguard.plan.Owner;
import io.bedrockbudgeteer.keyguard.plan.Plan;
import io.bedrockbudgeteer.keyguard.plan.Planner;
import io.bedrockbudgeteer.keyguard.plan.RoleStatements;
import io.bedrockbudgeteer.keyguard.plan.Situation;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.Grant;
import io.bedrockbudgeteer.keyguard.policy.IdentityAccess;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.requirement.Requirements;
import io.bedrockbudgeteer.keyguard.requirement.StackNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// One plan for a made-up key and role, so that the first real one finds its classes loaded.
final class GrantsRehearsal {
    private static final Arn ROLE = Arn.parse("arn:aws:iam::111122223333:role/rehearsal");
    // One body for every operation: each takes the members it knows.
    static final String IAM =
            """
            <R><Result><Role><RoleName>rehearsal</RoleName><Arn>arn:aws:iam::111122223333:role/rehearsal</Arn></Role>
            <PolicyNames><member>key</member></PolicyNames><AttachedPolicies/><IsTruncated>false</IsTruncated>
            <PolicyDocument>%7B%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22kms%3A%2A%22%2C%22Resource%22%3A%22%2A%22%7D%7D</PolicyDocument>
            </Result></R>
            """;

    private GrantsRehearsal() {}

    static void play() {
        Rehearsal.quietly(
                Map.of("kms", KeyRehearsal.answers(), "iam", IAM.getBytes(StandardCharsets.UTF_8)),
                GrantsRehearsal::plan);
    }

    /// @return the plan for the made-up key
    static Plan plan(AwsClients clients) {
        KeyService kms = KeyRehearsal.kms(clients);
        kms.describe(KeyRehearsal.KEY);
        RoleReader reader = new RoleReader(clients, Deadline.in(Duration.ofSeconds(5)));
        IdentityAccess role = reader.read(ROLE).access();
        StackNames names =
                new StackNames(
                        KeyRehearsal.KEY,
                        "rehearsal",
                        Map.of("LambdaExecution", ROLE),
                        Map.of(
                                "TrailArn",
                                List.of(
                                        "arn:aws:cloudtrail:us-east-1:111122223333:trail/rehearsal")));
        KeyPolicy policy = KeyPolicy.read(kms.policy(KeyRehearsal.KEY).found().orElseThrow());
        List<Grant> grants = kms.grants(KeyRehearsal.KEY).found().orElse(List.of());
        Situation situation =
                new Situation(
                        KeyRehearsal.KEY,
                        policy,
                        Map.of(ROLE, role),
                        grants,
                        role,
                        new Owner("rehearsal", "rehearsal"));
        return Planner.add(situation, Requirements.of(names), RoleStatements.LEAST, List.of());
    }
}
