package io.bedrockbudgeteer.keyguard.plan;

import io.bedrockbudgeteer.keyguard.policy.Statement;
import java.util.List;

/// Whether entries that give nothing but make KMS refuse every change may be taken out of
/// statements of others. Off unless somebody asked for it: they are not ours.
public enum Repair {
    /// Foreign statements keep every byte; what blocks the write is an error.
    NONE,

    /// Unique ids of roles and users that no longer exist leave the Principal of their statements,
    /// and statements that give and deny nothing for sure go: those left without principal, and
    /// those without Action or Resource. A NotPrincipal is never changed: an emptied one would deny
    /// everybody.
    DEAD_ENTRIES;

    /// Whether the statement, being without Action or Resource, goes.
    boolean removes(Statement statement) {
        return this == DEAD_ENTRIES && statement.problems().isEmpty() && statement.isIneffective();
    }

    /// The unique ids that leave the statement.
    List<String> idsIn(Statement statement) {
        return this == DEAD_ENTRIES
                        && statement.problems().isEmpty()
                        && !statement.hasNotPrincipal()
                ? statement.orphanIds()
                : List.of();
    }
}
