package io.bedrockbudgeteer.keyguard.key;

import io.bedrockbudgeteer.keyguard.aws.Rehearsal;
import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// KMS with one made-up key for a [Rehearsal]: in good state, with the policy that every new key
/// has, until another one is put.
public final class KeyRehearsal implements Rehearsal.Script {
    public static final Arn KEY =
            Arn.parse(
                    "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab");

    private String policy =
            """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"kms:*","Resource":"*"}]}\
            """;

    @Override
    public synchronized byte[] answer(String service, String operation, byte[] body) {
        if (operation.equals("PutKeyPolicy")
                && JsonReader.read(new String(body, StandardCharsets.UTF_8))
                        instanceof Json.Obj request)
            policy = request.string("Policy").orElse(policy);
        return JsonText.write(everything()).getBytes(StandardCharsets.UTF_8);
    }

    // One body for every operation: each takes the members it knows.
    private Map<String, Object> everything() {
        Map<String, Object> metadata =
                Map.of(
                        "KeyId",
                        KEY.resource().substring("key/".length()),
                        "Arn",
                        KEY.toString(),
                        "KeyManager",
                        "CUSTOMER",
                        "KeyState",
                        "Enabled",
                        "KeySpec",
                        "SYMMETRIC_DEFAULT",
                        "KeyUsage",
                        "ENCRYPT_DECRYPT",
                        "Origin",
                        "AWS_KMS",
                        "CreationDate",
                        1_700_000_000.5);
        return Map.of(
                "KeyMetadata",
                metadata,
                "KeyRotationEnabled",
                true,
                "Grants",
                List.of(),
                "Truncated",
                false,
                "Policy",
                policy);
    }
}
