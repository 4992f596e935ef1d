package io.bedrockbudgeteer.keyguard.cli.report;

import io.bedrockbudgeteer.keyguard.cli.console.Ink;
import io.bedrockbudgeteer.keyguard.finding.Finding;
import java.util.List;
import java.util.function.UnaryOperator;

/// What `keyguard check` prints for people.
public final class CheckText {

    private CheckText() {}

    /// @param width of a line, at least 80
    public static List<String> of(Assessment found, Ink ink, int width) {
        Paper paper = new Paper(ink, width);
        Sections sections = new Sections(paper);
        List<Finding> findings = found.findingsAsIs();
        sections.head(found);
        sections.findings(findings);
        sections.access(found);
        sections.secondOpinion(found);
        sections.notSeen(found);
        paper.blank();
        boolean fine = findings.stream().noneMatch(Finding::isError);
        UnaryOperator<String> paint = fine ? ink::good : ink::bad;
        paper.painted(
                "",
                Paper.INDENT,
                "Check: "
                        + Words.counts(findings)
                        + ". "
                        + (fine
                                ? "The key is ready for environment " + found.environment() + "."
                                : "The key is not ready for environment "
                                        + found.environment()
                                        + "."),
                paint);
        return paper.lines();
    }
}
