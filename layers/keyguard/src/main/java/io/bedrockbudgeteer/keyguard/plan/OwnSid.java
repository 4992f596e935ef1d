package io.bedrockbudgeteer.keyguard.plan;

import io.bedrockbudgeteer.keyguard.json.JsonText;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.policy.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The Sid of a statement of ours, which says whose it is and whether it was changed since we wrote
/// it. ASCII letters and digits only, as the IAM grammar wants. Example:
/// `BedrockBudgeteerTrailDecrypt0a1b2c3d4e5f60718293`.
///
/// @param purpose purpose of the requirement; a digit is added where the plain name is taken
/// @param owner hash of the [Owner], 8 hex digits
/// @param content hash over effect, actions, resource and condition, 8 hex digits
/// @param principal hash over the principal, 4 hex digits. Apart from the content, because KMS
///   shows a deleted role as an id: then the content still tells that the statement is ours
record OwnSid(String purpose, String owner, String content, String principal) {
    static final String PREFIX = "BedrockBudgeteer";
    private static final int HASHES = 8 + 8 + 4;

    // By hand: every statement of a policy is looked at, several times for each plan.
    static Optional<OwnSid> parse(String sid) {
        int at = sid.length() - HASHES;
        if (at <= PREFIX.length() || !sid.startsWith(PREFIX)) return Optional.empty();
        String purpose = sid.substring(PREFIX.length(), at);
        String hashes = sid.substring(at);
        if (!purpose.chars().allMatch(OwnSid::isLetterOrDigit)
                || !hashes.chars().allMatch(OwnSid::isHexDigit)) return Optional.empty();
        return Optional.of(
                new OwnSid(
                        purpose,
                        hashes.substring(0, 8),
                        hashes.substring(8, 16),
                        hashes.substring(16)));
    }

    /// The hash of whose statement it is, of any stack or of the command; empty for those of other
    /// people.
    static Optional<String> ownerOf(Statement statement) {
        return statement.sid().flatMap(OwnSid::parse).map(OwnSid::owner);
    }

    private static boolean isLetterOrDigit(int c) {
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isHexDigit(int c) {
        return isDigit(c) || (c >= 'a' && c <= 'f');
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /// The Sid for a statement whose JSON members are given without Sid.
    static OwnSid of(String purpose, Owner owner, Map<String, Object> content) {
        Statement statement = parsed(content);
        return new OwnSid(purpose, owner.hash(), contentHash(statement), principalHash(statement));
    }

    static Statement parsed(Map<String, Object> content) {
        return KeyPolicy.read(JsonText.object(Map.of("Statement", List.of(content))))
                .statements()
                .getFirst();
    }

    OwnSid withPurpose(String other) {
        return new OwnSid(other, owner, content, principal);
    }

    /// The purpose without the digit that keeps Sids apart.
    String basePurpose() {
        return purpose.replaceFirst("\\d+$", "");
    }

    boolean hasContentOf(Statement statement) {
        return content.equals(contentHash(statement));
    }

    boolean hasPrincipalOf(Statement statement) {
        return principal.equals(principalHash(statement));
    }

    @Override
    public String toString() {
        return PREFIX + purpose + owner + content + principal;
    }

    private static String contentHash(Statement statement) {
        return statement.contentSha256().substring(0, 8);
    }

    private static String principalHash(Statement statement) {
        return statement.principalSha256().substring(0, 4);
    }
}
