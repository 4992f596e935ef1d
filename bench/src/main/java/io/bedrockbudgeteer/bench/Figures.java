package io.bedrockbudgeteer.bench;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Numbers for people.
public final class Figures {
    private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_UP);

    private Figures() {}

    /// Three significant digits, more would only be noise: `612,000`, `3.14`, `0.500`.
    static String rounded(double value) {
        BigDecimal rounded = new BigDecimal(value).round(THREE_DIGITS);
        int whole = rounded.precision() - rounded.scale();
        return String.format(Locale.ROOT, "%,." + Math.max(0, 3 - whole) + "f", rounded);
    }

    /// All digits of what was counted: `32,530`.
    public static String counted(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /// `± 3.2 %`.
    static String percent(double value) {
        return String.format(Locale.ROOT, "± %.1f %%", value);
    }

    /// How many times as much: `1.18`.
    public static String times(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /// @param values at least one
    public static double median(List<? extends Number> values) {
        List<Double> sorted = values.stream().map(Number::doubleValue).sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /// The median of what each round gives. A busy moment of the machine hits both sides of a
    /// round.
    ///
    /// @param one of each round, oldest first
    /// @param other of the same rounds
    public static double pairedRatio(List<Double> one, List<Double> other) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < Math.min(one.size(), other.size()); i++)
            ratios.add(one.get(i) / other.get(i));
        return median(ratios);
    }
}
