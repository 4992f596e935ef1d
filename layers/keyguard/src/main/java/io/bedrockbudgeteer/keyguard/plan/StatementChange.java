package io.bedrockbudgeteer.keyguard.plan;

/// One change to one of our statements.
///
/// @param kind what happens to it
/// @param sid Sid of the statement after the change; for a removal, before it
/// @param purpose purpose of the requirement it serves
/// @param text JSON text of the statement after the change; for a removal, before it
/// @param reason for people: why, one sentence
public record StatementChange(Kind kind, String sid, String purpose, String text, String reason) {

    /// Add, change in place, take out.
    public enum Kind {
        ADD,
        CHANGE,
        REMOVE
    }
}
