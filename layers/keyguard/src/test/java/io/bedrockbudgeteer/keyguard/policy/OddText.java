package io.bedrockbudgeteer.keyguard.policy;

import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Random;

/// Prints JSON as it occurs: on one line, indented with blanks or tabs, as GetKeyPolicy prints it;
/// and, in two of five texts, as it is legal but nobody expects it: any white space at any place,
/// blank lines, escapes for letters that need none, a byte order mark.
final class OddText {
    private static final String[] WHITE = {
        " ", " ", "  ", "\t", "\n", "\n  ", "\r\n", "\r\n\t", " \n\n "
    };

    private final Random random;
    private final JsonText.Layout layout;
    private final boolean listsOnOneLine;
    private final boolean odd;
    private final boolean escapes;
    private final StringBuilder out = new StringBuilder();

    OddText(Random random) {
        this.random = random;
        int kind = random.nextInt(10);
        layout =
                switch (kind) {
                    case 0 -> JsonText.Layout.COMPACT;
                    case 1 -> new JsonText.Layout("", "", "", ": ", ", ", false);
                    case 2 -> new JsonText.Layout("\r\n", "", "\t", ": ", ",", false);
                    // As GetKeyPolicy prints it.
                    case 3 -> new JsonText.Layout("\n", "", "  ", " : ", ",", false);
                    case 4 -> new JsonText.Layout("\n", "", "    ", ": ", ",", false);
                    default -> JsonText.Layout.PRETTY;
                };
        listsOnOneLine = kind == 3;
        odd = kind > 5;
        escapes = kind > 4 && random.nextInt(3) == 0;
    }

    /// Maps, lists, strings and other scalars, or [Json] values.
    String of(Object document) {
        if (odd && random.nextInt(8) == 0) out.append('\uFEFF');
        gap("");
        value(document, layout.newline());
        gap(random.nextInt(5) == 0 ? "\n" : "");
        return out.toString();
    }

    private void gap(String regular) {
        if (!odd) out.append(regular);
        else if (random.nextInt(3) == 0) out.append(WHITE[random.nextInt(WHITE.length)]);
    }

    private void value(Object value, String line) {
        switch (value) {
            case Map<?, ?> members -> object(members, line);
            case Json.Obj object -> object(object.members(), line);
            case Collection<?> items -> array(items, line);
            case Json.Arr array -> array(array.items(), line);
            case String text -> string(text);
            case Json.Str text -> string(text.value());
            default -> out.append(JsonText.write(value));
        }
    }

    private void object(Map<?, ?> members, String line) {
        String inner = line + layout.indent();
        out.append('{');
        for (Iterator<? extends Map.Entry<?, ?>> i = members.entrySet().iterator(); i.hasNext(); ) {
            Map.Entry<?, ?> member = i.next();
            gap(inner);
            string((String) member.getKey());
            colon();
            value(member.getValue(), inner);
            if (i.hasNext()) comma();
        }
        gap(members.isEmpty() ? "" : line);
        out.append('}');
    }

    private void array(Collection<?> items, String line) {
        String inner = listsOnOneLine ? line : line + layout.indent();
        out.append('[');
        for (Iterator<?> i = items.iterator(); i.hasNext(); ) {
            gap(listsOnOneLine ? " " : inner);
            value(i.next(), inner);
            if (i.hasNext()) comma();
        }
        gap(items.isEmpty() ? "" : listsOnOneLine ? " " : line);
        out.append(']');
    }

    private void colon() {
        if (!odd) {
            out.append(layout.colon());
            return;
        }
        gap("");
        out.append(':');
        gap("");
    }

    private void comma() {
        gap("");
        out.append(odd ? "," : layout.comma());
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') out.append('\\').append(c);
            else if (c == '/' && escapes && random.nextBoolean()) out.append("\\/");
            else if (c < ' ' || (escapes && random.nextInt(c > '~' ? 2 : 16) == 0)) escaped(c);
            else out.append(c);
        }
        out.append('"');
    }

    private void escaped(char c) {
        out.append(String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", (int) c));
    }
}
