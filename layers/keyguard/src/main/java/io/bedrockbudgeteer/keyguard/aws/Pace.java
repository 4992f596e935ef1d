package io.bedrockbudgeteer.keyguard.aws;

import java.time.Duration;

/// How long waits are: as AWS needs them, or divided by `KEYGUARD_TIME_SCALE` where AWS is
/// simulated on this machine. The variable has no effect anywhere else, because shortened waits
/// would fail on AWS.
///
/// @param scale 1 or more
public record Pace(int scale) {
    public static final String VARIABLE = "KEYGUARD_TIME_SCALE";

    public Pace {
        if (scale < 1)
            throw new IllegalArgumentException(VARIABLE + " is " + scale + ", allowed: 1 or more");
    }

    /// @throws IllegalArgumentException when the variable counts here and is not a whole number of
    ///   at least 1
    public static Pace of(Environment environment) {
        if (!environment.isLocal()) return new Pace(1);
        return environment.get(VARIABLE).map(Pace::parse).orElseGet(() -> new Pace(1));
    }

    private static Pace parse(String text) {
        try {
            return new Pace(Integer.parseInt(text.strip()));
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException(VARIABLE + " is not a whole number");
        }
    }

    public Duration of(Duration real) {
        return real.dividedBy(scale);
    }
}
