package io.bedrockbudgeteer.bench;

import static io.bedrockbudgeteer.bench.Sample.DEFAULT;
import static io.bedrockbudgeteer.bench.Sample.KB16;
import static io.bedrockbudgeteer.bench.Sample.KB2;
import static io.bedrockbudgeteer.bench.Sample.KB20;
import static io.bedrockbudgeteer.bench.Sample.KB32;
import static io.bedrockbudgeteer.bench.Sample.KB32_NAMED;
import static io.bedrockbudgeteer.bench.Sample.KB4;
import static io.bedrockbudgeteer.bench.Sample.KB8;
import static io.bedrockbudgeteer.bench.Sample.TYPICAL;

import java.util.List;

/// What is measured, and on which policies.
enum Case {
    EVALUATE(
            EvaluationBenchmark.class,
            "evaluate",
            "this evaluator, policy read once",
            TYPICAL,
            KB2,
            KB4,
            KB8,
            KB16,
            KB32),
    EVALUATE_TEXT(
            EvaluationPeers.class,
            "readEachTime",
            "this evaluator, policy read for each question",
            TYPICAL,
            KB32),
    EVALUATE_LOCAL(
            EvaluationPeers.class,
            "localRunner",
            "the local runner's evaluator, policy read once",
            TYPICAL,
            KB32),

    READ_TOKENS(
            ReaderBenchmark.class,
            "tokensOnly",
            "jackson-core, tokens only: the limit",
            TYPICAL,
            KB32),
    READ_TREE(
            ReaderBenchmark.class, "databindTree", "jackson-databind, generic tree", TYPICAL, KB32),
    READ_LOCAL(
            ReaderBenchmark.class,
            "localRunner",
            "the local runner's policy (tree, then model)",
            TYPICAL,
            KB32),
    READ(
            ReaderBenchmark.class,
            "keyPolicy",
            "this reader: model, exact texts, strict",
            TYPICAL,
            KB32),

    PLAN(PlanBenchmark.class, "checkAndPlan", "check and plan", DEFAULT, KB32, KB32_NAMED),

    ROUND_TRIP(RoundTripBenchmark.class, "planned", "planned, with every check", KB20),
    ROUND_TRIP_EDITED(RoundTripBenchmark.class, "editedOnly", "this editor, nothing checked", KB20),
    ROUND_TRIP_TREE(RoundTripBenchmark.class, "databindTree", "generic tree, layout lost", KB20);

    private final Class<?> type;
    private final String method;
    private final String title;

    // Made by List.of, which nothing can change; the compiler's check sees the type only.
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<Sample> samples;

    Case(Class<?> type, String method, String title, Sample... samples) {
        this.type = type;
        this.method = method;
        this.title = title;
        this.samples = List.of(samples);
    }

    /// Class and method.
    String benchmark() {
        return type.getSimpleName() + "." + method;
    }

    /// Name for JMH.
    String fullName() {
        return type.getName() + "." + method;
    }

    /// For people.
    String title() {
        return title;
    }

    List<Sample> samples() {
        return samples;
    }
}
