package io.bedrockbudgeteer.keyguard.customresource;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Reads the CSV tables of the tests (RFC 4180 without line breaks in cells). The first row is the
/// header and is left out.
final class Table {

    private Table() {}

    /// @param count how many rows there must be, so that a lost row fails the build
    static List<List<String>> rows(String file, int count) {
        List<List<String>> rows = new ArrayList<>();
        for (String line : text(file).lines().skip(1).toList()) rows.add(cells(line));
        if (rows.size() != count)
            throw new AssertionError(file + " has " + rows.size() + " rows, expected " + count);
        return rows;
    }

    static String text(String file) {
        try (InputStream in = Objects.requireNonNull(Table.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                cell.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
