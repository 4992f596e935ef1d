package io.bedrockbudgeteer.keyguard.plan;

import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.finding.Rule;
import java.util.ArrayList;
import java.util.List;

/// Findings about a change, for after it was written or in place of writing it.
public final class PlanReport {

    private PlanReport() {}

    /// After the write was verified: what was added or changed (POL017) and what was taken out
    /// (POL018).
    public static List<Finding> written(List<StatementChange> changes) {
        List<Finding> findings = new ArrayList<>();
        for (StatementChange change : changes) {
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
