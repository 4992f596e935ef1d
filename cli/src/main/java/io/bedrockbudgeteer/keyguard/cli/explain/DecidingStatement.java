package io.bedrockbudgeteer.keyguard.cli.explain;

import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.policy.PolicySyntaxException;
import io.bedrockbudgeteer.keyguard.policy.Statement;
import io.bedrockbudgeteer.keyguard.policy.Verdict;
import java.util.ArrayList;
import java.util.List;

/// Where the statement stands that decides.
///
/// @param file the file as it was named
/// @param line 1-based line in it
/// @param source the statement's lines as written, without the indentation that all of them share
record DecidingStatement(String file, int line, List<String> source) {

    DecidingStatement {
        source = List.copyOf(source);
    }

    /// The statements that a verdict names; none for a grant or when nothing matched, several only
    /// when a policy gives them the same Sid, which KMS would refuse.
    ///
    /// @param documents the policies in which to look, under the names the evaluator has for them
    static List<DecidingStatement> of(Verdict verdict, List<PolicyFile> documents) {
        if (verdict.decidedBy().isEmpty() || verdict.basis().equals("grant")) return List.of();
        for (PolicyFile document : documents) {
            List<DecidingStatement> found = in(document, verdict.decidedBy());
            if (!found.isEmpty()) return found;
        }
        return List.of();
    }

    private static List<DecidingStatement> in(PolicyFile document, String decidedBy) {
        List<DecidingStatement> found = new ArrayList<>();
        for (Statement statement : statements(document.text()))
            if (decidedBy.equals(document.prefix() + statement.label()))
                found.add(at(document, statement));
        return found;
    }

    /// The reader of key policies finds the statements of any policy. That those of an identity
    /// policy have no principal is a remark of it, no obstacle.
    private static List<Statement> statements(String text) {
        try {
            return KeyPolicy.read(text).statements();
        } catch (PolicySyntaxException e) {
            return List.of();
        }
    }

    private static DecidingStatement at(PolicyFile document, Statement statement) {
        String text = document.text();
        int start = statement.json().start();
        int lineStart = text.lastIndexOf('\n', start) + 1;
        String before = text.substring(lineStart, start);
        int margin = before.isBlank() ? before.length() : 0;
        List<String> lines = new ArrayList<>();
        for (String line : statement.text().split("\n", -1))
            lines.add(lines.isEmpty() ? line : withoutMargin(line, margin));
        int number = 1 + (int) text.substring(0, start).chars().filter(c -> c == '\n').count();
        return new DecidingStatement(document.shown(), number, lines);
    }

    private static String withoutMargin(String line, int margin) {
        String text = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        int blank = 0;
        while (blank < Math.min(margin, text.length()) && " \t".indexOf(text.charAt(blank)) >= 0)
            blank++;
        return text.substring(blank);
    }
}
