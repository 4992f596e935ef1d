package io.bedrockbudgeteer.keyguard.policy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One line of a `Condition`: operator, key and the values it is compared with. Immutable. Source:
/// IAM User Guide, AWS JSON policy elements: Condition.
public final class ConditionTest {
    private final String operator;
    private final String key;
    private final List<PolicyValue> wanted;
    private final Optional<Operator> parsed;
    private final String normalizedKey;

    /// @param operator as written, such as `ForAnyValue:StringLikeIfExists`
    /// @param key as written, such as `kms:EncryptionContext:aws:logs:arn`
    /// @param values booleans and numbers in their string form; may be empty
    ConditionTest(String operator, String key, List<String> values) {
        this.operator = operator;
        this.key = key;
        this.wanted = values.stream().map(PolicyValue::new).toList();
        this.parsed = Operator.parse(operator);
        this.normalizedKey = ContextKeys.normalize(key);
    }

    /// The operator as written.
    public String operator() {
        return operator;
    }

    /// The key as written.
    public String key() {
        return key;
    }

    /// The values it is compared with.
    public List<String> values() {
        return wanted.stream().map(PolicyValue::text).toList();
    }

    List<PolicyValue> wanted() {
        return wanted;
    }

    /// Empty when AWS documents no such operator.
    Optional<Operator> parsed() {
        return parsed;
    }

    /// The key in lower case and under today's name.
    String normalizedKey() {
        return normalizedKey;
    }

    /// Whether a request that does not carry the key at all passes: then the test keeps nobody out
    /// who leaves the key away.
    public boolean passesWithoutKey() {
        return parsed.map(known ->
                        known.isNull()
                                ? values().stream().anyMatch("true"::equalsIgnoreCase)
                                : known.passesWithoutKey())
                .orElse(false);
    }

    /// Whether AWS documents the operator.
    public boolean hasKnownOperator() {
        return parsed.isPresent();
    }

    /// Whether KMS refuses to store the test (error OverlyPermissiveCondition): ForAllValues is
    /// true for an absent key. Source: KMS Developer Guide, Condition keys for AWS KMS.
    public boolean isRefusedByKms() {
        return operator.toLowerCase(Locale.ROOT).startsWith("forallvalues:")
                && (normalizedKey.startsWith("kms:encryptioncontext:")
                        || normalizedKey.startsWith("aws:requesttag/"));
    }

    @Override
    public String toString() {
        return operator + " " + key + " " + values();
    }
}
