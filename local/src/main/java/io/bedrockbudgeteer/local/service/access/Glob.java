package io.bedrockbudgeteer.local.service.access;

import java.util.regex.Pattern;

/// Patterns with `*` (any run of characters) and `?` (one character).
final class Glob {
    private static final int ARN_PARTS = 6;

    private Glob() {}

    static boolean matches(String pattern, String value) {
        return regex(pattern, 0).matcher(value).matches();
    }

    static boolean matchesIgnoringCase(String pattern, String value) {
        return regex(pattern, Pattern.CASE_INSENSITIVE).matcher(value).matches();
    }

    /// Compares ARNs part by part; a wildcard never leaves its part, and only the sixth part may
    /// hold colons (IAM User Guide, "IAM JSON policy elements: Condition operators", ARN
    /// operators).
    static boolean matchesArn(String pattern, String value) {
        String[] wanted = pattern.split(":", ARN_PARTS);
        String[] given = value.split(":", ARN_PARTS);
        if (wanted.length < ARN_PARTS || given.length < ARN_PARTS) return false;
        for (int i = 0; i < ARN_PARTS; i++) if (!matches(wanted[i], given[i])) return false;
        return true;
    }

    private static Pattern regex(String pattern, int flags) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), flags | Pattern.DOTALL);
    }
}
