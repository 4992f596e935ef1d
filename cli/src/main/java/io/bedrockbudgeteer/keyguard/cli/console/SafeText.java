package io.bedrockbudgeteer.keyguard.cli.console;

import java.util.HexFormat;
import java.util.regex.Pattern;

/// Text from outside, made fit to be shown: policies and requests come from anybody.
public final class SafeText {
    // IAM User Guide, Unique identifiers: AKIA are access keys of users, ASIA temporary ones.
    private static final Pattern ACCESS_KEY = Pattern.compile("\\b(AKIA|ASIA)[A-Z0-9]{8,}");
    // Enough to recognise what was meant.
    private static final int LONGEST_QUOTE = 120;

    private SafeText() {}

    /// Without access key ids.
    public static String redacted(String text) {
        // Most texts have none, and the pattern is slow in comparison.
        if (!text.contains("AKIA") && !text.contains("ASIA")) return text;
        return ACCESS_KEY.matcher(text).replaceAll("$1[redacted]");
    }

    /// One line for a terminal: whatever could move the cursor, change colours or reverse the
    /// reading order is shown as its code instead.
    public static String visible(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> {
                    if (c == '\t') shown.append("  ");
                    else if (isInvisible(c)) shown.append("\\u").append(code(c));
                    else shown.appendCodePoint(c);
                });
        return shown.toString();
    }

    /// In quotation marks for a message, and shortened.
    public static String quoted(String text) {
        // Redacted before it is cut: half an access key id would not be recognised.
        String start = redacted(text.substring(0, Math.min(text.length(), 2 * LONGEST_QUOTE)));
        if (start.length() <= LONGEST_QUOTE) return '"' + visible(start) + '"';
        int end = LONGEST_QUOTE;
        if (Character.isHighSurrogate(start.charAt(end - 1))) end--;
        return '"' + visible(start.substring(0, end)) + "…\"";
    }

    private static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE ->
                    true;
            default -> false;
        };
    }

    private static String code(int c) {
        return c <= 0xFFFF
                ? HexFormat.of().toHexDigits((char) c)
                : "{" + Integer.toHexString(c) + "}";
    }
}
