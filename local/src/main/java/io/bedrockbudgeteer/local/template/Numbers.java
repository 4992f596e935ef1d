package io.bedrockbudgeteer.local.template;

import java.math.BigDecimal;

/// Numbers in parameters: "an integer or float" that arrives as text.
final class Numbers {

    // Keeps the exponent in a range that compares at once.
    private static final int LONGEST = 64;

    private Numbers() {}

    static boolean isNumber(String text) {
        return text.length() <= LONGEST
                && text.matches("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]{1,3})?");
    }

    static BigDecimal number(String text, Where where) {
        if (!isNumber(text)) {
            throw where.wrong("must be a number, found '" + text + "'");
        }
        return new BigDecimal(text);
    }
}
