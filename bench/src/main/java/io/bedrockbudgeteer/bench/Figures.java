package io.bedrockbudgeteer.bench;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/// Numbers for people.
final class Figures {
    private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_UP);

    private Figures() {}

    /// Three significant digits, more would only be noise: `612,000`, `3.14`, `0.500`.
    static String rounded(double value) {
        BigDecimal rounded = new BigDecimal(value).round(THREE_DIGITS);
        int whole = rounded.precision() - rounded.scale();
        return String.format(Locale.ROOT, "%,." + Math.max(0, 3 - whole) + "f", rounded);
    }

    /// All digits of what was counted: `32,530`.
    static String counted(int value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /// `± 3.2 %`.
    static String percent(double value) {
        return String.format(Locale.ROOT, "± %.1f %%", value);
    }
}
