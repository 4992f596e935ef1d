package io.bedrockbudgeteer.keyguard.policy;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The `Resource` or `NotResource` of a statement. Immutable. Source: IAM User Guide, AWS JSON
/// policy elements: Resource.
public final class Resources {
    private final boolean negated;
    private final List<PolicyValue> wanted;

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

    /// @param negated true for NotResource
    /// @param values ARNs, patterns or `*`
    Resources(boolean negated, List<String> values) {
        this.negated = negated;
        this.wanted = values.stream().map(PolicyValue::new).toList();
    }

    /// Whether this is NotResource.
    public boolean negated() {
        return negated;
    }

    /// ARNs, patterns or `*`, as written.
    public List<String> values() {
        return wanted.stream().map(PolicyValue::text).toList();
    }

    List<PolicyValue> wanted() {
        return wanted;
    }

    boolean isEmpty() {
        return wanted.isEmpty();
    }

    boolean isStar() {
        return !negated && wanted.size() == 1 && wanted.getFirst().text().equals("*");
    }

    InKeyPolicy inKeyPolicyOf(Arn key) {
        if (isStar()) return InKeyPolicy.STAR;
        if (negated) return InKeyPolicy.PATTERN;
        Set<InKeyPolicy> kinds = EnumSet.noneOf(InKeyPolicy.class);
        for (PolicyValue value : wanted) kinds.add(kind(value.text(), key));
        if (kinds.isEmpty()) return InKeyPolicy.MISSING;
        return kinds.size() == 1 ? kinds.iterator().next() : InKeyPolicy.PATTERN;
    }

    private static InKeyPolicy kind(String value, Arn key) {
        if (value.equals("*")) return InKeyPolicy.STAR;
        if (value.equals(key.toString())) return InKeyPolicy.OWN_ARN;
        return Glob.of(value).matches(key.toString()) ? InKeyPolicy.PATTERN : InKeyPolicy.OTHER;
    }

    @Override
    public String toString() {
        return (negated ? "NotResource " : "Resource ") + values();
    }
}
