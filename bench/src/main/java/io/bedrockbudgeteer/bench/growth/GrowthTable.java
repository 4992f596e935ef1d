package io.bedrockbudgeteer.bench.growth;

import io.bedrockbudgeteer.bench.Figures;
import io.bedrockbudgeteer.bench.Table;
import io.bedrockbudgeteer.bench.growth.GrowthResults.Create;
import io.bedrockbudgeteer.bench.growth.GrowthResults.OnLongPolicy;
import io.bedrockbudgeteer.bench.growth.GrowthResults.Shared;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The results for people.
public final class GrowthTable {
    private static final List<Integer> SHOWN = List.of(1, 5, 10, 20);

    private GrowthTable() {}

    public static String of(GrowthResults results) {
        return "%s; rounds: %d. Medians; ratios are medians of what each round gives.\n"
                        .formatted(results.machine().ran(results.date()), results.rounds())
                + capacity(results)
                + shared(results)
                + policies(results)
                + calls(results);
    }

    private static String capacity(GrowthResults results) {
        Table table =
                new Table(
                        "How many stacks share a key",
                        "stack",
                        "characters each, laid out",
                        "characters each, dense",
                        "stacks that fit into " + Figures.counted(KeyPolicy.MAX_LENGTH),
                        "PutKeyPolicy calls of the one that does not fit");
        for (Shared each : results.shared())
            table.row(
                    each.kind(),
                    Figures.counted(each.laidOut()),
                    Figures.counted(each.dense()),
                    String.valueOf(each.creates().size()),
                    String.valueOf(each.refusedWrites()));
        return table.text();
    }

    private static String shared(GrowthResults results) {
        Table table =
                new Table(
                        "Cost of the n-th stack on a key",
                        "stack",
                        "n",
                        "calls",
                        "× first",
                        "characters, dense",
                        "characters of the policy as put",
                        "processor ms",
                        "× first",
                        "ms by the clock",
                        "× first");
        for (Shared each : results.shared()) {
            Create first = each.creates().getFirst();
            for (int number : SHOWN) {
                if (number > each.creates().size()) {
                    table.row(
                            each.kind(), number + ": does not fit", "", "", "", "", "", "", "", "");
                    break;
                }
                Create create = each.creates().get(number - 1);
                table.row(
                        each.kind(),
                        String.valueOf(number),
                        String.valueOf(create.callsInAll()),
                        Figures.times((double) create.callsInAll() / first.callsInAll()),
                        Figures.counted(create.added()),
                        Figures.counted(create.put()),
                        millis(create.processorMillis()),
                        Figures.times(
                                Figures.pairedRatio(
                                        create.processorMillis(), first.processorMillis())),
                        millis(create.millis()),
                        Figures.times(Figures.pairedRatio(create.millis(), first.millis())));
            }
        }
        return table.text();
    }

    private static String policies(GrowthResults results) {
        Table table =
                new Table(
                        "One whole stack on a policy of other people",
                        "policy",
                        "bytes before",
                        "bytes as put",
                        "calls",
                        "processor ms",
                        "× first row",
                        "ms by the clock",
                        "× first row");
        Create first = results.policies().getFirst().create();
        for (OnLongPolicy each : results.policies()) {
            Create create = each.create();
            table.row(
                    each.kilobytes() + " KB",
                    Figures.counted(each.bytes()),
                    create.fits() ? Figures.counted(create.put()) : "does not fit, nothing put",
                    String.valueOf(create.callsInAll()),
                    millis(create.processorMillis()),
                    Figures.times(
                            Figures.pairedRatio(create.processorMillis(), first.processorMillis())),
                    millis(create.millis()),
                    Figures.times(Figures.pairedRatio(create.millis(), first.millis())));
        }
        return table.text();
    }

    private static String calls(GrowthResults results) {
        Table table = new Table("Calls of one Create", "stack", "calls");
        for (Shared each : results.shared())
            table.row(
                    each.kind(),
                    each.creates().getFirst().calls().entrySet().stream()
                            .map(call -> call.getValue() + " " + call.getKey())
                            .collect(Collectors.joining(", ")));
        return table.text();
    }

    private static String millis(List<Double> values) {
        return String.format(Locale.ROOT, "%.1f", Figures.median(values));
    }
}
