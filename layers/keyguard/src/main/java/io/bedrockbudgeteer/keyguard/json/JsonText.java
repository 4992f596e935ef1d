package io.bedrockbudgeteer.keyguard.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes JSON text. Takes `String`, `Boolean`, whole and decimal numbers, enums (their name),
/// `Map` with string keys, `Collection`, `Optional` (empty gives null), null and [Json] values.
/// Every text it returns is well-formed and safe to embed: control characters, U+2028, U+2029 and
/// lone surrogates are escaped.
///
/// Keeps the order of the maps it is given: pass an ordered map where the text must not change from
/// run to run.
public final class JsonText {

    /// How text is laid out.
    ///
    /// @param newline line end before each member and item; empty writes everything on one line
    /// @param base indentation of the line on which the value begins
    /// @param indent one level of indentation
    /// @param colon between name and value
    /// @param comma between members and items, before the newline
    /// @param asciiOnly whether everything above U+007E is escaped
    public record Layout(
            String newline,
            String base,
            String indent,
            String colon,
            String comma,
            boolean asciiOnly) {
        /// One line without blanks.
        public static final Layout COMPACT = new Layout("", "", "", ":", ",", false);

        /// Two blanks per level.
        public static final Layout PRETTY = new Layout("\n", "", "  ", ": ", ",", false);
    }

    private final Layout layout;
    private final StringBuilder out = new StringBuilder();

    private JsonText(Layout layout) {
        this.layout = layout;
    }

    /// An object on one line.
    public static String object(Map<String, ? extends @Nullable Object> members) {
        return write(members, Layout.COMPACT);
    }

    /// A value on one line.
    public static String write(@Nullable Object value) {
        return write(value, Layout.COMPACT);
    }

    /// A value over several lines, indented by two blanks.
    public static String pretty(@Nullable Object value) {
        return write(value, Layout.PRETTY);
    }

    /// @throws IllegalArgumentException when a value has a type that JSON does not know
    public static String write(@Nullable Object value, Layout layout) {
        JsonText text = new JsonText(layout);
        text.value(value, layout.base());
        return text.out.toString();
    }

    /// A string literal with its quotation marks.
    public static String quote(String value) {
        return write(value, Layout.COMPACT);
    }

    private void value(@Nullable Object value, String indentation) {
        switch (value) {
            case null -> out.append("null");
            case String string -> string(string);
            case Boolean truth -> out.append(truth.booleanValue());
            case Integer number -> out.append(number.intValue());
            case Long number -> out.append(number.longValue());
            case BigInteger number -> out.append(number);
            case BigDecimal number -> out.append(number.toPlainString());
            case Double number when Double.isFinite(number) -> out.append(number.doubleValue());
            case Enum<?> constant -> string(constant.name());
            case Optional<?> optional -> value(optional.orElse(null), indentation);
            case Map<?, ?> map -> object(map, indentation);
            case Collection<?> items -> array(items, indentation);
            case Json.Obj object -> object(object.members(), indentation);
            case Json.Arr array -> array(array.items(), indentation);
            case Json.Str string -> string(string.value());
            case Json.Num number -> out.append(number.text());
            case Json.Bool truth -> out.append(truth.value());
            case Json.Null _ -> out.append("null");
            default ->
                    throw new IllegalArgumentException("JSON has no " + value.getClass().getName());
        }
    }

    private void object(Map<?, ?> members, String indentation) {
        String inner = indentation + layout.indent();
        out.append('{');
        Iterator<? extends Map.Entry<?, ?>> entries = members.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<?, ?> entry = entries.next();
            if (!(entry.getKey() instanceof String name))
                throw new IllegalArgumentException(
                        "JSON member name is not a string: " + entry.getKey());
            startLine(inner);
            string(name);
            out.append(layout.colon());
            value(entry.getValue(), inner);
            if (entries.hasNext()) out.append(layout.comma());
        }
        if (!members.isEmpty()) startLine(indentation);
        out.append('}');
    }

    private void array(Collection<?> items, String indentation) {
        String inner = indentation + layout.indent();
        out.append('[');
        Iterator<?> rest = items.iterator();
        while (rest.hasNext()) {
            startLine(inner);
            value(rest.next(), inner);
            if (rest.hasNext()) out.append(layout.comma());
        }
        if (!items.isEmpty()) startLine(indentation);
        out.append(']');
    }

    private void startLine(String indentation) {
        if (!layout.newline().isEmpty()) out.append(layout.newline()).append(indentation);
    }

    private void string(String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (Character.isHighSurrogate(c)
                            && i + 1 < value.length()
                            && Character.isLowSurrogate(value.charAt(i + 1))) {
                        character(c, layout.asciiOnly());
                        character(value.charAt(++i), layout.asciiOnly());
                    } else {
                        character(c, mustEscape(c) || (layout.asciiOnly() && c > '~'));
                    }
                }
            }
        }
        out.append('"');
    }

    // DEL and U+0080..U+009F are legal in JSON but not printable, which KMS demands; U+2028 and
    // U+2029 end a line for JavaScript readers.
    private static boolean mustEscape(char c) {
        return c < ' '
                || (c >= '\u007F' && c <= '\u009F')
                || c == '\u2028'
                || c == '\u2029'
                || Character.isSurrogate(c);
    }

    private void character(char c, boolean escape) {
        if (escape) out.append("\\u").append(HexFormat.of().toHexDigits(c));
        else out.append(c);
    }
}
