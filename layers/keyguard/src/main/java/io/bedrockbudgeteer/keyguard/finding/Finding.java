package io.bedrockbudgeteer.keyguard.finding;

import java.util.Objects;

/// One thing a check found. Immutable. The same finding reads the same in a stack event, a log line
/// and on the command line.
///
/// @param rule the rule of the catalogue, with the stable id and the AWS page it rests on
/// @param severity usually the rule's own; a check may lower it where the rule cannot hurt
/// @param message one sentence: what was seen and what is wrong with it; names the value
/// @param fix what to do: a command, a statement to add, or a sentence; empty for an info that
///   needs no action
public record Finding(Rule rule, Severity severity, String message, String fix) {

    public Finding {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(severity, "severity");
        if (message.isBlank())
            throw new IllegalArgumentException("message of " + rule.id() + " is blank");
        Objects.requireNonNull(fix, "fix");
    }

    /// A finding with the rule's own severity.
    public static Finding of(Rule rule, String message, String fix) {
        return new Finding(rule, rule.severity(), message, fix);
    }

    /// The same finding with another severity.
    public Finding as(Severity other) {
        return new Finding(rule, other, message, fix);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /// One line for people: `KEY008 error: message Fix: fix`.
    public String line() {
        return fix.isEmpty() ? brief() : brief() + " Fix: " + fix;
    }

    /// As [#line], without the fix: what stands in the attribute `Findings` of a stack.
    public String brief() {
        return rule.id()
                + " "
                + severity.name().toLowerCase(java.util.Locale.ROOT)
                + ": "
                + message;
    }
}
