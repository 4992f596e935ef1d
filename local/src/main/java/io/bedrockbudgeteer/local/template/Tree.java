package io.bedrockbudgeteer.local.template;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Typed access to a template tree: maps with text keys, lists, texts, numbers and booleans, never
/// null.
final class Tree {

    private Tree() {}

    /// An unmodifiable deep copy in the same order.
    ///
    /// @throws TemplateException for a null, a key that is not text, or a value of another type
    static Object copy(@Nullable Object value, Where where) {
        return switch (value) {
            case null ->
                    throw where.wrong(
                            "null is not allowed in templates; leave the key out or write ''");
            case Map<?, ?> map -> {
                Map<String, Object> out = new LinkedHashMap<>();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    if (!(entry.getKey() instanceof String key)) {
                        throw where.wrong("key " + entry.getKey() + " is not text");
                    }
                    out.put(key, copy(entry.getValue(), where.key(key)));
                }
                yield Collections.unmodifiableMap(out);
            }
            case List<?> list -> {
                List<Object> out = new ArrayList<>(list.size());
                for (int i = 0; i < list.size(); i++) {
                    out.add(copy(list.get(i), where.item(i)));
                }
                yield Collections.unmodifiableList(out);
            }
            case String text -> text;
            case Boolean truth -> truth;
            case Number number -> number;
            default ->
                    throw where.wrong(
                            "a "
                                    + value.getClass().getSimpleName()
                                    + " cannot stand in a template");
        };
    }

    static Map<String, Object> map(@Nullable Object value, Where where) {
        if (value instanceof Map<?, ?> map) {
            return cast(map);
        }
        throw where.wrong("must be a map, found " + kind(value));
    }

    /// An absent value reads as an empty map.
    static Map<String, Object> mapOrEmpty(@Nullable Object value, Where where) {
        return value == null ? Map.of() : map(value, where);
    }

    static List<Object> list(@Nullable Object value, Where where) {
        if (value instanceof List<?> list) {
            return Collections.unmodifiableList(list);
        }
        throw where.wrong("must be a list, found " + kind(value));
    }

    /// Text as such: functions and other types are refused.
    static String text(@Nullable Object value, Where where) {
        if (value instanceof String text) {
            return text;
        }
        throw where.wrong("must be text, found " + kind(value));
    }

    /// A text, number or boolean, as CloudFormation turns it into text.
    static String scalar(@Nullable Object value, Where where) {
        return switch (value) {
            case String text -> text;
            case Boolean truth -> truth.toString();
            case BigDecimal number -> number.toPlainString();
            case Number number -> number.toString();
            case null, default ->
                    throw where.wrong("must be text, a number or a boolean, found " + kind(value));
        };
    }

    static boolean isScalar(Object value) {
        return value instanceof String || value instanceof Boolean || value instanceof Number;
    }

    private static String kind(@Nullable Object value) {
        return switch (value) {
            case null -> "nothing";
            case Map<?, ?> map when map.size() == 1 ->
                    "a map with the key " + map.keySet().iterator().next();
            case Map<?, ?> _ -> "a map";
            case List<?> _ -> "a list";
            // Not the text itself: it may come from a parameter that must not be shown.
            case String _ -> "text";
            default -> "a " + value.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        };
    }

    /// Safe because every tree went through [#copy], which refuses other keys.
    @SuppressWarnings("unchecked")
    private static Map<String, Object> cast(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }
}
