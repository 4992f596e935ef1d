package io.bedrockbudgeteer.bench;

import java.time.Duration;

/// How long and how often each case runs.
///
/// @param forks JVMs started afresh, one after the other; 0 means in this one, which is no
///   measurement
/// @param warmUp seconds of processor time in each JVM before anything counts
/// @param iterations that count
/// @param length of each iteration, by the clock
record Effort(int forks, int warmUp, int iterations, Duration length) {
    /// More than one JVM, because the compiler does not take the same decisions in each; seconds of
    /// warm-up, because a plan of a long policy takes milliseconds and must be seen often.
    static final Effort FULL = new Effort(2, 5, 5, Duration.ofSeconds(1));

    /// To see that everything runs, and the order of magnitude.
    static final Effort QUICK = new Effort(1, 3, 2, Duration.ofMillis(500));

    /// For people.
    @Override
    public String toString() {
        return "%d %s, each warmed up for %d s of processor time, then %d iterations of %d ms"
                .formatted(
                        forks,
                        forks == 1 ? "JVM" : "JVMs one after the other",
                        warmUp,
                        iterations,
                        length.toMillis());
    }
}
