package io.bedrockbudgeteer.bench;

import static io.bedrockbudgeteer.bench.Figures.counted;
import static io.bedrockbudgeteer.bench.Figures.rounded;

/// What the engine should reach on one processor of today, and how far a run got.
final class Targets {
    /// Evaluations per second on the typical policy.
    static final int EVALUATIONS_PER_SECOND = 500_000;

    /// What check and plan of the longest policy should stay below.
    static final int PLAN_MILLIS = 5;

    private Targets() {}

    static String table(Results results) {
        Table table =
                new Table(
                        "Targets",
                        "what",
                        "target",
                        "by processor time",
                        "÷ target",
                        "by the clock",
                        "÷ target");
        Measured typical = results.of(Case.EVALUATE, Sample.TYPICAL);
        row(
                table,
                "evaluations per second, typical policy",
                "at least " + counted(EVALUATIONS_PER_SECOND),
                EVALUATIONS_PER_SECOND,
                typical.perProcessorSecond(),
                typical.perSecond());
        for (Sample sample : new Sample[] {Sample.KB32, Sample.KB32_NAMED}) {
            Measured plan = results.of(Case.PLAN, sample);
            row(
                    table,
                    "ms to check and plan, " + sample.title() + ", 12 requirements",
                    "less than " + counted(PLAN_MILLIS),
                    PLAN_MILLIS,
                    plan.processorNanos() / 1e6,
                    plan.nanos() / 1e6);
        }
        growth(
                table,
                results.of(Case.EVALUATE, Sample.KB2),
                results.of(Case.EVALUATE, Sample.KB32));
        return table.text();
    }

    /// Linear: a policy that is so many times as long takes at most so many times as long.
    private static void growth(Table table, Measured small, Measured large) {
        double bytes = (double) large.bytes() / small.bytes();
        double statements = (double) large.statements() / small.statements();
        row(
                table,
                "time of an evaluation at 32 KB ÷ at 2 KB",
                "at most %s (bytes ÷ bytes; statements ÷ statements is %s)"
                        .formatted(rounded(bytes), rounded(statements)),
                bytes,
                large.processorNanos() / small.processorNanos(),
                large.nanos() / small.nanos());
    }

    private static void row(
            Table table,
            String what,
            String target,
            double wanted,
            double byProcessor,
            double byClock) {
        table.row(
                what,
                target,
                rounded(byProcessor),
                rounded(byProcessor / wanted),
                rounded(byClock),
                rounded(byClock / wanted));
    }
}
