package io.bedrockbudgeteer.local.service;

import io.bedrockbudgeteer.local.account.Refusal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Failures that a test asks for, by operation with its scope, such as `kms:PutKeyPolicy`. Each is
/// used once, in order; nothing fails that was not asked for. Thread-safe.
public final class Faults {
    private final Map<String, Deque<Fault>> queued = new ConcurrentHashMap<>();

    /// One planned failure.
    public sealed interface Fault {

        /// The service answers with an error, before it does anything.
        record Refused(Refusal refusal) implements Fault {}

        /// The connection is closed before the call is done.
        record ResetBefore() implements Fault {}

        /// The call is done, and the connection is closed instead of answering.
        record ResetAfter() implements Fault {}

        /// The call is done after a while.
        record Delay(Duration time) implements Fault {}

        /// Something happens in the account right before the call: another writer, for lost
        /// updates.
        record Meanwhile(Runnable action) implements Fault {}

        static Fault throttling() {
            return new Refused(new Refusal("ThrottlingException", 400, "Rate exceeded"));
        }

        static Fault internal() {
            return new Refused(new Refusal("InternalFailure", 500, "An internal error happened."));
        }
    }

    /// Plans failures for the next calls of an operation.
    public void add(String operation, Fault... faults) {
        Deque<Fault> queue = queued.computeIfAbsent(operation, key -> new ArrayDeque<>());
        synchronized (queue) {
            for (Fault fault : faults) queue.add(fault);
        }
    }

    Optional<Fault> next(String operation) {
        Deque<Fault> queue = queued.get(operation);
        if (queue == null) return Optional.empty();
        synchronized (queue) {
            return Optional.ofNullable(queue.poll());
        }
    }
}
