package io.bedrockbudgeteer.keyguard.policy;

import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import java.util.List;

/// How a statement must be written to look like its neighbour: indentation, line ends, blanks
/// around the colon. Everything is ASCII, which KMS always takes.
final class StatementLayout {

    private StatementLayout() {}

    static JsonText.Layout of(String text, Json neighbour) {
        String written = neighbour.in(text);
        Json first =
                neighbour instanceof Json.Obj object && !object.members().isEmpty()
                        ? object.members().values().iterator().next()
                        : null;
        String colon = first == null ? ": " : colonBefore(text, first.start());
        int newline = written.indexOf('\n');
        if (newline < 0 || first == null)
            return new JsonText.Layout(
                    "", "", "", colon, written.contains(", ") ? ", " : ",", true);
        String lineEnd = newline > 0 && written.charAt(newline - 1) == '\r' ? "\r\n" : "\n";
        String base = indentationAt(text, neighbour.end() - 1);
        String member = indentationAt(text, first.start());
        String indent =
                member.length() > base.length() && member.startsWith(base)
                        ? member.substring(base.length())
                        : "  ";
        return new JsonText.Layout(lineEnd, base, indent, colon, ",", true);
    }

    /// For the first statement of an array: as the statements that stood there, or on one line.
    static JsonText.Layout inEmptyArray(String text, List<Json> before) {
        return before.isEmpty()
                ? new JsonText.Layout("", "", "", ": ", ", ", true)
                : of(text, before.getFirst());
    }

    /// White space between a comma and the statement behind it: as between the last two, or as in
    /// front of the first.
    static String gap(String text, Json.Arr array) {
        List<Json> items = array.items();
        int end = items.getLast().start();
        int start = end;
        while (PolicyText.isWhite(text.charAt(start - 1))) start--;
        return text.substring(start, end);
    }

    static String gapBehindSingle(String text, Json single) {
        String written = single.in(text);
        int newline = written.indexOf('\n');
        if (newline < 0) return written.contains(", ") ? " " : "";
        return (newline > 0 && written.charAt(newline - 1) == '\r' ? "\r\n" : "\n")
                + indentationAt(text, single.end() - 1);
    }

    private static String colonBefore(String text, int valueStart) {
        int start = valueStart;
        while (text.charAt(start - 1) != '"') start--;
        String colon = text.substring(start, valueStart);
        return colon.indexOf('\n') < 0 ? colon : ": ";
    }

    /// The white space that begins the line of a position.
    private static String indentationAt(String text, int position) {
        int start = text.lastIndexOf('\n', position) + 1;
        int end = start;
        while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) end++;
        return text.substring(start, end);
    }
}
