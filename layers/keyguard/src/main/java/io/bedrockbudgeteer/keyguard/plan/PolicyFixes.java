package io.bedrockbudgeteer.keyguard.plan;

import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.finding.Rule;
import io.bedrockbudgeteer.keyguard.finding.Severity;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.ConditionTest;
import io.bedrockbudgeteer.keyguard.policy.Resources;
import io.bedrockbudgeteer.keyguard.policy.Statement;

/// The sentences about a key policy, and how to mend it. All in one place, so that they read alike.
final class PolicyFixes {

    private PolicyFixes() {}

    /// The command that stores a corrected policy.
    static String put(Arn key) {
        return "aws kms put-key-policy --region "
                + key.region()
                + " --key-id "
                + key.resourceName()
                + " --policy-name default --policy file://policy.json";
    }

    /// The commands between which a policy is mended by hand.
    static String edit(Arn key) {
        return "aws kms get-key-policy --region "
                + key.region()
                + " --key-id "
                + key.resourceName()
                + " --policy-name default --query Policy --output text > policy.json, edit the file, then "
                + put(key);
    }

    private static String quoted(Statement statement) {
        return statement.sid().isPresent()
                ? "Statement \"" + statement.label() + "\""
                : "Statement " + (statement.index() + 1) + " (it has no Sid)";
    }

    static Finding orphan(Statement statement, String id, Arn key) {
        String element = statement.hasNotPrincipal() ? "NotPrincipal" : "Principal";
        String care =
                statement.hasNotPrincipal()
                        ? " (put a principal that exists in its place: an emptied NotPrincipal would deny everybody)"
                        : "";
        return Finding.of(
                Rule.POL003,
                quoted(statement)
                        + " names "
                        + id
                        + " in its "
                        + element
                        + ", a role or user that no longer exists; KMS refuses every change of this policy until the id is gone.",
                "Take "
                        + id
                        + " out of the statement"
                        + care
                        + (statement.hasNotPrincipal() ? ": " : ", or set RepairPolicy to true: ")
                        + edit(key));
    }

    static Finding ineffective(Statement statement, Resources.InKeyPolicy resource, Arn key) {
        boolean noAction =
                statement.actions().map(found -> found.patterns().isEmpty()).orElse(true);
        String what =
                noAction
                        ? " has no Action"
                        : resource == Resources.InKeyPolicy.MISSING
                                ? " has no Resource"
                                : " has a Resource other than \"*\"";
        String meaning =
                resource == Resources.InKeyPolicy.PATTERN && !noAction
                        ? "; what it gives is not documented, and KMS refuses every change of a policy that holds it."
                        : statement.isDeny()
                                ? "; it denies nothing, and KMS refuses every change of a policy that holds it."
                                : "; it gives nothing, and KMS refuses every change of a policy that holds it.";
        return Finding.of(
                Rule.POL004,
                quoted(statement) + what + meaning,
                (noAction
                                ? "Give it an Action or delete it, or set RepairPolicy to true: "
                                : "Set \"Resource\": \"*\" in it or delete it"
                                        + (statement.isIneffective()
                                                ? ", or set RepairPolicy to true: "
                                                : ": "))
                        + edit(key));
    }

    static Finding ownArn(Statement statement, Arn key) {
        return Finding.of(
                        Rule.POL004,
                        quoted(statement)
                                + " has the key's own ARN as its Resource; KMS may refuse to store the policy with it.",
                        "Set \"Resource\": \"*\" in it, which means this key: " + edit(key))
                .as(Severity.WARNING);
    }

    static Finding notUnderstood(Statement statement, Arn key) {
        return Finding.of(
                Rule.POL021,
                quoted(statement)
                        + " cannot be understood: "
                        + String.join("; ", statement.problems())
                        + ". No verdict can rest on it.",
                "Correct or delete it: " + edit(key));
    }

    static Finding open(Statement statement) {
        return Finding.of(
                Rule.POL014,
                quoted(statement)
                        + " allows every principal of every account, and no condition keeps strangers out.",
                "Name the principals, or add \"Condition\": {\"StringEquals\": {\"kms:CallerAccount\": \"<account id>\"}}.");
    }

    static Finding unscoped(Statement statement, Arn key) {
        return Finding.of(
                Rule.POL019,
                quoted(statement)
                        + " allows "
                        + String.join(", ", statement.unscopedServices())
                        + " on behalf of anybody: no condition names the account or the resource it acts for.",
                "Add \"Condition\": {\"StringEquals\": {\"aws:SourceAccount\": \""
                        + key.account()
                        + "\"}} where the service supports it, or delete the statement: DynamoDB, S3, Firehose, Lambda and Step Functions use the key as the caller or by grants and need none.");
    }

    static Finding refusedCondition(Statement statement, ConditionTest test, Arn key) {
        return Finding.of(
                Rule.POL022,
                quoted(statement)
                        + " tests "
                        + test.key()
                        + " with "
                        + test.operator()
                        + ", which is true without the key; KMS refuses every change of a policy that holds it.",
                "Use ForAnyValue or a plain operator: " + edit(key));
    }

    static Finding noDelegation(Arn key) {
        return Finding.of(
                Rule.POL010,
                "The policy of "
                        + key
                        + " does not leave access to IAM, so roles need statements of their own in it.",
                "Nothing to do if that is meant. Otherwise add {\"Sid\": \"Enable IAM User Permissions\", \"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"arn:"
                        + key.partition()
                        + ":iam::"
                        + key.account()
                        + ":root\"}, \"Action\": \"kms:*\", \"Resource\": \"*\"}.");
    }
}
