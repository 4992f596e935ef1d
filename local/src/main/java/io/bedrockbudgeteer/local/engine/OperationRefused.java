package io.bedrockbudgeteer.local.engine;

/// CloudFormation would not start this operation; the stack is as it was.
public final class OperationRefused extends RuntimeException {
    public OperationRefused(String message) {
        super(message);
    }
}
