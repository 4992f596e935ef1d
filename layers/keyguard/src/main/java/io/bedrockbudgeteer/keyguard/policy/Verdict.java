package io.bedrockbudgeteer.keyguard.policy;

import java.util.List;

/// What the key policy, IAM and grants together say about one [AccessRequest]. Service and resource
/// control policies and endpoint policies are not visible here.
///
/// @param kind the answer
/// @param basis how it was reached: `direct`, `delegated`, `grant`, `explicit-deny`,
///   `implicit-deny`, `condition`, `unsupported`
/// @param decidedBy the statement or grant that decides, for people: a Sid or `statement 3`; empty
///   when nothing matched
/// @param reason one sentence
/// @param hangsOn for CONDITIONAL: the condition keys that would decide, or `grant propagation` for
///   a grant so new that it may not work everywhere yet
public record Verdict(
        Kind kind, String basis, String decidedBy, String reason, List<String> hangsOn) {

    /// The four answers.
    public enum Kind {
        ALLOWED,
        DENIED,
        CONDITIONAL,
        UNKNOWN
    }

    public Verdict {
        hangsOn = List.copyOf(hangsOn);
    }

    public boolean isAllowed() {
        return kind == Kind.ALLOWED;
    }
}
