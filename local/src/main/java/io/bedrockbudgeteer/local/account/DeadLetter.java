package io.bedrockbudgeteer.local.account;

import java.time.Instant;

/// An event that Lambda gave up and that has a failure destination.
///
/// @param time when it was given up
/// @param function name of the function
/// @param destination ARN of the queue
/// @param condition `RetriesExhausted` or `EventAgeExceeded`
/// @param attempts how often the function ran
/// @param record the JSON text for the queue; holds the event with its presigned URL
/// @param refusal why the record did not get into the queue; empty when it did
public record DeadLetter(
        Instant time,
        String function,
        String destination,
        String condition,
        int attempts,
        String record,
        String refusal) {

    /// Without the record: a presigned URL is a secret.
    @Override
    public String toString() {
        return "DeadLetter[" + function + ", " + condition + ", " + destination + "]";
    }
}
