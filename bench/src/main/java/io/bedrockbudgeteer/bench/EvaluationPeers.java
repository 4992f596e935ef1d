package io.bedrockbudgeteer.bench;

import io.bedrockbudgeteer.local.service.access.Policy;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.infra.Blackhole;

/// The questions of [EvaluationBenchmark], answered in other ways.
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class EvaluationPeers extends WarmedUp {
    @Param({"TYPICAL", "KB32"})
    public Sample sample = Sample.TYPICAL;

    private Policy policy = Policy.of(sample.text());
    private List<Question> questions = List.of();
    private List<PeerQuestion> peerQuestions = List.of();

    @Override
    protected void prepare() {
        policy = Policy.of(sample.text());
        questions = Questions.of(sample);
        peerQuestions = questions.stream().map(PeerQuestion::of).toList();
    }

    /// The local runner's evaluator: written separately, with two values instead of four.
    @Benchmark
    @OperationsPerInvocation(Questions.COUNT)
    public void localRunner(Blackhole decisions) {
        for (PeerQuestion question : peerQuestions) decisions.consume(question.answer(policy));
    }

    /// The same evaluator of ours for who does not keep the policy: it is read for each question.
    @Benchmark
    @OperationsPerInvocation(Questions.COUNT)
    public void readEachTime(Blackhole verdicts) {
        for (Question question : questions) verdicts.consume(question.answer(sample.text()));
    }
}
