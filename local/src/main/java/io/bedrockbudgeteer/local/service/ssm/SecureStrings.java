package io.bedrockbudgeteer.local.service.ssm;

import io.bedrockbudgeteer.local.account.Keys;
import io.bedrockbudgeteer.local.account.Parameters.Parameter;
import io.bedrockbudgeteer.local.account.Refusal;
import io.bedrockbudgeteer.local.service.access.Attempt;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/// The KMS calls that Parameter Store makes in the name of its caller (Systems Manager User Guide,
/// "AWS KMS encryption for AWS Systems Manager Parameter Store SecureString parameters"). Nothing
/// is encrypted.
final class SecureStrings {
    private final Keys keys;
    private final String region;

    SecureStrings(Keys keys, String region) {
        this.keys = keys;
        this.region = region;
    }

    /// A standard parameter is encrypted with the key itself.
    void encrypt(Attempt attempt, String keyId, String parameterArn) {
        use(attempt, "Encrypt", keyId, parameterArn);
    }

    void decrypt(Attempt attempt, String keyId, String parameterArn) {
        use(attempt, "Decrypt", keyId, parameterArn);
    }

    /// A stand-in that shows that a value was not decrypted, and never holds it.
    String ciphertext(Parameter parameter) {
        String text = "not decrypted: " + parameter.name() + " version " + parameter.version();
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private void use(Attempt attempt, String action, String keyId, String parameterArn) {
        // The service suffix of kms:ViaService is amazonaws.com in every partition.
        Map<String, String> via = Map.of("kms:ViaService", "ssm." + region + ".amazonaws.com");
        try {
            keys.use(
                    attempt.who().principal(),
                    action,
                    keyId,
                    Map.of("PARAMETER_ARN", parameterArn),
                    via);
        } catch (Refusal refusal) {
            if (refusal.code().equals("AccessDeniedException")) throw refusal;
            // Systems Manager API Reference, PutParameter: a key that cannot be used shows as
            // InvalidKeyId.
            throw new Refusal("InvalidKeyId", 400, refusal.text());
        }
    }
}
