package io.bedrockbudgeteer.keyguard.cli.console;

import java.util.ArrayList;
import java.util.List;

/// Breaks long lines, and never leaves a character out but the blank at a break. Breaks at a blank
/// where there is one, else behind a separator of ARNs and JSON, else anywhere.
public final class Wrap {
    /// What fits on the narrowest terminal that people use.
    public static final int WIDTH = 80;

    private static final String SEPARATORS = ":/-,";

    private Wrap() {}

    /// @param first what the first line starts with
    /// @param indent what further lines start with
    public static List<String> lines(String first, String indent, String text) {
        return lines(WIDTH, first, indent, text);
    }

    /// As [#lines(String, String, String)] for another width.
    ///
    /// @param width more than the start of any line takes
    public static List<String> lines(int width, String first, String indent, String text) {
        List<String> lines = new ArrayList<>();
        String start = first;
        String rest = text;
        while (start.length() + rest.length() > width) {
            int room = width - start.length();
            int blank = rest.lastIndexOf(' ', room);
            int cut = blank > 0 ? blank : separator(rest, room);
            lines.add(start + rest.substring(0, cut));
            rest = rest.substring(blank > 0 ? cut + 1 : cut);
            start = indent;
        }
        lines.add(start + rest);
        return lines;
    }

    /// As [#lines] for source text: keeps its indentation on every line.
    public static List<String> source(String first, String indent, String text) {
        int margin = 0;
        // A source that is indented without end would leave no room for itself.
        while (margin < Math.min(text.length(), WIDTH / 2) && text.charAt(margin) == ' ') margin++;
        String blanks = " ".repeat(margin);
        return lines(first + blanks, indent + blanks + "  ", text.substring(margin));
    }

    private static int separator(String text, int room) {
        for (int i = room - 1; i > room / 2; i--)
            if (SEPARATORS.indexOf(text.charAt(i)) >= 0) return i + 1;
        return Character.isHighSurrogate(text.charAt(room - 1)) ? room - 1 : room;
    }
}
