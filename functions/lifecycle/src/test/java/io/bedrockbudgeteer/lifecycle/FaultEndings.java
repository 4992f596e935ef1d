package io.bedrockbudgeteer.lifecycle;

import io.bedrockbudgeteer.lifecycle.FaultScene.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// How a request has to end when something goes wrong, from the file `fault-endings.csv`: the first
/// row that fits counts.
final class FaultEndings {

    /// What is there in the end, compared with before and with what full success leaves.
    enum Seen {
        BEFORE,
        AFTER,
        /// The policy has of this stack what old data needs to stay readable, and nothing else.
        REDUCED,
        /// A parameter is between the two, and its value is safe.
        PARTLY
    }

    /// @param guard, request, call, nth, kind, times patterns: words with a bar between, or a star
    record Row(
            String guard,
            String request,
            String call,
            String nth,
            String kind,
            String times,
            boolean succeeds,
            Seen seen,
            String why) {

        boolean fits(Guard at, Request asked, FaultCase fault) {
            return isOneOf(guard, at.name())
                    && isOneOf(request, asked.name())
                    && isOneOf(call, fault.call())
                    && isOneOf(nth, String.valueOf(fault.nth()))
                    && isOneOf(kind, fault.trouble().kind().name())
                    && isOneOf(times, fault.ever() ? "EVER" : "ONCE");
        }

        private static boolean isOneOf(String words, String word) {
            for (String each : words.split("\\|")) {
                boolean isPrefix = each.endsWith("*");
                String start = isPrefix ? each.substring(0, each.length() - 1) : each;
                if (isPrefix ? word.startsWith(start) : word.equals(start)) return true;
            }
            return false;
        }
    }

    static final List<Row> ALL = read();

    private FaultEndings() {}

    private static List<Row> read() {
        try (InputStream in =
                Objects.requireNonNull(
                        FaultEndings.class.getResourceAsStream("/fault-endings.csv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(FaultEndings::row)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(String line) {
        String[] cells = line.split(",", -1);
        if (cells.length != 9) throw new AssertionError("not nine cells: " + line);
        return new Row(
                cells[0],
                cells[1],
                cells[2],
                cells[3],
                cells[4],
                cells[5],
                cells[6].equals("SUCCESS"),
                Seen.valueOf(cells[7]),
                cells[8]);
    }

    static Row of(Guard guard, Request request, FaultCase fault) {
        return ALL.stream()
                .filter(row -> row.fits(guard, request, fault))
                .findFirst()
                .orElseThrow(() ->
                        new AssertionError("no row for " + guard + " " + request + " " + fault));
    }
}
