package io.bedrockbudgeteer.local.lambda;

import java.time.Instant;
import java.util.Optional;

/// One event in the asynchronous queue. The request id stays the same across the attempts.
///
/// @param queued when the event was accepted
/// @param attempt from 1
/// @param before how the attempt before this one ended
record Invocation(
        String requestId, String event, Instant queued, int attempt, Optional<Outcome> before) {

    static Invocation first(String requestId, String event, Instant queued) {
        return new Invocation(requestId, event, queued, 1, Optional.empty());
    }

    Invocation again(Outcome last) {
        return new Invocation(requestId, event, queued, attempt + 1, Optional.of(last));
    }
}
