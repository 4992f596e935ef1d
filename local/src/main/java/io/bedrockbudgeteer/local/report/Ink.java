package io.bedrockbudgeteer.local.report;

/// Colour, or none. Meaning never hangs on colour alone.
public enum Ink {
    PLAIN,
    COLOUR;

    private static final String RESET = "\u001B[0m";

    /// Colour only on a terminal, and not when NO_COLOR says otherwise (no-color.org).
    public static Ink forOutput(boolean terminal, boolean noColor) {
        return terminal && !noColor ? COLOUR : PLAIN;
    }

    String good(String text) {
        return paint("32", text);
    }

    String bad(String text) {
        return paint("31", text);
    }

    String busy(String text) {
        return paint("33", text);
    }

    String title(String text) {
        return paint("1", text);
    }

    private String paint(String code, String text) {
        return this == PLAIN ? text : "\u001B[" + code + "m" + text + RESET;
    }
}
