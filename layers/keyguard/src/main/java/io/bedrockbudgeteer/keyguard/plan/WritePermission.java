package io.bedrockbudgeteer.keyguard.plan;

import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.finding.Rule;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.policy.Verdict;
import java.util.Optional;

/// Whether the caller may put a policy, now and again afterwards.
final class WritePermission {

    private WritePermission() {}

    /// KMS refuses a policy that its writer could not change again; better to know before.
    static Optional<Finding> of(AccessTable table, Situation situation, KeyPolicy changed) {
        String who = situation.caller().principal().toString();
        Verdict before = table.mayPutKeyPolicy(situation.policy());
        Verdict after = table.mayPutKeyPolicy(changed);
        if (before.kind() == Verdict.Kind.DENIED || after.kind() == Verdict.Kind.DENIED) {
            boolean now = before.kind() == Verdict.Kind.DENIED;
            return Optional.of(
                    Finding.of(
                            Rule.POL008,
                            who
                                    + " may not kms:PutKeyPolicy under the "
                                    + (now ? "present" : "new")
                                    + " policy: "
                                    + (now ? before : after).reason(),
                            "Allow it in the role's IAM policy where the key policy leaves access to IAM, or add to the key policy: {\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \""
                                    + who
                                    + "\"}, \"Action\": [\"kms:GetKeyPolicy\", \"kms:PutKeyPolicy\"], \"Resource\": \"*\"}. Or use Mode CheckOnly and add the statements yourself."));
        } else if (!after.isAllowed()) {
            return Optional.of(
                    Finding.of(
                            Rule.POL015,
                            "Whether "
                                    + who
                                    + " may kms:PutKeyPolicy cannot be decided here: "
                                    + after.reason(),
                            "KMS decides at the write and leaves the policy as it is when it refuses."));
        }
        return Optional.empty();
    }
}
