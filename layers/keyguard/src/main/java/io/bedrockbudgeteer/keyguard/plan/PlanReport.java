package io.bedrockbudgeteer.keyguard.plan;

import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.finding.Rule;
import java.util.ArrayList;
import java.util.List;

/// Findings about a change, for after it was written or in place of writing it.
public final class PlanReport {

    private PlanReport() {}

    /// After the write was verified: what was repaired (POL023), what was added or changed (POL017)
    /// and what was taken out (POL018).
    public static List<Finding> written(Plan.Change plan) {
        List<Finding> findings = new ArrayList<>();
        for (Repaired.Change repair : plan.repairs()) findings.add(repaired(repair));
        for (StatementChange change : plan.changes()) {
            switch (change.kind()) {
                case ADD ->
                        findings.add(
                                Finding.of(
                                        Rule.POL017,
                                        "Statement \""
                                                + change.sid()
                                                + "\" was added to the key policy. "
                                                + change.reason(),
                                        ""));
                case CHANGE ->
                        findings.add(
                                Finding.of(
                                        Rule.POL017,
                                        "Statement \""
                                                + change.sid()
                                                + "\" of ours was brought up to date in the key policy. "
                                                + change.reason(),
                                        ""));
                case REMOVE ->
                        findings.add(
                                Finding.of(
                                        Rule.POL018,
                                        "Statement \""
                                                + change.sid()
                                                + "\" was taken out of the key policy. "
                                                + change.reason(),
                                        ""));
            }
        }
        return findings;
    }

    private static Finding repaired(Repaired.Change repair) {
        String why =
                repair.ids().isEmpty()
                        ? "it had no Action or no Resource and gave nothing"
                        : String.join(", ", repair.ids())
                                + (repair.ids().size() == 1
                                        ? " was its only principal and does not exist any more"
                                        : " were its only principals and do not exist any more");
        return Finding.of(
                Rule.POL023,
                repair.removed()
                        ? "Statement \""
                                + repair.label()
                                + "\" was taken out of the key policy as asked: "
                                + why
                                + "."
                        : "Principals that do not exist any more were taken out of statement \""
                                + repair.label()
                                + "\" of the key policy as asked: "
                                + String.join(", ", repair.ids())
                                + ".",
                "");
    }

    /// Where nothing may be written: each statement that is missing, as an error with the text to
    /// paste (POL009). What would only be taken out stops nothing and is not reported.
    ///
    /// @param label see [StatementChange#pasteable]
    public static List<Finding> missing(Plan.Change plan, String label) {
        List<Finding> findings = new ArrayList<>();
        for (StatementChange change : plan.changes())
            if (change.kind() != StatementChange.Kind.REMOVE)
                findings.add(
                        Finding.of(
                                Rule.POL009,
                                "The key policy lacks a statement for "
                                        + change.purpose()
                                        + ". "
                                        + change.reason(),
                                "Add to the key policy: " + change.pasteable(label)));
        return findings;
    }
}
