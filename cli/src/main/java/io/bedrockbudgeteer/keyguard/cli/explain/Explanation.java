package io.bedrockbudgeteer.keyguard.cli.explain;

import io.bedrockbudgeteer.keyguard.cli.console.Ink;
import io.bedrockbudgeteer.keyguard.cli.console.SafeText;
import io.bedrockbudgeteer.keyguard.cli.console.Wrap;
import io.bedrockbudgeteer.keyguard.policy.Caller;
import io.bedrockbudgeteer.keyguard.policy.Verdict;
import java.util.ArrayList;
import java.util.List;

/// One answer as text for people, in 80 columns. Breaks long lines and leaves nothing out.
public final class Explanation {
    private static final String INDENT = "  ";
    private static final String NOT_VISIBLE =
            "Not visible here, and able to deny: service and resource control policies (SCPs, RCPs)"
                    + " of AWS Organizations, VPC endpoint policies, session policies.";

    private final Ink ink;
    private final List<String> lines = new ArrayList<>();

    private Explanation(Ink ink) {
        this.ink = ink;
    }

    /// @param documents the policies that were given, the key policy first
    public static List<String> of(
            Question question, Verdict verdict, List<PolicyFile> documents, Ink ink) {
        Explanation text = new Explanation(ink);
        text.head(verdict);
        for (DecidingStatement statement : DecidingStatement.of(verdict, documents))
            text.statement(verdict, statement);
        text.hangsOn(verdict);
        text.notGiven(question);
        text.paragraph(NOT_VISIBLE);
        return text.lines;
    }

    private void head(Verdict verdict) {
        String kind = verdict.kind().name();
        String painted =
                switch (verdict.kind()) {
                    case ALLOWED -> ink.good(kind);
                    case DENIED -> ink.bad(kind);
                    case CONDITIONAL, UNKNOWN -> ink.open(kind);
                };
        lines.add(painted + " (" + verdict.basis() + ")");
        wrapped(INDENT, INDENT, SafeText.redacted(verdict.reason()));
    }

    private void statement(Verdict verdict, DecidingStatement statement) {
        lines.add("");
        title(
                "Decided by "
                        + verdict.decidedBy()
                        + ", line "
                        + statement.line()
                        + " of "
                        + statement.file());
        int last = statement.line() + statement.source().size() - 1;
        int width = String.valueOf(last).length();
        String blank = INDENT + " ".repeat(width) + " | ";
        for (int i = 0; i < statement.source().size(); i++) {
            String number = String.valueOf(statement.line() + i);
            String gutter = INDENT + " ".repeat(width - number.length()) + number + " | ";
            String source = SafeText.redacted(statement.source().get(i));
            lines.addAll(Wrap.source(gutter, blank, SafeText.visible(source)));
        }
    }

    private void hangsOn(Verdict verdict) {
        if (verdict.hangsOn().isEmpty()) return;
        lines.add("");
        title("Hangs on");
        for (String key : verdict.hangsOn()) {
            wrapped(INDENT, INDENT + INDENT, key);
            if (key.equals("grant propagation"))
                wrapped(
                        INDENT + INDENT,
                        INDENT + INDENT,
                        "the grant is younger than five minutes and may not work everywhere yet");
            else
                wrapped(
                        INDENT + INDENT,
                        INDENT + INDENT,
                        "--context " + key + "=VALUE, or --context-absent " + key);
        }
    }

    /// What could change the answer and was not looked at.
    private void notGiven(Question question) {
        List<String> missing = new ArrayList<>();
        if (!(question.request().caller() instanceof Caller.Service)) {
            if (question.identityPolicies().isEmpty())
                missing.add("IAM policies (--identity-policy-file or --no-identity-policies)");
            if (question.boundaries().isEmpty())
                missing.add("permissions boundary (--boundary-file or --no-boundary)");
        }
        if (question.grants().isEmpty()) missing.add("grants (--grants-file)");
        if (!missing.isEmpty()) paragraph("Not given: " + String.join(", ", missing) + ".");
    }

    private void title(String text) {
        for (String line : Wrap.lines("", INDENT, SafeText.visible(text)))
            lines.add(ink.title(line));
    }

    private void paragraph(String text) {
        lines.add("");
        wrapped("", "", text);
    }

    private void wrapped(String first, String indent, String text) {
        lines.addAll(Wrap.lines(first, indent, SafeText.visible(text)));
    }
}
