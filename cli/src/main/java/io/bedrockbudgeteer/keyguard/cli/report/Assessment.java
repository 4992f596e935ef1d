package io.bedrockbudgeteer.keyguard.cli.report;

import io.bedrockbudgeteer.keyguard.cli.source.SecondOpinion;
import io.bedrockbudgeteer.keyguard.cli.source.Seen;
import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.finding.Rule;
import io.bedrockbudgeteer.keyguard.finding.Severity;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import io.bedrockbudgeteer.keyguard.key.KeyFacts;
import io.bedrockbudgeteer.keyguard.plan.AccessRow;
import io.bedrockbudgeteer.keyguard.plan.Owner;
import io.bedrockbudgeteer.keyguard.plan.Plan;
import io.bedrockbudgeteer.keyguard.plan.PlanReport;
import io.bedrockbudgeteer.keyguard.plan.StatementChange;
import io.bedrockbudgeteer.keyguard.policy.Caller;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.policy.Verdict;
import io.bedrockbudgeteer.keyguard.requirement.Requirement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What was found out about a key for one environment, and what would have to change. All forms of
/// output are made from it.
///
/// @param seen the facts; key and policy were read
/// @param environment such as `production`
/// @param owner whose statements are planned
/// @param plan what would be written
/// @param more further findings, about writing it
/// @param policyFile the file of the key policy as it was named; empty when it came from AWS
/// @param secondOpinion what somebody else says about the planned policy
public record Assessment(
        Seen seen,
        String environment,
        Owner owner,
        Plan plan,
        List<Finding> more,
        Optional<String> policyFile,
        Optional<SecondOpinion> secondOpinion) {

    public Assessment {
        more = List.copyOf(more);
    }

    public KeyFacts facts() {
        return seen.report().facts().orElseThrow();
    }

    /// The key policy as it is.
    public KeyPolicy policy() {
        return seen.report().policy().orElseThrow();
    }

    /// The key policy as it would be; as it is when nothing would be written.
    public KeyPolicy planned() {
        return plan instanceof Plan.Change change ? change.policy() : policy();
    }

    /// The plan for [PlanText].
    public Proposal proposal() {
        return new Proposal(plan, policy(), owner, seen.requirements(), seen.assumed());
    }

    /// Findings about key, policy, roles and plan, errors first.
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        for (Finding finding : seen.report().findings())
            // The plan says it again, with the length that counts.
            if (finding.rule() != Rule.POL006 || !isFound(plan.findings(), Rule.POL006))
                findings.add(finding);
        findings.addAll(seen.findings());
        findings.addAll(plan.findings());
        findings.addAll(more);
        return sorted(findings);
    }

    /// [#findings] and each statement that is missing, as an error: for those who want to know
    /// whether the key will do as it is.
    public List<Finding> findingsAsIs() {
        List<Finding> findings = new ArrayList<>();
        switch (plan) {
            case Plan.Change change -> findings.addAll(PlanReport.missing(change, environment));
            case Plan.Refused refused -> findings.addAll(missing(refused));
            case Plan.NoChange _ -> {}
        }
        findings.addAll(findings());
        return sorted(findings);
    }

    /// A plan that is refused does not say what is missing besides, and whoever mends what blocks
    /// would learn of it only then.
    private List<Finding> missing(Plan.Refused refused) {
        Set<Requirement> lacking = new LinkedHashSet<>();
        for (AccessRow row : refused.before())
            if (row.verdict().basis().equals("implicit-deny")
                    && (row.requirement().caller() instanceof Caller.Service
                            || !seen.report().delegatesToIam())) lacking.add(row.requirement());
        return lacking.stream()
                .map(requirement ->
                        Finding.of(
                                Rule.POL009,
                                "The key policy lacks a statement for "
                                        + requirement.purpose()
                                        + ". "
                                        + requirement.why(),
                                "Add to the key policy: "
                                        + new StatementChange(
                                                        StatementChange.Kind.ADD,
                                                        "",
                                                        requirement.purpose(),
                                                        JsonText.object(requirement.statement()),
                                                        requirement.why())
                                                .pasteable(environment)))
                .toList();
    }

    /// The access table under the policy as it is.
    public List<AccessRow> access() {
        return plan.before();
    }

    public boolean hasErrors() {
        return findingsAsIs().stream().anyMatch(Finding::isError);
    }

    static long count(List<Finding> findings, Severity severity) {
        return findings.stream().filter(finding -> finding.severity() == severity).count();
    }

    static long count(List<AccessRow> rows, Verdict.Kind kind) {
        return rows.stream().filter(row -> row.verdict().kind() == kind).count();
    }

    private static boolean isFound(List<Finding> findings, Rule rule) {
        return findings.stream().anyMatch(finding -> finding.rule() == rule);
    }

    private static List<Finding> sorted(List<Finding> findings) {
        return findings.stream()
                .distinct()
                .sorted(Comparator.comparing(Finding::severity))
                .toList();
    }
}
