package io.bedrockbudgeteer.bench;

import io.bedrockbudgeteer.keyguard.requirement.Requirement;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;

/// Our statements into a policy of 20 KB and out again, beside ways that check less.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class RoundTripBenchmark extends WarmedUp {
    private static final List<Requirement> REQUIREMENTS = Stack.requirements();

    @Param({"KB20"})
    public Sample sample = Sample.KB20;

    private List<Map<String, Object>> added = List.of();

    @Override
    protected void prepare() {
        added = RoundTrip.added(sample.text(), REQUIREMENTS);
    }

    /// Plan and remove, with every check before both writes. Gives the old text, byte for byte.
    @Benchmark
    public String planned() {
        return RoundTrip.planned(sample.text(), REQUIREMENTS);
    }

    /// The editor alone: the same statements, no question asked.
    @Benchmark
    public String editedOnly() {
        return RoundTrip.edited(sample.text(), added);
    }

    /// A generic tree: nothing asked, and layout and exact text are lost.
    @Benchmark
    public String databindTree() throws IOException {
        return RoundTrip.throughTree(sample.text(), added);
    }
}
