package io.bedrockbudgeteer.local.service.kms;

import java.time.Duration;
import java.util.Set;

/// How the simulated KMS behaves where AWS is slow or its documents disagree.
///
/// @param visibility how long a new role stays invisible to PutKeyPolicy; real time, already scaled
/// @param staleReads how many GetKeyPolicy calls after a PutKeyPolicy still see the old text
/// @param refusesIncompleteStatements whether a statement without Action or Resource is refused
/// @param users ARNs of IAM users that exist
public record KmsOptions(
        Duration visibility,
        int staleReads,
        boolean refusesIncompleteStatements,
        Set<String> users) {
    public KmsOptions {
        users = Set.copyOf(users);
    }
}
