package io.bedrockbudgeteer.bench.cold;

import io.bedrockbudgeteer.bench.Figures;
import io.bedrockbudgeteer.bench.cold.ColdStartResults.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// The results as a picture: one pair of bars per variant, as measured and at the processor share
/// of 512 MB, each divided into start and event.
public final class ColdStartChart {
    private static final int WIDTH = 900;
    private static final int LEFT = 300;
    private static final int RIGHT = 80;
    private static final int TOP = 76;
    private static final int PAIR = 58;
    private static final int BAR = 18;

    private ColdStartChart() {}

    public static void write(ColdStartResults results, Path file) throws IOException {
        Files.writeString(file, of(results));
    }

    static String of(ColdStartResults results) {
        List<Row> rows = results.variants().stream().filter(Row::isHere).toList();
        double longest =
                rows.stream()
                        .mapToDouble(row ->
                                Math.max(
                                        Figures.median(row.total()), Figures.median(row.atShare())))
                        .max()
                        .orElse(1);
        double scale = (WIDTH - LEFT - RIGHT) / longest;
        int height = TOP + rows.size() * PAIR + 20;
        StringBuilder svg = new StringBuilder();
        svg.append(
                """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="Helvetica, Arial, sans-serif" font-size="13" role="img" aria-labelledby="title desc">
                  <title id="title">Cold start of one custom resource</title>
                  <desc id="desc">Milliseconds from the start of the process to the end of its first event, by variant; lower is better. The table beside it has the same figures.</desc>
                  <rect width="%d" height="%d" fill="#ffffff"/>
                  <text x="16" y="26" font-size="16" font-weight="bold" fill="#1e293b">Cold start of one custom resource, nine requests over TLS (ms, less is better)</text>
                  <rect x="16" y="40" width="12" height="12" fill="#1d4ed8"/><text x="34" y="51" fill="#1e293b">start of the process</text>
                  <rect x="186" y="40" width="12" height="12" fill="#93c5fd"/><text x="204" y="51" fill="#1e293b">first event</text>
                  <text x="300" y="51" fill="#475569">upper bar: two processors; lower bar: the event at the share of 512 MB, estimated</text>
                """
                        .formatted(WIDTH, height, WIDTH, height));
        for (int i = 0; i < rows.size(); i++) pair(svg, rows.get(i), TOP + i * PAIR, scale);
        return svg.append("</svg>\n").toString();
    }

    private static void pair(StringBuilder svg, Row row, int y, double scale) {
        double init = Figures.median(row.init());
        svg.append(
                "  <text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"#1e293b\">%s</text>\n"
                        .formatted(LEFT - 10, y + BAR + 6, escaped(row.name())));
        bar(svg, y, init, Figures.median(row.total()), scale);
        bar(svg, y + BAR + 2, init, Figures.median(row.atShare()), scale);
    }

    private static void bar(StringBuilder svg, int y, double init, double total, double scale) {
        svg.append(
                String.format(
                        Locale.ROOT,
                        "  <rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#1d4ed8\"/><rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#93c5fd\"/><text x=\"%.1f\" y=\"%d\" fill=\"#1e293b\">%.0f</text>\n",
                        LEFT,
                        y,
                        init * scale,
                        BAR,
                        LEFT + init * scale,
                        y,
                        Math.max(0, total - init) * scale,
                        BAR,
                        LEFT + total * scale + 6,
                        y + 14,
                        total));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
