package io.bedrockbudgeteer.keyguard.customresource;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The id of the real thing behind a custom resource. A changed id in the answer to an Update means
/// replacement. Source: CloudFormation User Guide, Custom resource response objects.
///
/// @param value 1 to 1024 bytes of UTF-8
public record PhysicalId(String value) {
    private static final int MOST_BYTES = 1024;

    public PhysicalId {
        if (!isUsable(value))
            throw new IllegalArgumentException(
                    "physical id has "
                            + value.getBytes(StandardCharsets.UTF_8).length
                            + " bytes, allowed: 1 to "
                            + MOST_BYTES
                            + ", not blank");
    }

    static boolean isUsable(String value) {
        return !value.isBlank() && value.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES;
    }

    /// The default id: a pure function of its arguments, so that every attempt of one request and
    /// every answer about one resource carries the same id. A new `thing` (another key) gives a new
    /// id, and CloudFormation itself then schedules the clean-up of the old one.
    ///
    /// @param prefix for people, such as `key-grants`
    static PhysicalId of(String prefix, String stackId, String logicalId, String thing) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : new String[] {stackId, logicalId, thing}) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                // Length first, so that ("ab","c") and ("a","bc") differ.
                digest.update(Integer.toString(bytes.length).getBytes(StandardCharsets.US_ASCII));
                digest.update((byte) ':');
                digest.update(bytes);
            }
            return new PhysicalId(prefix + "-" + HexFormat.of().formatHex(digest.digest(), 0, 12));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
