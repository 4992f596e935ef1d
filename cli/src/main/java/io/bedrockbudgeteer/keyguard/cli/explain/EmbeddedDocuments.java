package io.bedrockbudgeteer.keyguard.cli.explain;

import java.util.HashMap;
import java.util.Map;

/// The policies that stand in a line as objects. One that is not JSON would end the reading of the
/// whole line: it is set aside, an empty object is put in its place, and the line is read again.
final class EmbeddedDocuments {
    // A role has a few dozen policies at most. Each one that is set aside costs another pass over
    // the line, so a hostile line must not have its way.
    private static final int MOST_SET_ASIDE = 8;
    private static final int NONE = -1;

    private final String line;
    private final char[] characters;
    private final Map<Integer, String> setAside = new HashMap<>();
    private int open = NONE;

    /// @param line as it was written
    /// @param characters the same as the tokenizer sees it, in an array that may be longer
    EmbeddedDocuments(String line, char[] characters) {
        this.line = line;
        this.characters = characters;
    }

    /// The line as it was written.
    String text(int start, int end) {
        return line.substring(start, end);
    }

    void begin(int start) {
        open = start;
    }

    /// The document that began last, as it was written.
    String end(int end) {
        String text = setAside.getOrDefault(open, "");
        if (text.isEmpty()) text = text(open, end);
        open = NONE;
        return text;
    }

    /// Sets the document aside that was begun and not ended.
    ///
    /// @return false when there is none, or where it ends cannot be seen
    boolean setAsideUnfinished() {
        int start = open;
        open = NONE;
        if (start == NONE || setAside.size() == MOST_SET_ASIDE) return false;
        int end = closing(start);
        if (end == NONE) return false;
        setAside.put(start, text(start, end));
        characters[start] = '{';
        characters[start + 1] = '}';
        for (int i = start + 2; i < end; i++) characters[i] = ' ';
        return true;
    }

    /// Index behind the bracket that closes the one at `start`, brackets in strings apart.
    private int closing(int start) {
        int depth = 0;
        boolean inString = false;
        for (int i = start; i < line.length(); i++) {
            char c = characters[i];
            if (inString) {
                if (c == '\\') i++;
                else if (c == '"') inString = false;
            } else {
                switch (c) {
                    case '"' -> inString = true;
                    case '{', '[' -> depth++;
                    case '}', ']' -> {
                        if (--depth == 0) return i + 1;
                    }
                    default -> {}
                }
            }
        }
        return NONE;
    }
}
