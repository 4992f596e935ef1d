package io.bedrockbudgeteer.bench.cold;

import io.bedrockbudgeteer.bench.Figures;
import io.bedrockbudgeteer.bench.Table;
import io.bedrockbudgeteer.bench.cold.ColdStartResults.Row;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// The results for people.
public final class ColdStartTable {
    private static final String NODE = "node";
    private static final String HELPER = "helper";
    private static final int MEGABYTE = 1_000_000;

    private ColdStartTable() {}

    /// Two tables, and the targets beside what was measured.
    public static String of(ColdStartResults results) {
        return "%s; %d rounds, order by seed %d. Medians; ratios are medians of what each round gives.\n"
                        .formatted(
                                results.machine().ran(results.date()),
                                rounds(results),
                                results.seed())
                + targets(results)
                + times(results)
                + sizes(results);
    }

    private static int rounds(ColdStartResults results) {
        return results.variants().stream().mapToInt(row -> row.total().size()).max().orElse(0);
    }

    private static String times(ColdStartResults results) {
        Table table =
                new Table(
                        "Time from the start of the process",
                        "variant",
                        "start ms",
                        "event ms",
                        "total ms",
                        "× Node",
                        "× helper",
                        "total ms at 512 MB, estimated",
                        "× Node",
                        "× helper");
        for (Row row : results.variants()) {
            if (!row.isHere()) table.row(row.name(), row.missing(), "", "", "", "", "", "", "");
            else
                table.row(
                        row.name(),
                        median(row.init()),
                        median(row.first()),
                        median(row.total()),
                        ratio(results, row, NODE, Row::total),
                        ratio(results, row, HELPER, Row::total),
                        median(row.atShare()),
                        ratio(results, row, NODE, Row::atShare),
                        ratio(results, row, HELPER, Row::atShare));
        }
        return table.text();
    }

    private static String sizes(ColdStartResults results) {
        Table table =
                new Table(
                        "What it takes",
                        "variant",
                        "processor ms",
                        "classes",
                        "most memory MB",
                        "connections",
                        "upload MB");
        for (Row row : results.variants()) {
            if (!row.isHere()) continue;
            table.row(
                    row.name(),
                    median(row.cpu()),
                    row.classes() == 0 ? "-" : Figures.counted(row.classes()),
                    megabytes(Figures.median(row.peakKilobytes()) * 1024),
                    String.valueOf(row.connections()),
                    row.packed() == 0 ? "-" : megabytes((double) row.packed()));
        }
        return table.text();
    }

    private static String targets(ColdStartResults results) {
        Table table = new Table("Targets", "what", "target", "measured");
        results.row("shipped")
                .ifPresent(row -> {
                    table.row(
                            "total × Node",
                            atMost(Limits.TIMES_NODE),
                            ratio(results, row, NODE, Row::total));
                    table.row(
                            "total × helper protocol in Python",
                            atMost(Limits.TIMES_HELPER),
                            ratio(results, row, HELPER, Row::total));
                    table.row(
                            "total at 512 MB × Node",
                            atMost(Limits.TIMES_NODE_AT_SHARE),
                            ratio(results, row, NODE, Row::atShare));
                    table.row(
                            "total at 512 MB × helper protocol in Python",
                            atMost(Limits.TIMES_HELPER_AT_SHARE),
                            ratio(results, row, HELPER, Row::atShare));
                    table.row(
                            "zip and layer, MB",
                            atMost(Limits.UPLOAD_BYTES / MEGABYTE),
                            megabytes((double) row.packed()));
                    table.row(
                            "most memory, MB",
                            atMost(Limits.PEAK_BYTES / MEGABYTE),
                            megabytes(Figures.median(row.peakKilobytes()) * 1024));
                    table.row(
                            "classes",
                            atMost(Figures.counted(Limits.CLASSES)),
                            Figures.counted(row.classes()));
                });
        results.row("aot")
                .ifPresent(row -> {
                    table.row(
                            "AOT cache: total at 512 MB × Node",
                            atMost(Limits.AOT_TIMES_NODE_AT_SHARE),
                            ratio(results, row, NODE, Row::atShare));
                    table.row(
                            "AOT cache: total at 512 MB × helper protocol in Python",
                            atMost(Limits.AOT_TIMES_HELPER_AT_SHARE),
                            ratio(results, row, HELPER, Row::atShare));
                });
        return table.text();
    }

    private static String atMost(Object limit) {
        return "≤ " + limit;
    }

    private static String median(List<Double> values) {
        return String.format(Locale.ROOT, "%.0f", Figures.median(values));
    }

    private static String megabytes(double bytes) {
        return String.format(Locale.ROOT, "%.2f", bytes / MEGABYTE);
    }

    private static String ratio(
            ColdStartResults results, Row row, String other, Function<Row, List<Double>> figure) {
        Optional<Row> against = results.row(other);
        if (against.isEmpty()) return "-";
        return Figures.times(Figures.pairedRatio(figure.apply(row), figure.apply(against.get())));
    }
}
