package io.bedrockbudgeteer.keyguard.customresource;

/// The request cannot be answered, or the answer was not delivered. Ends the invocation with an
/// error, so that Lambda runs the same event again and failure alarms see it. Lambda prints
/// messages and causes: there is no cause, and the message has no URL.
public final class CannotAnswer extends RuntimeException {

    CannotAnswer(String message) {
        super(message);
    }
}
