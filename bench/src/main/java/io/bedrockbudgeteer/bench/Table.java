package io.bedrockbudgeteer.bench;

import java.util.ArrayList;
import java.util.List;

/// One Markdown table under a heading.
public final class Table {
    private final int columns;
    private final List<String> lines = new ArrayList<>();

    public Table(String title, String... heads) {
        columns = heads.length;
        lines.add("");
        lines.add("### " + title);
        lines.add("");
        row(heads);
        lines.add("|" + "---|".repeat(columns));
    }

    public Table row(String... cells) {
        if (cells.length != columns)
            throw new IllegalArgumentException(cells.length + " cells for " + columns + " columns");
        lines.add("| " + String.join(" | ", cells) + " |");
        return this;
    }

    public String text() {
        return String.join("\n", lines) + "\n";
    }
}
