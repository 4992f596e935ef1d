package io.bedrockbudgeteer.bench;

import io.bedrockbudgeteer.keyguard.requirement.Requirement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;

/// One check and plan, from the text as KMS sent it to the text that can be put.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class PlanBenchmark extends WarmedUp {
    private static final List<Requirement> REQUIREMENTS = Stack.requirements();

    @Param({"DEFAULT", "KB32", "KB32_NAMED"})
    public Sample sample = Sample.DEFAULT;

    @Override
    protected void prepare() {
        // The sample is all it takes.
    }

    @Benchmark
    public Planning checkAndPlan() {
        return Planning.of(sample.text(), REQUIREMENTS);
    }
}
