package io.bedrockbudgeteer.keyguard.policy;

import java.util.List;
import java.util.Locale;

/// One line of a `Condition`: operator, key and the values it is compared with. Source: IAM User
/// Guide, AWS JSON policy elements: Condition.
///
/// @param operator as written, such as `ForAnyValue:StringLikeIfExists`
/// @param key as written, such as `kms:EncryptionContext:aws:logs:arn`
/// @param values booleans and numbers in their string form; may be empty
public record ConditionTest(String operator, String key, List<String> values) {

    public ConditionTest {
        values = List.copyOf(values);
    }

    /// Whether a request that does not carry the key at all passes: then the test keeps nobody out
    /// who leaves the key away.
    public boolean passesWithoutKey() {
        return Operator.parse(operator)
                .map(known ->
                        known.isNull()
                                ? values.stream().anyMatch("true"::equalsIgnoreCase)
                                : known.passesWithoutKey())
                .orElse(false);
    }

    /// Whether AWS documents the operator.
    public boolean hasKnownOperator() {
        return Operator.parse(operator).isPresent();
    }

    /// Whether KMS refuses to store the test (error OverlyPermissiveCondition): ForAllValues is
    /// true for an absent key. Source: KMS Developer Guide, Condition keys for AWS KMS.
    public boolean isRefusedByKms() {
        String lower = key.toLowerCase(Locale.ROOT);
        return operator.toLowerCase(Locale.ROOT).startsWith("forallvalues:")
                && (lower.startsWith("kms:encryptioncontext:")
                        || lower.startsWith("aws:requesttag/"));
    }
}
