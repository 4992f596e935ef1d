package io.bedrockbudgeteer.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.local.service.access.Policy;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;

/// How fast a policy text is read, beside readers that keep less of it.
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ReaderBenchmark extends WarmedUp {
    private static final JsonFactory TOKENS = new JsonFactory();
    private static final ObjectMapper TREES = new ObjectMapper();

    @Param({"TYPICAL", "KB32"})
    public Sample sample = Sample.TYPICAL;

    @Override
    protected void prepare() {
        // The sample is all it takes.
    }

    /// Statements with their exact source text, positions, and all that evaluation needs.
    @Benchmark
    public KeyPolicy keyPolicy() {
        return KeyPolicy.read(sample.text());
    }

    /// The limit: the tokenizer that is below all of these, and nothing kept.
    @Benchmark
    public int tokensOnly() throws IOException {
        int tokens = 0;
        try (JsonParser parser = TOKENS.createParser(sample.text())) {
            while (parser.nextToken() != null) tokens++;
        }
        return tokens;
    }

    /// A generic tree: no positions, no check for repeated members, nothing known about policies.
    @Benchmark
    public JsonNode databindTree() throws IOException {
        return TREES.readTree(sample.text());
    }

    /// The local runner's policy for evaluation: a generic tree, and a model made from it.
    @Benchmark
    public Policy localRunner() {
        return Policy.of(sample.text());
    }
}
