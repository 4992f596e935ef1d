package io.bedrockbudgeteer.keyguard.key;

import io.bedrockbudgeteer.keyguard.aws.Problem;
import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.finding.Rule;
import io.bedrockbudgeteer.keyguard.finding.Severity;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.PolicySyntaxException;

/// Findings about reading and writing a key policy, in one place because check and editor share
/// them.
final class PolicyFindings {

    private PolicyFindings() {}

    /// The finding as it counts where nothing is going to be written: what only blocks a write is a
    /// warning.
    static Finding withoutWriting(Finding finding) {
        return switch (finding.rule()) {
            case POL003, POL004, POL005, POL016, POL022 -> finding.as(Severity.WARNING);
            default -> finding;
        };
    }

    static Finding unreadable(Arn key, Problem problem) {
        String fix =
                problem.kind() == Problem.Kind.DENIED
                        ? "Let the key policy give kms:GetKeyPolicy to this role, directly or by the statement for arn:"
                                + key.partition()
                                + ":iam::"
                                + key.account()
                                + ":root that lets IAM policies count."
                        : "Repeat the operation.";
        return Finding.of(
                Rule.POL001,
                "The key policy of " + key + " could not be read: " + problem.text() + ".",
                fix);
    }

    static Finding lossy(Arn key, PolicySyntaxException problem) {
        return Finding.of(
                Rule.POL002,
                "The key policy of "
                        + key
                        + " cannot be read without loss and is therefore not touched: "
                        + problem.getMessage()
                        + ".",
                "Mend the text by hand: aws kms get-key-policy --key-id "
                        + key
                        + " --policy-name default --region "
                        + key.region()
                        + " --output text");
    }

    static Finding refused(Arn key, Problem problem) {
        String fix =
                switch (problem.kind()) {
                    case DENIED ->
                            "Give kms:PutKeyPolicy on this key to the role of the function, or deploy with the mode CheckOnly and add the statements yourself.";
                    case TRANSIENT ->
                            "Repeat the operation; KMS takes 15 key policies a second from an account.";
                    case NOT_FOUND, REFUSED ->
                            problem.mentions("will not allow you to update")
                                    ? "Let the key policy keep giving kms:PutKeyPolicy to the role of the function; the lock-out check of KMS is never bypassed."
                                    : "Look for roles that no longer exist and for statements without Action or Resource; KMS takes neither.";
                };
        return Finding.of(
                Rule.POL013,
                "KMS refused the key policy of " + key + ": " + problem.text() + ".",
                fix);
    }
}
