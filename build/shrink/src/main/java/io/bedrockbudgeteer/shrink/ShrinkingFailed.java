package io.bedrockbudgeteer.shrink;

/// The jar could not be made smaller. Running again does not help.
final class ShrinkingFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    ShrinkingFailed(String message) {
        super(message);
    }

    ShrinkingFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
