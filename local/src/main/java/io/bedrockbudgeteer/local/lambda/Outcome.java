package io.bedrockbudgeteer.local.lambda;

/// How one attempt at an event ended.
public sealed interface Outcome {

    /// The handler returned.
    record Returned(String payload) implements Outcome {}

    /// The handler threw.
    record Failed(String error) implements Outcome {}

    /// The handler was still running at the function's time-out; its process was ended.
    record TimedOut(int seconds) implements Outcome {}

    /// The process ended while the handler was running.
    record Died(int exitCode) implements Outcome {}

    /// The function could not be started.
    record NotStarted(String error) implements Outcome {}

    /// Whether the event is done with; otherwise Lambda's asynchronous queue tries again.
    default boolean isDone() {
        return this instanceof Returned;
    }

    /// For a log line.
    default String text() {
        return switch (this) {
            case Returned(var payload) -> "returned " + payload.length() + " characters";
            case Failed(var error) -> "failed: " + error;
            case TimedOut(var seconds) -> "Task timed out after " + seconds + ".00 seconds";
            case Died(var code) -> "Runtime exited with exit status " + code;
            case NotStarted(var error) -> "Init failed: " + error;
        };
    }
}
