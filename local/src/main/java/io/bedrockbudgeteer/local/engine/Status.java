package io.bedrockbudgeteer.local.engine;

/// States of a stack and of a resource in it, named as CloudFormation names them. Source:
/// CloudFormation User Guide, "Understand stack creation events" and "Stack status codes".
public enum Status {
    CREATE_IN_PROGRESS,
    CREATE_COMPLETE,
    CREATE_FAILED,
    ROLLBACK_IN_PROGRESS,
    ROLLBACK_COMPLETE,
    ROLLBACK_FAILED,
    UPDATE_IN_PROGRESS,
    UPDATE_COMPLETE_CLEANUP_IN_PROGRESS,
    UPDATE_COMPLETE,
    UPDATE_FAILED,
    UPDATE_ROLLBACK_IN_PROGRESS,
    UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS,
    UPDATE_ROLLBACK_COMPLETE,
    UPDATE_ROLLBACK_FAILED,
    DELETE_IN_PROGRESS,
    DELETE_COMPLETE,
    DELETE_FAILED,
    DELETE_SKIPPED;

    /// Whether a stack operation that ends in this state did what was asked.
    public boolean isSuccess() {
        return this == CREATE_COMPLETE || this == UPDATE_COMPLETE || this == DELETE_COMPLETE;
    }

    boolean canBeUpdated() {
        return this == CREATE_COMPLETE
                || this == UPDATE_COMPLETE
                || this == UPDATE_FAILED
                || this == UPDATE_ROLLBACK_COMPLETE;
    }
}
