package io.bedrockbudgeteer.keyguard.plan;

import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.finding.Rule;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import io.bedrockbudgeteer.keyguard.policy.Actions;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.Caller;
import io.bedrockbudgeteer.keyguard.policy.IdentityAccess;
import io.bedrockbudgeteer.keyguard.policy.KmsActions;
import io.bedrockbudgeteer.keyguard.policy.PolicyRules;
import io.bedrockbudgeteer.keyguard.policy.Verdict;
import io.bedrockbudgeteer.keyguard.requirement.Requirement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Turns what is not allowed under a policy into findings: one per requirement and cause, with the
/// actions it is about; what hangs on one condition is one finding.
final class Judgement {

    private record Cause(Rule rule, String decidedBy, String reason) {}

    private final AccessTable table;
    private final Arn key;

    Judgement(AccessTable table, Arn key) {
        this.table = table;
        this.key = key;
    }

    List<Finding> of(PolicyRules policy, List<Requirement> requirements) {
        List<Finding> findings = new ArrayList<>();
        // One condition often decides for many: then it is one finding that names them all.
        Map<Cause, Set<String>> undecided = new LinkedHashMap<>();
        for (Requirement requirement : requirements) {
            causes(policy, requirement)
                    .forEach((cause, actions) -> {
                        if (cause.rule() == Rule.POL015)
                            undecided
                                    .computeIfAbsent(cause, _ -> new LinkedHashSet<>())
                                    .add(
                                            requirement.caller().displayName()
                                                    + " ("
                                                    + requirement.service()
                                                    + ")");
                        else
                            findings.add(
                                    finding(requirement, cause, shortened(requirement, actions)));
                    });
        }
        undecided.forEach((cause, callers) -> findings.add(undecided(cause, callers)));
        return findings;
    }

    private Map<Cause, Set<String>> causes(PolicyRules policy, Requirement requirement) {
        List<AccessRow> rows = table.rows(policy, requirement);
        if (rows.stream().allMatch(row -> row.verdict().isAllowed())) return Map.of();
        List<Verdict> withFullIam = table.verdictsWithFullIam(policy, requirement);
        Map<Cause, Set<String>> actions = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            Verdict verdict = rows.get(i).verdict();
            if (verdict.isAllowed()) continue;
            Rule rule = rule(requirement.caller(), verdict, withFullIam.get(i));
            Cause cause =
                    new Cause(
                            rule, verdict.decidedBy(), rule == Rule.POL015 ? hangsOn(verdict) : "");
            actions.computeIfAbsent(cause, _ -> new LinkedHashSet<>()).add(rows.get(i).action());
        }
        return actions;
    }

    /// The actions as the requirement writes them where all that a pattern stands for is meant.
    private static String shortened(Requirement requirement, Set<String> actions) {
        Set<String> names = new LinkedHashSet<>();
        for (String action : actions)
            names.add(
                    requirement.actions().stream()
                            .filter(pattern ->
                                    Actions.covers(pattern, action)
                                            && actions.containsAll(
                                                    KmsActions.expand(List.of(pattern))))
                            .findFirst()
                            .orElse(action));
        return String.join(", ", names);
    }

    private static Finding undecided(Cause cause, Set<String> callers) {
        return Finding.of(
                Rule.POL015,
                "\""
                        + cause.decidedBy()
                        + "\" decides whether the key can be used by "
                        + String.join(", ", callers)
                        + ". "
                        + cause.reason(),
                "Check that its condition lets these calls through.");
    }

    private Rule rule(Caller caller, Verdict verdict, Verdict withFullIam) {
        if (!(caller instanceof Caller.Service) && withFullIam.isAllowed()) {
            boolean known =
                    table.identity(caller)
                            .map(IdentityAccess::unreadable)
                            .map(Optional::isEmpty)
                            .orElse(false);
            if (!known) return Rule.IAM002;
            if (verdict.kind() == Verdict.Kind.DENIED) return Rule.IAM003;
        }
        if (verdict.kind() != Verdict.Kind.DENIED) return Rule.POL015;
        return verdict.basis().equals("explicit-deny") ? Rule.POL007 : Rule.POL009;
    }

    private static String hangsOn(Verdict verdict) {
        return verdict.hangsOn().isEmpty()
                ? verdict.reason()
                : "It depends on "
                        + String.join(", ", verdict.hangsOn())
                        + ", which is not known here.";
    }

    private Finding finding(Requirement requirement, Cause cause, String what) {
        String who = requirement.caller().displayName();
        return switch (cause.rule()) {
            case POL007 ->
                    Finding.of(
                            Rule.POL007,
                            "\""
                                    + cause.decidedBy()
                                    + "\" denies "
                                    + what
                                    + " to "
                                    + who
                                    + "; no statement that is added can lift a Deny. Needed because: "
                                    + requirement.why(),
                            "Except "
                                    + who
                                    + " from the Deny \""
                                    + cause.decidedBy()
                                    + "\", for example with a condition on "
                                    + (requirement.caller() instanceof Caller.Service
                                            ? "aws:PrincipalIsAWSService"
                                            : "aws:PrincipalArn")
                                    + ", or delete it.");
            case IAM002 ->
                    Finding.of(
                            Rule.IAM002,
                            "The IAM policies of "
                                    + who
                                    + " are not known, and the key policy leaves "
                                    + what
                                    + " to them"
                                    + unreadable(requirement.caller())
                                    + ".",
                            "Let the guard's role read them: iam:ListRolePolicies, iam:GetRolePolicy, iam:ListAttachedRolePolicies, iam:GetPolicy, iam:GetPolicyVersion, iam:GetRole.");
            case IAM003 ->
                    Finding.of(
                            Rule.IAM003,
                            (cause.decidedBy().isEmpty()
                                            ? "No IAM policy lets " + who + " do "
                                            : "\""
                                                    + cause.decidedBy()
                                                    + "\" keeps "
                                                    + who
                                                    + " from ")
                                    + what
                                    + (hasBoundary(requirement.caller())
                                            ? "; the key policy would let it, but IAM does not, or its permissions boundary does not. Needed because: "
                                            : "; the key policy leaves that to IAM. Needed because: ")
                                    + requirement.why(),
                            "Add to the role's IAM policy"
                                    + (hasBoundary(requirement.caller())
                                            ? ", and to its boundary: "
                                            : ": ")
                                    + JsonText.object(requirement.identityStatement(key)));
            default ->
                    Finding.of(
                            Rule.POL009,
                            "Nothing allows "
                                    + who
                                    + " to do "
                                    + what
                                    + ". Needed because: "
                                    + requirement.why(),
                            "Add to the key policy: " + JsonText.object(requirement.statement()));
        };
    }

    private boolean hasBoundary(Caller caller) {
        return table.identity(caller).filter(IdentityAccess::hasBoundary).isPresent();
    }

    private String unreadable(Caller caller) {
        return table.identity(caller)
                .flatMap(IdentityAccess::unreadable)
                .map(why -> " (" + why + ")")
                .orElse("");
    }
}
