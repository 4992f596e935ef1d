package io.bedrockbudgeteer.keyguard.finding;

/// How bad a [Finding] is. An error stops a deployment; a warning and an info do not.
public enum Severity {
    ERROR,
    WARNING,
    INFO
}
