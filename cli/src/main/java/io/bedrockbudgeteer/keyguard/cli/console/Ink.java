package io.bedrockbudgeteer.keyguard.cli.console;

import java.util.Map;
import java.util.function.BooleanSupplier;

/// Colour, or none. Meaning never hangs on colour alone.
public enum Ink {
    PLAIN,
    COLOUR;

    private static final String RESET = "\u001B[0m";

    /// Colours are for terminals only, and not when NO_COLOR is set to anything (no-color.org).
    public static boolean isWanted(Map<String, String> environment, BooleanSupplier terminal) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty() && terminal.getAsBoolean();
    }

    public String good(String text) {
        return paint("32", text);
    }

    public String bad(String text) {
        return paint("31", text);
    }

    public String open(String text) {
        return paint("33", text);
    }

    public String title(String text) {
        return paint("1", text);
    }

    private String paint(String code, String text) {
        return this == PLAIN ? text : "\u001B[" + code + "m" + text + RESET;
    }
}
