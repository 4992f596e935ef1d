package io.bedrockbudgeteer.keyguard.aws;

/// The deadline has passed or the work was called off before the next step. Nothing of that step
/// was done.
public final class OutOfTime extends RuntimeException {

    public OutOfTime(String message) {
        super(message);
    }
}
