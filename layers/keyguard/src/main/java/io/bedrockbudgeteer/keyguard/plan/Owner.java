package io.bedrockbudgeteer.keyguard.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Whose statements ours are: one custom resource of one stack. Several stacks may share a key, and
/// each finds only its own.
///
/// @param stackId the stack ARN, which carries a unique id
/// @param logicalId the logical id of the custom resource
public record Owner(String stackId, String logicalId) {

    public Owner {
        if (stackId.isBlank()) throw new IllegalArgumentException("stackId is blank");
        if (logicalId.isBlank()) throw new IllegalArgumentException("logicalId is blank");
    }

    /// Eight hex digits that stand in the Sid of each of our statements.
    String hash() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest((stackId + "\n" + logicalId).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
