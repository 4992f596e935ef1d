package io.bedrockbudgeteer.keyguard.plan;

import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import java.util.List;

/// What to do with a key policy.
public sealed interface Plan {

    /// The access table under the policy as it is.
    List<AccessRow> before();

    /// Findings, errors first.
    List<Finding> findings();

    /// Nothing is missing: no write.
    record NoChange(List<AccessRow> before, List<Finding> findings) implements Plan {}

    /// The policy to put. All checks before a write have passed.
    ///
    /// @param policy the new document; every foreign statement has the bytes it had, but for the
    ///   repairs that were asked for
    /// @param changes our statements that were added, changed or taken out
    /// @param repairs what was taken out of statements of others; there is at least one change or
    ///   repair
    /// @param after the access table under the new document
    record Change(
            KeyPolicy policy,
            List<StatementChange> changes,
            List<Repaired.Change> repairs,
            List<AccessRow> before,
            List<AccessRow> after,
            List<Finding> findings)
            implements Plan {}

    /// No safe change leads there; at least one finding is an error and names what blocks.
    record Refused(List<AccessRow> before, List<Finding> findings) implements Plan {}
}
