package io.bedrockbudgeteer.keyguard.key;

import io.bedrockbudgeteer.keyguard.aws.Problem;
import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.plan.Plan;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import java.util.List;
import java.util.Optional;

/// What became of an attempt to change a key policy.
public sealed interface EditResult {

    /// Nothing was missing; nothing was written.
    record Unchanged(KeyPolicy policy, Plan.NoChange plan) implements EditResult {}

    /// The change was written and read back several times, and the plan on what was read back is
    /// empty.
    ///
    /// @param before the policy directly before the first write
    /// @param after the policy as KMS shows it now
    /// @param plan what was written
    record Written(KeyPolicy before, KeyPolicy after, Plan.Change plan) implements EditResult {}

    /// No safe change leads to the goal.
    ///
    /// @param written whether something had been written before that turned out
    record Refused(Plan.Refused plan, boolean written) implements EditResult {}

    /// It could not be done.
    ///
    /// @param problem the AWS call that failed, when it was one
    /// @param written whether the policy may have been changed; then a compensation was tried
    record Failed(List<Finding> findings, Optional<Problem> problem, boolean written)
            implements EditResult {
        public Failed {
            findings = List.copyOf(findings);
        }
    }
}
