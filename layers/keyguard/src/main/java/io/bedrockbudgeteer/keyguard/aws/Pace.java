package io.bedrockbudgeteer.keyguard.aws;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// How long waits are: as AWS needs them, or divided by `KEYGUARD_TIME_SCALE` where AWS is
/// simulated on this machine. The variable has no effect anywhere else, because shortened waits
/// would fail on AWS. Every wait asks here, so that a simulation can keep its own time.
public class Pace {
    public static final String VARIABLE = "KEYGUARD_TIME_SCALE";

    private final int scale;

    /// @param scale 1 or more
    public Pace(int scale) {
        if (scale < 1)
            throw new IllegalArgumentException(VARIABLE + " is " + scale + ", allowed: 1 or more");
        this.scale = scale;
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

    /// A wait after something that others may have met as well: half fixed, half random. Enough
    /// spread, and never no wait at all.
    public Duration upTo(Duration most) {
        long half = most.toNanos() / 2;
        return of(Duration.ofNanos(half + ThreadLocalRandom.current().nextLong(half + 1)));
    }

    /// Whether waits are as long as AWS needs them.
    final boolean isReal() {
        return scale == 1;
    }
}
