package io.bedrockbudgeteer.local.lambda;

import java.time.Instant;

/// One event in the asynchronous queue. The request id stays the same across the attempts.
///
/// @param queued when the event was accepted
/// @param attempt from 1
record Invocation(String requestId, String event, Instant queued, int attempt) {

    Invocation again() {
        return new Invocation(requestId, event, queued, attempt + 1);
    }
}
