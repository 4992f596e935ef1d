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
    private static final String COMMAND = "keyguard";
    // The logical id of the custom resource in the shipped template.
    private static final String GUARD = "KeyGrants";
    // Begins the hash of every owner that is the command, and of no stack.
    private static final String LASTING = "c0de";

    public Owner {
        if (stackId.isBlank()) throw new IllegalArgumentException("stackId is blank");
        if (logicalId.isBlank()) throw new IllegalArgumentException("logicalId is blank");
    }

    /// The guard of a stack that was made from the shipped template.
    ///
    /// @param arn ARN of the stack
    public static Owner stack(String arn) {
        return new Owner(arn, GUARD);
    }

    /// The `keyguard` command, for people who put the statements of one environment before any
    /// stack asks for them. No stack takes them out, so every stack counts on them.
    public static Owner command(String environment) {
        return new Owner(COMMAND, environment);
    }

    /// Whether a hash is that of the command.
    static boolean isLasting(String hash) {
        return hash.startsWith(LASTING);
    }

    /// Eight hex digits that stand in the Sid of each of our statements.
    String hash() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest((stackId + "\n" + logicalId).getBytes(StandardCharsets.UTF_8));
            if (stackId.equals(COMMAND)) return LASTING + HexFormat.of().formatHex(digest, 0, 2);
            String hash = HexFormat.of().formatHex(digest, 0, 4);
            return isLasting(hash) ? "d" + hash.substring(1) : hash;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
