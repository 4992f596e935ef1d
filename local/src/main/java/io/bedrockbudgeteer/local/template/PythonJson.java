package io.bedrockbudgeteer.local.template;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// JSON exactly as Python's `json.dumps(value, separators=(",", ":"), sort_keys=True)` writes it:
/// the SAM translator hashes this text.
final class PythonJson {

    // Python sorts text by code point, Java's natural order is by UTF-16 unit.
    private static final Comparator<String> BY_CODE_POINT =
            (one, other) -> {
                int[] left = one.codePoints().toArray();
                int[] right = other.codePoints().toArray();
                return Arrays.compare(left, right);
            };

    private PythonJson() {}

    static String write(Object value, Where where) {
        StringBuilder out = new StringBuilder();
        write(value, out, where);
        return out.toString();
    }

    private static void write(Object value, StringBuilder out, Where where) {
        switch (value) {
            case Map<?, ?> map -> {
                out.append('{');
                String comma = "";
                for (String key :
                        Tree.map(map, where).keySet().stream().sorted(BY_CODE_POINT).toList()) {
                    Object inner = map.get(key);
                    if (inner == null) {
                        throw new IllegalStateException("null at " + where.key(key));
                    }
                    out.append(comma);
                    text(key, out);
                    out.append(':');
                    write(inner, out, where.key(key));
                    comma = ",";
                }
                out.append('}');
            }
            case List<?> list -> {
                out.append('[');
                for (int i = 0; i < list.size(); i++) {
                    if (i > 0) {
                        out.append(',');
                    }
                    write(Tree.list(list, where).get(i), out, where.item(i));
                }
                out.append(']');
            }
            case String text -> text(text, out);
            case Boolean truth -> out.append(truth);
            case Integer number -> out.append(number);
            case Long number -> out.append(number);
            // Python's shortest form of a fraction is not written here; no property of a layer
            // takes one.
            default -> throw where.unknown("number " + value + " in the hash of a layer");
        }
    }

    private static void text(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c >= ' ' && c <= '~') {
                        out.append(c);
                    } else {
                        out.append("\\u").append(HexFormat.of().toHexDigits(c));
                    }
                }
            }
        }
        out.append('"');
    }
}
