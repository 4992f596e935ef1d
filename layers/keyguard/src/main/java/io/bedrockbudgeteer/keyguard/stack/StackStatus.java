package io.bedrockbudgeteer.keyguard.stack;

/// The status word of a stack, such as `UPDATE_ROLLBACK_IN_PROGRESS`. Source: CloudFormation User
/// Guide, Stack status codes.
///
/// @param word the word; empty when it could not be read
public record StackStatus(String word) {
    public static final StackStatus UNKNOWN = new StackStatus("");

    /// A create or an update failed and is being undone.
    public boolean isRollback() {
        return word.startsWith("ROLLBACK_") || word.startsWith("UPDATE_ROLLBACK_");
    }

    /// An update has succeeded; what it replaced or dropped is being deleted.
    public boolean isCleanUp() {
        return word.equals("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS");
    }

    /// The stack itself is being deleted.
    public boolean isDeletion() {
        return word.startsWith("DELETE_");
    }

    @Override
    public String toString() {
        return word.isEmpty() ? "unknown" : word;
    }
}
