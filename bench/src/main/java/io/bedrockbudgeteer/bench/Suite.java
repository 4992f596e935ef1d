package io.bedrockbudgeteer.bench;

import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import java.io.PrintStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Runs the benchmarks of the key-policy engine, all in one go: only what ran under the same
/// conditions can be compared.
final class Suite {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private Suite() {}

    /// @param progress takes what JMH says while it runs
    /// @throws RunnerException when a benchmark fails
    static Results run(Effort effort, VerboseMode talk, PrintStream progress, LocalDate today)
            throws RunnerException {
        Runner runner =
                new Runner(
                        options(effort), OutputFormatFactory.createFormatInstance(progress, talk));
        return new Results(
                Results.FORMAT_VERSION,
                today.toString(),
                Machine.here(),
                effort.toString(),
                measured(runner.run()));
    }

    private static Options options(Effort effort) {
        TimeValue length = TimeValue.milliseconds(effort.length().toMillis());
        OptionsBuilder options = new OptionsBuilder();
        for (Case one : Case.values()) options.include("^" + Pattern.quote(one.fullName()) + "$");
        return options.threads(1)
                .forks(effort.forks())
                .warmupIterations(effort.forks() == 0 ? 0 : 2)
                .warmupTime(length)
                .measurementIterations(effort.iterations())
                .measurementTime(length)
                .jvmArgs(
                        "-D" + WarmedUp.PROPERTY + "=" + effort.warmUp(),
                        // One thread does the work; a collector with threads of its own would use
                        // the other processor.
                        "-XX:+UseSerialGC",
                        // Compiled before it goes on: otherwise a busy second processor decides
                        // which code is measured.
                        "-XX:-BackgroundCompilation",
                        "-Xms512m",
                        "-Xmx512m")
                .addProfiler(GCProfiler.class)
                .addProfiler(ProcessorTime.class)
                .shouldFailOnError(true)
                .build();
    }

    private static List<Measured> measured(Collection<RunResult> results) {
        List<Measured> measured = new ArrayList<>();
        for (RunResult result : results) {
            String[] name = result.getParams().getBenchmark().split("\\.");
            Sample sample = Sample.valueOf(result.getParams().getParam("sample"));
            Result<?> score = result.getPrimaryResult();
            Result<?> processor = second(result, ProcessorTime.NAME);
            measured.add(
                    new Measured(
                            name[name.length - 2] + "." + name[name.length - 1],
                            sample.name(),
                            sample.bytes(),
                            KeyPolicy.read(sample.text()).statements().size(),
                            score.getScoreUnit(),
                            score.getScore(),
                            error(score),
                            processor.getScore(),
                            error(processor),
                            second(result, ALLOCATED).getScore()));
        }
        return measured;
    }

    private static Result<?> second(RunResult result, String name) {
        Result<?> second = result.getSecondaryResults().get(name);
        if (second == null)
            throw new IllegalStateException(
                    result.getParams().getBenchmark() + " has no result " + name);
        return second;
    }

    /// A single iteration has no error.
    private static double error(Result<?> result) {
        return Double.isFinite(result.getScoreError()) ? result.getScoreError() : 0;
    }
}
