package io.bedrockbudgeteer.local.report;

import java.util.ArrayList;
import java.util.List;

/// Breaks long lines. Breaks at a space where there is one, else behind a separator of ARNs and
/// paths, else anywhere.
final class Wrap {
    /// What fits on the narrowest terminal that people use.
    static final int WIDTH = 80;

    private Wrap() {}

    /// @param first what the first line starts with
    /// @param indent what further lines start with
    static List<String> lines(String first, String indent, String text) {
        List<String> lines = new ArrayList<>();
        String start = first;
        String rest = text;
        while (start.length() + rest.length() > WIDTH) {
            int room = WIDTH - start.length();
            int cut = rest.lastIndexOf(' ', room);
            if (cut > 0) {
                lines.add(start + rest.substring(0, cut));
                rest = rest.substring(cut + 1);
            } else {
                cut = separator(rest, room);
                lines.add(start + rest.substring(0, cut));
                rest = rest.substring(cut);
            }
            start = indent;
        }
        lines.add(start + rest);
        return lines;
    }

    /// `1 resource`, `2 resources`.
    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static int separator(String text, int room) {
        for (int i = room - 1; i > room / 2; i--) {
            if (":/-,".indexOf(text.charAt(i)) >= 0) {
                return i + 1;
            }
        }
        return room;
    }
}
