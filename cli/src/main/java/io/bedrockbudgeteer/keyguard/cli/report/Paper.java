package io.bedrockbudgeteer.keyguard.cli.report;

import io.bedrockbudgeteer.keyguard.cli.console.Ink;
import io.bedrockbudgeteer.keyguard.cli.console.SafeText;
import io.bedrockbudgeteer.keyguard.cli.console.Wrap;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Text for people in the making: breaks lines at a width, leaves nothing out, and makes what comes
/// from outside fit to be shown.
final class Paper {
    static final String INDENT = "  ";

    private final Ink ink;
    private final int width;
    private final List<String> lines = new ArrayList<>();

    Paper(Ink ink, int width) {
        this.ink = ink;
        this.width = width;
    }

    Ink ink() {
        return ink;
    }

    int width() {
        return width;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    void blank() {
        lines.add("");
    }

    /// A line of our own that is painted already.
    void ready(String line) {
        lines.add(line);
    }

    /// A heading, with a line free above it.
    void heading(String text) {
        if (!lines.isEmpty()) blank();
        painted("", INDENT, text, ink::title);
    }

    void text(String first, String indent, String text) {
        painted(first, indent, text, UnaryOperator.identity());
    }

    void item(String text) {
        text(INDENT + "- ", INDENT + INDENT, text);
    }

    void painted(String first, String indent, String text, UnaryOperator<String> paint) {
        for (String line : Wrap.lines(width, first, indent, safe(text)))
            lines.add(paint.apply(line));
    }

    /// Source text with a mark in front, such as a plus sign.
    void source(String first, String text, UnaryOperator<String> paint) {
        int margin = 0;
        // A source that is indented without end would leave no room for itself.
        while (margin < Math.min(text.length(), width / 2) && text.charAt(margin) == ' ') margin++;
        String blanks = " ".repeat(margin);
        painted(first + blanks, first + blanks + INDENT, text.substring(margin), paint);
    }

    /// Text in a column of its own, with a painted label before it.
    void labelled(String label, int column, String text, UnaryOperator<String> paint) {
        String start = label + " ".repeat(Math.max(1, column - label.length()));
        List<String> wrapped = Wrap.lines(width, start, " ".repeat(column), safe(text));
        lines.add(paint.apply(label) + wrapped.getFirst().substring(label.length()));
        lines.addAll(wrapped.subList(1, wrapped.size()));
    }

    /// One row of a table. Each cell is a list of texts, one below the other.
    ///
    /// @param columns where each cell begins
    /// @param paint for the first cell
    void row(List<Integer> columns, List<List<String>> cells, UnaryOperator<String> paint) {
        List<List<String>> wrapped = new ArrayList<>();
        int height = 0;
        for (int i = 0; i < cells.size(); i++) {
            int end = i + 1 < columns.size() ? columns.get(i + 1) - 2 : width;
            List<String> cell = new ArrayList<>();
            for (String text : cells.get(i))
                cell.addAll(Wrap.lines(end - columns.get(i), "", "", safe(text)));
            wrapped.add(cell);
            height = Math.max(height, cell.size());
        }
        for (int y = 0; y < height; y++) {
            StringBuilder line = new StringBuilder();
            int at = 0;
            for (int i = 0; i < wrapped.size(); i++) {
                if (y >= wrapped.get(i).size()) continue;
                String text = wrapped.get(i).get(y);
                line.append(" ".repeat(columns.get(i) - at));
                line.append(i == 0 ? paint.apply(text) : text);
                at = columns.get(i) + text.length();
            }
            lines.add(line.toString());
        }
    }

    private static String safe(String text) {
        return SafeText.visible(SafeText.redacted(text));
    }
}
