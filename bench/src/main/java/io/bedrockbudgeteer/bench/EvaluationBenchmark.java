package io.bedrockbudgeteer.bench;

import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.infra.Blackhole;

/// Evaluations per second on a policy that was read before.
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class EvaluationBenchmark extends WarmedUp {
    @Param({"TYPICAL", "KB2", "KB4", "KB8", "KB16", "KB32"})
    public Sample sample = Sample.TYPICAL;

    private KeyPolicy policy = KeyPolicy.read(sample.text());
    private List<Question> questions = List.of();

    @Override
    protected void prepare() {
        policy = KeyPolicy.read(sample.text());
        questions = Questions.of(sample);
    }

    @Benchmark
    @OperationsPerInvocation(Questions.COUNT)
    public void evaluate(Blackhole verdicts) {
        for (Question question : questions) verdicts.consume(question.answer(policy));
    }
}
