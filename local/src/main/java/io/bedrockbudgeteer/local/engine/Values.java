package io.bedrockbudgeteer.local.engine;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Resolved property values: maps, lists and scalars.
public final class Values {

    private Values() {}

    /// The same tree with every scalar as a string: what a custom resource gets, and what updates
    /// compare.
    public static Object strings(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, Object> out = new LinkedHashMap<>();
                map.forEach((key, inner) -> out.put(String.valueOf(key), strings(inner)));
                yield out;
            }
            case List<?> list -> list.stream().map(Values::strings).toList();
            case Double number ->
                    new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
            case Float number ->
                    new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
            default -> value.toString();
        };
    }

    /// As [#strings], for a map.
    public static Map<String, Object> stringMap(Map<String, Object> map) {
        Map<String, Object> out = new LinkedHashMap<>();
        map.forEach((key, value) -> out.put(key, strings(value)));
        return out;
    }

    /// Whether two trees say the same; `true` equals `"true"`, and the order of keys does not
    /// matter.
    public static boolean same(Object one, Object other) {
        return strings(one).equals(strings(other));
    }

    /// A map from the parser, with its keys as strings.
    public static Map<String, Object> asMap(Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("expected a map, found " + value);
        }
        Map<String, Object> out = new LinkedHashMap<>();
        map.forEach((key, inner) -> out.put(String.valueOf(key), inner));
        return out;
    }
}
