package io.bedrockbudgeteer.bench;

import static io.bedrockbudgeteer.bench.Figures.counted;
import static io.bedrockbudgeteer.bench.Figures.percent;
import static io.bedrockbudgeteer.bench.Figures.rounded;

import java.util.List;

/// Puts the results of a run into Markdown, each figure beside what it has to be seen against. The
/// same results give the same text.
final class Tables {
    private Tables() {}

    static String of(Results results) {
        return run(results)
                + Targets.table(results)
                + evaluation(results)
                + beside(
                        results,
                        "Evaluation beside others",
                        "who answers",
                        "evaluations/s",
                        Measured::perProcessorSecond,
                        List.of(Case.EVALUATE, Case.EVALUATE_LOCAL, Case.EVALUATE_TEXT))
                + beside(
                        results,
                        "Reading a policy text",
                        "reader",
                        "MB/s",
                        Measured::megabytesPerProcessorSecond,
                        List.of(Case.READ_TOKENS, Case.READ_TREE, Case.READ_LOCAL, Case.READ))
                + plans(results)
                + roundTrips(results);
    }

    private static String run(Results results) {
        double[] shares =
                results.measured().stream().mapToDouble(Measured::share).sorted().toArray();
        return """
        %s. One thread; %s.
        Half of the cases had %.0f %% of a processor or more, the least lucky one %.0f %%.
        """
                .formatted(
                        results.machine().ran(results.date()),
                        results.effort(),
                        100 * shares[shares.length / 2],
                        100 * shares[0]);
    }

    private static String evaluation(Results results) {
        Table table =
                new Table(
                        "Evaluation, policy read before",
                        "policy",
                        "bytes",
                        "statements",
                        "evaluations/s of processor time",
                        "error",
                        "evaluations/s by the clock",
                        "error",
                        "processor ns each",
                        "per statement",
                        "bytes allocated each");
        for (Sample sample : Case.EVALUATE.samples()) {
            Measured one = results.of(Case.EVALUATE, sample);
            table.row(
                    sample.title(),
                    counted(one.bytes()),
                    counted(one.statements()),
                    rounded(one.perProcessorSecond()),
                    percent(one.processorErrorPercent()),
                    rounded(one.perSecond()),
                    percent(one.errorPercent()),
                    rounded(one.processorNanos()),
                    rounded(one.processorNanos() / one.statements()),
                    rounded(one.allocatedBytes()));
        }
        return table.text();
    }

    private interface Figure {
        double of(Measured measured);
    }

    /// The same work done in several ways, on two policies; ratios to the first way.
    private static String beside(
            Results results,
            String title,
            String who,
            String unit,
            Figure figure,
            List<Case> ways) {
        Table table =
                new Table(
                        title,
                        who,
                        "typical, " + unit + " of processor time",
                        "error",
                        "× first row",
                        "32 KB, " + unit + " of processor time",
                        "error",
                        "× first row");
        for (Case way : ways) {
            Measured typical = results.of(way, Sample.TYPICAL);
            Measured large = results.of(way, Sample.KB32);
            table.row(
                    way.title(),
                    rounded(figure.of(typical)),
                    percent(typical.processorErrorPercent()),
                    rounded(
                            figure.of(typical)
                                    / figure.of(results.of(ways.getFirst(), Sample.TYPICAL))),
                    rounded(figure.of(large)),
                    percent(large.processorErrorPercent()),
                    rounded(
                            figure.of(large)
                                    / figure.of(results.of(ways.getFirst(), Sample.KB32))));
        }
        return table.text();
    }

    private static String plans(Results results) {
        Table table =
                new Table(
                        "Check and plan, 12 requirements",
                        "policy",
                        "bytes",
                        "statements",
                        "processor ms",
                        "error",
                        "ms by the clock",
                        "error",
                        "processor ÷ " + counted(Targets.PLAN_MILLIS) + " ms",
                        "kB allocated");
        for (Sample sample : Case.PLAN.samples()) {
            Measured one = results.of(Case.PLAN, sample);
            table.row(
                    sample.title(),
                    counted(one.bytes()),
                    counted(one.statements()),
                    rounded(one.processorNanos() / 1e6),
                    percent(one.processorErrorPercent()),
                    rounded(one.nanos() / 1e6),
                    percent(one.errorPercent()),
                    rounded(one.processorNanos() / 1e6 / Targets.PLAN_MILLIS),
                    rounded(one.allocatedBytes() / 1_000));
        }
        return table.text();
    }

    private static String roundTrips(Results results) {
        Table table =
                new Table(
                        "Six statements into a policy of 20 KB and out again",
                        "way",
                        "processor ms",
                        "error",
                        "ms by the clock",
                        "error",
                        "processor × first row");
        Measured first = results.of(Case.ROUND_TRIP_TREE, Sample.KB20);
        for (Case one : List.of(Case.ROUND_TRIP_TREE, Case.ROUND_TRIP_EDITED, Case.ROUND_TRIP)) {
            Measured way = results.of(one, Sample.KB20);
            table.row(
                    one.title(),
                    rounded(way.processorNanos() / 1e6),
                    percent(way.processorErrorPercent()),
                    rounded(way.nanos() / 1e6),
                    percent(way.errorPercent()),
                    rounded(way.processorNanos() / first.processorNanos()));
        }
        return table.text();
    }
}
