package io.bedrockbudgeteer.keyguard.policy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Changes of a policy text that leave its meaning alone.
final class PolicyText {

    private PolicyText() {}

    /// Drops a leading byte order mark and escapes what PutKeyPolicy does not take. A character
    /// that must be escaped can only stand in a string: JSON allows none of them elsewhere.
    static String sendable(String text) {
        if (isSendable(text)) return text;
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (i == 0 && c == '\uFEFF') continue;
            if (isAccepted(c)) out.append(c);
            else out.append("\\u").append(HexFormat.of().toHexDigits(c));
        }
        return out.toString();
    }

    private static boolean isSendable(String text) {
        for (int i = 0; i < text.length(); i++) if (!isAccepted(text.charAt(i))) return false;
        return true;
    }

    // KMS API Reference, PutKeyPolicy, Policy: tab, line feed, carriage return, printable ASCII and
    // printable Latin-1.
    private static boolean isAccepted(char c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= ' ' && c <= '~')
                || (c >= '\u00A0' && c <= '\u00FF');
    }

    /// Removes white space outside strings.
    static String minified(String text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean inString = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (inString && c == '\\') {
                out.append(c).append(text.charAt(++i));
                continue;
            }
            if (c == '"') inString = !inString;
            if (inString || !isWhite(c)) out.append(c);
        }
        return out.toString();
    }

    /// What JSON takes for white space.
    static boolean isWhite(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    /// UTF-8 bytes, which are never fewer than characters, of the shortest text that says the same
    /// and that PutKeyPolicy takes.
    static int shortestLength(String text) {
        return minified(sendable(text)).getBytes(StandardCharsets.UTF_8).length;
    }
}
