package io.bedrockbudgeteer.keyguard.policy;

import java.util.Optional;

/// One IAM policy document: an identity policy or a permissions boundary. Read once, asked often.
/// Immutable. A text that cannot be read is kept, and says so with every question: it may hold
/// anything, a Deny too.
public final class IdentityPolicy {
    private final String text;
    private final Optional<PolicyDocument> document;
    private final String problem;

    private IdentityPolicy(String text, Optional<PolicyDocument> document, String problem) {
        this.text = text;
        this.document = document;
        this.problem = problem;
    }

    /// Never fails.
    ///
    /// @param text the JSON document, decoded
    public static IdentityPolicy of(String text) {
        try {
            PolicyDocument document = PolicyDocument.read(text, false);
            return document.problems().isEmpty()
                    ? new IdentityPolicy(text, Optional.of(document), "")
                    : new IdentityPolicy(
                            text,
                            Optional.empty(),
                            "cannot be understood: " + document.problems().getFirst());
        } catch (PolicySyntaxException e) {
            return new IdentityPolicy(text, Optional.empty(), "cannot be read: " + e.getMessage());
        }
    }

    /// The source text.
    public String text() {
        return text;
    }

    /// The parsed document; empty when [#problem] says why there is none.
    Optional<PolicyDocument> document() {
        return document;
    }

    /// What is wrong with the text, as the end of a sentence; empty when nothing is.
    String problem() {
        return problem;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IdentityPolicy policy && policy.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
