package io.bedrockbudgeteer.keyguard.cli.report;

import io.bedrockbudgeteer.keyguard.cli.console.Ink;
import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.finding.Rule;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import io.bedrockbudgeteer.keyguard.plan.Plan;
import io.bedrockbudgeteer.keyguard.plan.Repaired;
import io.bedrockbudgeteer.keyguard.plan.StatementChange;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/// A plan as text for people: a legend, each statement as a difference with its reason, and counts.
public final class PlanText {
    static final String ABSENT_ROLE =
            "The role does not exist or was not looked at. KMS refuses a statement for a role that"
                    + " does not exist: deploy the stack first, or leave the statement to the stack.";
    private static final String INNER = "      ";

    private final Paper paper;
    private final Proposal proposal;

    private PlanText(Paper paper, Proposal proposal) {
        this.paper = paper;
        this.proposal = proposal;
    }

    /// What `keyguard plan` prints.
    ///
    /// @param width of a line, at least 80
    public static List<String> of(Assessment found, Ink ink, int width) {
        Paper paper = new Paper(ink, width);
        Sections sections = new Sections(paper);
        sections.head(found);
        if (!(found.plan() instanceof Plan.NoChange)) paper.blank();
        new PlanText(paper, found.proposal()).changes();
        sections.findings(found.findings());
        sections.notSeen(found);
        paper.blank();
        new PlanText(paper, found.proposal()).counts();
        return paper.lines();
    }

    /// The changes alone, for a command that goes on to write them.
    ///
    /// @param width of a line, at least 80
    public static List<String> changes(Proposal proposal, Ink ink, int width) {
        Paper paper = new Paper(ink, width);
        new PlanText(paper, proposal).changes();
        return paper.lines();
    }

    /// The line that counts them, and what becomes of the size of the policy.
    public static List<String> counts(Proposal proposal, Ink ink, int width) {
        Paper paper = new Paper(ink, width);
        new PlanText(paper, proposal).counts();
        return paper.lines();
    }

    /// Findings as check and plan print them, with a heading that counts them.
    public static List<String> findings(List<Finding> findings, Ink ink, int width) {
        Paper paper = new Paper(ink, width);
        new Sections(paper).findings(findings);
        return paper.lines();
    }

    private void changes() {
        switch (proposal.plan()) {
            case Plan.NoChange _ -> {}
            case Plan.Refused _ ->
                    paper.text(
                            "",
                            "",
                            "No plan: no change of statements of ours leads there. The errors below say what"
                                    + " blocks.");
            case Plan.Change change -> {
                Ink ink = paper.ink();
                paper.text("", "", "Planned changes of the key policy. Nothing is written yet.");
                paper.ready(
                        "  "
                                + ink.good("+")
                                + " add   "
                                + ink.open("~")
                                + " change   "
                                + ink.bad("-")
                                + " remove");
                Map<String, String> replaced = proposal.replaced();
                for (StatementChange each : change.changes()) statement(each, replaced);
                for (Repaired.Change repair : change.repairs()) repair(repair);
            }
        }
    }

    private void statement(StatementChange change, Map<String, String> replaced) {
        Ink ink = paper.ink();
        paper.blank();
        switch (change.kind()) {
            case ADD -> head("+", change.sid(), ink::good);
            case CHANGE -> head("~", change.sid(), ink::open);
            case REMOVE -> head("-", change.sid(), ink::bad);
        }
        paper.text(INNER, INNER, reason(change));
        proposal.requirement(change)
                .ifPresent(requirement -> paper.text(INNER, INNER, "see: " + requirement.source()));
        if (change.kind() != StatementChange.Kind.REMOVE)
            paper.text(
                    INNER,
                    INNER,
                    "mends: "
                            + Rule.POL009.id()
                            + ", "
                            + Rule.POL009.title().toLowerCase(Locale.ROOT));
        if (proposal.namesAbsentRole(change)) paper.painted(INNER, INNER, ABSENT_ROLE, ink::open);
        List<String> after =
                change.kind() == StatementChange.Kind.REMOVE ? List.of() : pretty(change.text());
        List<String> before =
                switch (change.kind()) {
                    case ADD -> List.of();
                    case CHANGE ->
                            replaced.containsKey(change.sid())
                                    ? pretty(replaced.getOrDefault(change.sid(), ""))
                                    : List.of();
                    case REMOVE -> pretty(change.text());
                };
        difference(LineDiff.of(before, after));
    }

    private String reason(StatementChange change) {
        return proposal.requirement(change)
                .map(requirement ->
                        "for "
                                + requirement.purpose()
                                + " ("
                                + requirement.service()
                                + "): "
                                + change.reason())
                .orElse("for " + change.purpose() + ": " + change.reason());
    }

    private void repair(Repaired.Change repair) {
        Ink ink = paper.ink();
        paper.blank();
        if (repair.removed()) head("-", repair.label(), ink::bad);
        else head("~", repair.label(), ink::open);
        paper.text(
                INNER,
                INNER,
                "a statement of somebody else, repaired as asked: "
                        + (repair.ids().isEmpty()
                                ? "it has no Action or no Resource, gives nothing, and KMS refuses every change"
                                        + " while it is there."
                                : "KMS refuses every change while it names "
                                        + String.join(", ", repair.ids())
                                        + ", which does not exist any more."));
        paper.text(INNER, INNER, "see: " + Rule.POL003.source());
        List<String> before = pretty(repair.before());
        List<LineDiff.Line> lines = new ArrayList<>();
        for (String line : before)
            lines.add(
                    new LineDiff.Line(
                            repair.removed() || namesOne(line, repair.ids())
                                    ? LineDiff.Kind.REMOVED
                                    : LineDiff.Kind.SAME,
                            line));
        difference(lines);
    }

    private static boolean namesOne(String line, List<String> ids) {
        return ids.stream().anyMatch(id -> line.contains('"' + id + '"'));
    }

    private void head(String mark, String sid, UnaryOperator<String> paint) {
        paper.painted("  " + mark + " ", INNER, sid, paint);
    }

    private void difference(List<LineDiff.Line> lines) {
        Ink ink = paper.ink();
        for (LineDiff.Line line : lines)
            switch (line.kind()) {
                case SAME -> paper.source("        ", line.text(), UnaryOperator.identity());
                case ADDED -> paper.source("      + ", line.text(), ink::good);
                case REMOVED -> paper.source("      - ", line.text(), ink::bad);
            }
    }

    private static List<String> pretty(String statement) {
        return JsonText.pretty(JsonReader.read(statement)).lines().toList();
    }

    private void counts() {
        switch (proposal.plan()) {
            case Plan.NoChange plan ->
                    paper.painted(
                            "",
                            "",
                            "No changes. "
                                    + (plan.before().isEmpty()
                                            ? "There is nothing of ours in the key policy ("
                                            : "The key policy has what it needs for "
                                                    + Words.counted(
                                                            plan.before().size(), "question")
                                                    + " of access (")
                                    + Words.size(proposal.before())
                                    + ").",
                            paper.ink()::good);
            case Plan.Refused plan ->
                    paper.painted(
                            "",
                            "",
                            "No plan: "
                                    + Words.counted(
                                            plan.findings().stream()
                                                    .filter(Finding::isError)
                                                    .count(),
                                            "error")
                                    + " to mend first.",
                            paper.ink()::bad);
            case Plan.Change change -> {
                KeyPolicy after = change.policy();
                paper.painted(
                        "",
                        "",
                        "Plan: "
                                + proposal.count(StatementChange.Kind.ADD)
                                + " to add, "
                                + proposal.count(StatementChange.Kind.CHANGE)
                                + " to change, "
                                + proposal.count(StatementChange.Kind.REMOVE)
                                + " to remove"
                                + (proposal.repairs() == 0
                                        ? ""
                                        : ", "
                                                + Words.counted(proposal.repairs(), "statement")
                                                + " of others to repair")
                                + ". Policy size "
                                + Words.grouped(proposal.before().length())
                                + " before, "
                                + Words.size(after)
                                + " after"
                                + proposal.room()
                                        .map(room -> "; room for " + more(room.more()))
                                        .orElse("")
                                + ".",
                        paper.ink()::title);
            }
        }
    }

    private static String more(int stacks) {
        if (stacks == 0) return "no other stack of this size";
        return Words.grouped(stacks) + " more stack" + (stacks == 1 ? "" : "s") + " of this size";
    }
}
