package io.bedrockbudgeteer.local.account;

import java.time.Instant;

/// One call in the record of API calls.
///
/// @param time when
/// @param caller [Principal#name] of who called
/// @param action such as `kms:PutKeyPolicy`
/// @param resource ARN or name it was about
/// @param allowed whether it was authorised
/// @param decidedBy the statement, grant or rule that decided, or the error
public record ApiCall(
        Instant time,
        String caller,
        String action,
        String resource,
        boolean allowed,
        String decidedBy) {}
