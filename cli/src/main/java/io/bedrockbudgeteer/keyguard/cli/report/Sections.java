package io.bedrockbudgeteer.keyguard.cli.report;

import io.bedrockbudgeteer.keyguard.cli.console.Ink;
import io.bedrockbudgeteer.keyguard.cli.source.SecondOpinion;
import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.finding.Severity;
import io.bedrockbudgeteer.keyguard.key.KeyFacts;
import io.bedrockbudgeteer.keyguard.plan.AccessRow;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.policy.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The sections of a page that check and plan have in common.
final class Sections {
    // "POL009 warning  "
    private static final int FINDING = 16;
    // "  CONDITIONAL  "
    private static final int ACTIONS = 15;

    private final Paper paper;

    Sections(Paper paper) {
        this.paper = paper;
    }

    /// The key and its policy in a few lines.
    void head(Assessment found) {
        KeyFacts key = found.facts();
        Ink ink = paper.ink();
        paper.painted("", Paper.INDENT, key.arn().toString(), ink::title);
        List<String> facts = new ArrayList<>();
        facts.add(key.state());
        if (!key.manager().equals("CUSTOMER")) facts.add("managed by " + key.manager());
        facts.add(key.spec());
        facts.add(key.usage());
        facts.add("origin " + key.origin());
        if (!key.multiRegion().isEmpty())
            facts.add("multi-Region " + key.multiRegion().toLowerCase(Locale.ROOT));
        found.seen()
                .report()
                .rotation()
                .ifPresent(on -> facts.add("rotation " + (on ? "on" : "off")));
        indented(facts.stream().filter(fact -> !fact.isEmpty()).collect(Collectors.joining(", ")));
        String alias = found.seen().report().alias();
        if (!alias.isEmpty()) indented("asked for as " + alias);
        KeyPolicy policy = found.policy();
        indented(
                "Key policy"
                        + found.policyFile().map(name -> " " + name).orElse("")
                        + ": "
                        + Words.counted(policy.statements().size(), "statement")
                        + ", "
                        + Words.size(policy)
                        + "; "
                        + (found.seen().report().delegatesToIam()
                                ? "it leaves access to IAM"
                                : "it does not leave access to IAM"));
        indented(
                "Environment "
                        + found.environment()
                        + (found.owner().stackId().startsWith("arn:")
                                ? ", as the stack " + found.owner().stackId()
                                : ""));
    }

    void findings(List<Finding> findings) {
        if (findings.isEmpty()) return;
        paper.heading("Findings: " + Words.counts(findings));
        boolean first = true;
        for (Finding finding : findings) {
            if (!first) paper.blank();
            first = false;
            paper.labelled(
                    finding.rule().id() + " " + Words.lower(finding.severity()),
                    FINDING,
                    finding.message(),
                    paint(finding.severity()));
            if (!finding.fix().isEmpty()) more("fix", finding.fix());
            more("see", finding.rule().source());
        }
    }

    private void more(String label, String text) {
        paper.labelled("       " + label, FINDING, text, UnaryOperator.identity());
    }

    void access(Assessment found) {
        List<AccessRow> rows = found.access();
        if (rows.isEmpty()) return;
        paper.heading(
                "Access: "
                        + Words.counted(rows.size(), "question")
                        + ", "
                        + Stream.of(Verdict.Kind.values())
                                .filter(kind -> Assessment.count(rows, kind) > 0)
                                .map(kind ->
                                        Words.grouped(Assessment.count(rows, kind)) + " " + kind)
                                .collect(Collectors.joining(", ")));
        List<Integer> columns = List.of(2, ACTIONS, ACTIONS + (paper.width() - ACTIONS) * 4 / 10);
        paper.row(
                columns,
                List.of(List.of("answer"), List.of("action"), List.of("decided by")),
                UnaryOperator.identity());
        Map<String, List<AccessGroups.Group>> groups =
                AccessGroups.of(rows, new Places(found.policy()), found.policyFile().isPresent());
        groups.forEach((principal, own) -> {
            paper.text("", "    ", principal);
            for (AccessGroups.Group group : own)
                paper.row(
                        columns,
                        List.of(
                                List.of(group.verdict().name()),
                                group.actions(),
                                List.of(group.decision())),
                        paint(group.verdict()));
        });
    }

    void secondOpinion(Assessment found) {
        found.secondOpinion()
                .ifPresent(opinion -> {
                    paper.heading(
                            "Second opinion of "
                                    + opinion.who()
                                    + " on the planned policy (decides nothing here)");
                    for (SecondOpinion.Remark remark : opinion.remarks()) {
                        paper.item(
                                remark.type()
                                        + (remark.code().isEmpty() ? "" : " " + remark.code())
                                        + ": "
                                        + remark.text());
                        if (!remark.link().isEmpty()) paper.text("    ", "    ", remark.link());
                    }
                    for (String note : opinion.notes()) paper.item(note);
                    if (opinion.remarks().isEmpty() && opinion.notes().isEmpty())
                        paper.item("It found nothing.");
                });
    }

    void notSeen(Assessment found) {
        paper.heading("Not seen");
        for (String sentence : Words.notSeen(found)) paper.item(sentence);
    }

    private void indented(String text) {
        paper.text(Paper.INDENT, Paper.INDENT + Paper.INDENT, text);
    }

    private UnaryOperator<String> paint(Severity severity) {
        Ink ink = paper.ink();
        return switch (severity) {
            case ERROR -> ink::bad;
            case WARNING -> ink::open;
            case INFO -> UnaryOperator.identity();
        };
    }

    private UnaryOperator<String> paint(Verdict.Kind verdict) {
        Ink ink = paper.ink();
        return switch (verdict) {
            case ALLOWED -> ink::good;
            case DENIED -> ink::bad;
            case CONDITIONAL, UNKNOWN -> ink::open;
        };
    }
}
