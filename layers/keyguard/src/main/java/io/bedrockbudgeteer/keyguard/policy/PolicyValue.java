package io.bedrockbudgeteer.keyguard.policy;

import org.jspecify.annotations.Nullable;

/// A condition value or a Resource as a policy has it. What does not depend on the request is
/// worked out once. Thread-safe.
final class PolicyValue {
    private final String text;
    private final boolean hasVariable;
    private PolicyVariables.@Nullable Expanded wild;
    private PolicyVariables.@Nullable Expanded plain;

    PolicyValue(String text) {
        this.text = text;
        this.hasVariable = text.contains("${");
    }

    String text() {
        return text;
    }

    /// The value with its variables replaced.
    ///
    /// @param variables whether the policy's Version gives `${...}` a meaning
    /// @param isWild whether `*` and `?` are wild in this place
    PolicyVariables.Expanded expanded(boolean variables, boolean isWild, RequestContext context) {
        if (variables && hasVariable) return PolicyVariables.expand(text, isWild, context);
        PolicyVariables.Expanded known = isWild ? wild : plain;
        if (known == null) {
            known = PolicyVariables.literally(text, isWild);
            // Two threads may both come here and store the same: what is stored never changes.
            if (isWild) wild = known;
            else plain = known;
        }
        return known;
    }
}
