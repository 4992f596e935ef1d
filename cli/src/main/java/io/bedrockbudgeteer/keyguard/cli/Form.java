package io.bedrockbudgeteer.keyguard.cli;

import java.util.Locale;

/// The forms in which check and plan print.
enum Form {
    TEXT,
    JSON,
    SARIF,
    JUNIT;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
