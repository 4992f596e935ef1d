package io.bedrockbudgeteer.keyguard.plan;

import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.finding.Rule;
import io.bedrockbudgeteer.keyguard.finding.Severity;
import io.bedrockbudgeteer.keyguard.policy.AccessRequest;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.Caller;
import io.bedrockbudgeteer.keyguard.policy.ConditionTest;
import io.bedrockbudgeteer.keyguard.policy.Evaluator;
import io.bedrockbudgeteer.keyguard.policy.IdentityAccess;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.policy.PolicyRules;
import io.bedrockbudgeteer.keyguard.policy.PolicySyntaxException;
import io.bedrockbudgeteer.keyguard.policy.Resources;
import io.bedrockbudgeteer.keyguard.policy.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a key policy shows by itself, before anybody asks for access: can it be read and written,
/// does it leave decisions to IAM, is it open wider than it should be. Pure.
///
/// @param findings errors first; an error means that KMS would refuse to store a new text
/// @param delegatesToIam whether IAM policies of the account can give the use of the key
public record PolicyHealth(List<Finding> findings, boolean delegatesToIam) {

    /// Warn from here on, so that there is time to tidy up: nine tenths of what KMS takes. What we
    /// write is written densely from here on, see [Fitted].
    static final int NEARLY_FULL = KeyPolicy.MAX_LENGTH * 9 / 10;

    private static final List<String> USE_OF_A_KEY =
            List.of(
                    "kms:Decrypt",
                    "kms:DescribeKey",
                    "kms:Encrypt",
                    "kms:GenerateDataKey",
                    "kms:GenerateDataKeyWithoutPlaintext",
                    "kms:ReEncryptFrom",
                    "kms:ReEncryptTo");

    public PolicyHealth {
        findings = errorsFirst(findings);
    }

    /// Checks a policy text of unknown quality; a text that cannot be read gives POL002.
    public static PolicyHealth of(String text, Arn key) {
        try {
            return of(KeyPolicy.read(text), key);
        } catch (PolicySyntaxException e) {
            return new PolicyHealth(
                    List.of(
                            Finding.of(
                                    Rule.POL002,
                                    "The policy of "
                                            + key
                                            + " cannot be read: "
                                            + e.getMessage()
                                            + ".",
                                    "Store a well-formed policy: " + PolicyFixes.put(key))),
                    false);
        }
    }

    public static PolicyHealth of(KeyPolicy policy, Arn key) {
        return of(policy, key, Repair.NONE);
    }

    /// @param repair what is going to be taken out with the next write; it is a warning then
    public static PolicyHealth of(KeyPolicy policy, Arn key, Repair repair) {
        boolean delegates = delegatesToIam(policy, key);
        List<Finding> findings = new ArrayList<>(foreign(policy, key, Set.of(), repair));
        int length = policy.shortestLength();
        if (length > KeyPolicy.MAX_LENGTH) findings.add(SizeFixes.tooLong(policy, key));
        else if (length >= NEARLY_FULL) findings.add(SizeFixes.nearlyFull(length));
        if (!delegates) findings.add(PolicyFixes.noDelegation(key));
        return new PolicyHealth(findings, delegates);
    }

    /// Findings about all statements but the ones at the given indices, which are about to go.
    static List<Finding> foreign(KeyPolicy policy, Arn key, Set<Integer> except) {
        return foreign(policy, key, except, Repair.NONE);
    }

    private static List<Finding> foreign(
            KeyPolicy policy, Arn key, Set<Integer> except, Repair repair) {
        List<Finding> findings = new ArrayList<>();
        for (String problem : policy.problems())
            findings.add(
                    Finding.of(
                            Rule.POL021,
                            "The key policy cannot be understood: "
                                    + problem
                                    + ". No verdict can rest on it.",
                            "Write the policy with Version \"2012-10-17\", Id and Statement only: "
                                    + PolicyFixes.put(key)));
        Set<String> sids = new HashSet<>();
        for (Statement statement : policy.statements()) {
            if (except.contains(statement.index())) continue;
            check(statement, key, repair, findings);
            statement
                    .sid()
                    .filter(sid -> !sids.add(sid))
                    .ifPresent(sid ->
                            findings.add(
                                    Finding.of(
                                            Rule.POL016,
                                            "More than one statement has the Sid \"" + sid + "\".",
                                            "Give each statement a Sid of its own: "
                                                    + PolicyFixes.put(key))));
        }
        return findings;
    }

    /// Whether IAM decides: the account is named for everything that using a key takes. A Deny that
    /// limits single principals does not change who decides, so Deny statements are left out.
    static boolean delegatesToIam(KeyPolicy policy, Arn key) {
        Set<Integer> others = new HashSet<>();
        for (Statement statement : policy.statements())
            if (!statement.isAllow() || !statement.problems().isEmpty())
                others.add(statement.index());
        PolicyRules allows = policy.rules().without(others);
        Arn anyRole = new Arn(key.partition(), "iam", "", key.account(), "role/any");
        Optional<IdentityAccess> full = Optional.of(IdentityAccess.unlimited(anyRole));
        return USE_OF_A_KEY.stream()
                .map(action ->
                        new AccessRequest(new Caller.Role(anyRole), action, key, Map.of(), false))
                .map(request -> Evaluator.evaluate(allows, full, List.of(), request))
                .allMatch(verdict -> verdict.isAllowed() && verdict.basis().equals("delegated"));
    }

    static List<Finding> errorsFirst(List<Finding> findings) {
        return findings.stream()
                .distinct()
                .sorted(Comparator.comparing(Finding::severity))
                .toList();
    }

    private static Finding unless(boolean repaired, Finding finding) {
        return repaired ? finding.as(Severity.WARNING) : finding;
    }

    private static void check(Statement statement, Arn key, Repair repair, List<Finding> findings) {
        boolean goes = repair.removes(statement);
        for (String id : statement.orphanIds())
            findings.add(
                    unless(
                            goes || repair.idsIn(statement).contains(id),
                            PolicyFixes.orphan(statement, id, key)));
        Resources.InKeyPolicy resource = statement.resourceFor(key);
        if (!statement.problems().isEmpty()) {
            findings.add(PolicyFixes.notUnderstood(statement, key));
        } else if (statement.isIneffective()
                || resource == Resources.InKeyPolicy.OTHER
                || resource == Resources.InKeyPolicy.PATTERN) {
            findings.add(unless(goes, PolicyFixes.ineffective(statement, resource, key)));
        } else if (resource == Resources.InKeyPolicy.OWN_ARN) {
            findings.add(PolicyFixes.ownArn(statement, key));
        }
        if (statement.isOpenToEveryone()) findings.add(PolicyFixes.open(statement));
        if (!statement.unscopedServices().isEmpty())
            findings.add(PolicyFixes.unscoped(statement, key));
        for (ConditionTest test : statement.conditions())
            if (test.isRefusedByKms())
                findings.add(PolicyFixes.refusedCondition(statement, test, key));
    }
}
