package io.bedrockbudgeteer.keyguard.policy;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The `Resource` or `NotResource` of a statement.
///
/// @param negated true for NotResource
/// @param values ARNs, patterns or `*`
public record Resources(boolean negated, List<String> values) {

    /// What the Resource of a key-policy statement says about the key the policy belongs to.
    /// Source: KMS Developer Guide, Key policies, Resource: the value is `"*"` and means "this
    /// key".
    public enum InKeyPolicy {
        /// `"*"`: this key.
        STAR,
        /// The ARN of exactly this key. AWS's CloudTrail page prints such statements as working;
        /// KMS may refuse to store them.
        OWN_ARN,
        /// Something else, such as another key or an alias: the statement gives nothing.
        OTHER,
        /// A pattern that would cover this key, NotResource or a mixed list: not documented.
        PATTERN,
        /// No Resource: the statement gives nothing.
        MISSING
    }

    public Resources {
        values = List.copyOf(values);
    }

    InKeyPolicy inKeyPolicyOf(Arn key) {
        if (negated) return InKeyPolicy.PATTERN;
        Set<InKeyPolicy> kinds = EnumSet.noneOf(InKeyPolicy.class);
        for (String value : values) kinds.add(kind(value, key));
        if (kinds.isEmpty()) return InKeyPolicy.MISSING;
        return kinds.size() == 1 ? kinds.iterator().next() : InKeyPolicy.PATTERN;
    }

    private static InKeyPolicy kind(String value, Arn key) {
        if (value.equals("*")) return InKeyPolicy.STAR;
        if (value.equals(key.toString())) return InKeyPolicy.OWN_ARN;
        return Glob.of(value).matches(key.toString()) ? InKeyPolicy.PATTERN : InKeyPolicy.OTHER;
    }
}
