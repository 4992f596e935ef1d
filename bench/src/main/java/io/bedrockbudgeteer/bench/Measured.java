package io.bedrockbudgeteer.bench;

/// What one case came to.
///
/// @param benchmark class and method, such as `EvaluationBenchmark.evaluate`
/// @param sample name of the [Sample] it ran on
/// @param bytes length of the policy
/// @param statements statements in it
/// @param unit of the score by the clock: `ops/s` or `ms/op`
/// @param score mean of all iterations
/// @param error half of the 99.9 % confidence interval of that mean
/// @param processorNanos processor time per operation, in nanoseconds, mean of all iterations
/// @param processorError half of the 99.9 % confidence interval of that mean
/// @param allocatedBytes of objects made per operation
public record Measured(
        String benchmark,
        String sample,
        int bytes,
        int statements,
        String unit,
        double score,
        double error,
        double processorNanos,
        double processorError,
        double allocatedBytes) {

    /// Nanoseconds per operation by the clock.
    double nanos() {
        return switch (unit) {
            case "ops/s" -> 1e9 / score;
            case "ms/op" -> score * 1e6;
            default -> throw new IllegalStateException("unit " + unit);
        };
    }

    double errorPercent() {
        return 100 * error / score;
    }

    double processorErrorPercent() {
        return 100 * processorError / processorNanos;
    }

    /// How much of one processor the JVM had while it ran.
    double share() {
        return processorNanos / nanos();
    }

    /// Operations per second by the clock.
    double perSecond() {
        return 1e9 / nanos();
    }

    /// Operations per second of processor time.
    double perProcessorSecond() {
        return 1e9 / processorNanos;
    }

    /// Policy text taken in per second of processor time, in millions of bytes.
    double megabytesPerProcessorSecond() {
        return perProcessorSecond() * bytes / 1e6;
    }
}
