package io.bedrockbudgeteer.keygrants;

import io.bedrockbudgeteer.keyguard.aws.AwsClients;
import io.bedrockbudgeteer.keyguard.aws.Deadline;
import io.bedrockbudgeteer.keyguard.aws.Rehearsal;
import io.bedrockbudgeteer.keyguard.identity.RoleReader;
import io.bedrockbudgeteer.keyguard.key.KeyRehearsal;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/// KMS and IAM for a [Rehearsal] that adds a statement for CloudTrail and needs none for a role.
final class GrantsRehearsal implements Rehearsal.Script {
    private static final String ROLE = "arn:aws:iam::111122223333:role/rehearsal";

    static final Map<String, String> VARIABLES = Map.of("GUARD_ROLE_ARN", ROLE);

    static final Map<String, Object> PROPERTIES =
            Map.of(
                    "KeyArn",
                    KeyRehearsal.KEY.toString(),
                    "Environment",
                    "rehearsal",
                    "RoleArns",
                    Map.of("LambdaExecution", ROLE),
                    "TrailArn",
                    "arn:aws:cloudtrail:us-east-1:111122223333:trail/rehearsal",
                    "SettleSeconds",
                    "1");

    // One body for every operation: each takes the members it knows.
    private static final byte[] IAM =
            """
            <R xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Result><Role><RoleName>rehearsal</RoleName><Arn>arn:aws:iam::111122223333:role/rehearsal</Arn><CreateDate>2026-01-01T00:00:00Z</CreateDate></Role>
            <PolicyNames><member>key</member></PolicyNames><AttachedPolicies/><IsTruncated>false</IsTruncated>
            <PolicyDocument>%7B%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22kms%3A%2A%22%2C%22Resource%22%3A%22%2A%22%7D%7D</PolicyDocument>
            </Result></R>
            """
                    .getBytes(StandardCharsets.UTF_8);

    private static final Duration SHORT = Duration.ofSeconds(5);

    private final KeyRehearsal kms = new KeyRehearsal();

    /// IAM comes after KMS in a request, and is as much to load.
    static void readRole(AwsClients clients) {
        new RoleReader(clients, Deadline.in(SHORT)).read(Arn.parse(ROLE));
    }

    @Override
    public byte[] answer(String service, String operation, byte[] body) {
        return service.equals("iam") ? IAM.clone() : kms.answer(service, operation, body);
    }
}
