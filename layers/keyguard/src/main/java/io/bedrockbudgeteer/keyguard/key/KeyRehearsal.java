package io.bedrockbudgeteer.keyguard.key;

import io.bedrockbudgeteer.keyguard.aws.AwsClients;
import io.bedrockbudgeteer.keyguard.aws.Deadline;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// A made-up key for [Rehearsal]: what KMS would answer about it, and the check of it.
public final class KeyRehearsal {
    public static final Arn KEY =
            Arn.parse(
                    "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab");

    // One body for every operation: each takes the members it knows.
    private static final String ANSWER =
            """
            {"KeyMetadata": {"KeyId": "1234abcd-12ab-34cd-56ef-1234567890ab", "Arn": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
              "KeyManager": "CUSTOMER", "KeyState": "Enabled", "KeySpec": "SYMMETRIC_DEFAULT", "KeyUsage": "ENCRYPT_DECRYPT", "Origin": "AWS_KMS"},
             "KeyRotationEnabled": true, "Grants": [], "Truncated": false,
             "Policy": "{\\"Version\\":\\"2012-10-17\\",\\"Statement\\":[{\\"Effect\\":\\"Allow\\",\\"Principal\\":{\\"AWS\\":\\"111122223333\\"},\\"Action\\":\\"kms:*\\",\\"Resource\\":\\"*\\"}]}"}
            """;

    private KeyRehearsal() {}

    /// Answers of the service `kms`.
    public static byte[] answers() {
        return ANSWER.getBytes(StandardCharsets.UTF_8);
    }

    public static KeyService kms(AwsClients clients) {
        return new KeyService(clients, Deadline.in(Duration.ofSeconds(5)));
    }

    /// Checks the made-up key.
    public static KeyReport check(AwsClients clients) {
        return KeyCheck.of(
                KEY.toString(),
                kms(clients),
                new Site(KEY.partition(), KEY.region(), KEY.account()),
                PolicyUse.WRITE);
    }
}
