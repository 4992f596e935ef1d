package io.bedrockbudgeteer.keyguard.customresource;

import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import java.util.Optional;

/// One top-level field of an event, with what is known of it without reading it.
///
/// @param json the value as JSON text
/// @param text the value when it is a string
/// @param depth levels of objects and arrays in the value
/// @param repeats whether an object in the value has a name twice
record EventField(String name, String json, Optional<String> text, int depth, boolean repeats) {
    // The first reading, for the ids, uses the tokenizer as it comes, with these limits; the event
    // itself is one level.
    private static final int LONGEST_NAME = 50_000;
    private static final int LONGEST_NUMBER = 1_000;
    private static final int DEEPEST_FIRST = 1_000;
    // The limit of the second reading, which has none for names.
    private static final int DEEPEST_SECOND = 100;

    static EventField string(String name, String text) {
        return new EventField(name, JsonText.quote(text), Optional.of(text), 0, false);
    }

    /// A value that is no string.
    static EventField raw(String name, String json, int depth) {
        return new EventField(name, json, Optional.empty(), depth, false);
    }

    static EventField of(String name, Json value, String source) {
        return value instanceof Json.Str(String text, int _, int _)
                ? string(name, text)
                : raw(name, value.in(source), depth(value));
    }

    private static int depth(Json value) {
        var inner =
                switch (value) {
                    case Json.Obj object -> object.members().values();
                    case Json.Arr array -> array.items();
                    default -> null;
                };
        if (inner == null) return 0;
        return 1 + inner.stream().mapToInt(EventField::depth).max().orElse(0);
    }

    EventField named(String other) {
        return new EventField(other, json, text, depth, repeats);
    }

    EventField withARepeatedName() {
        return new EventField(name, json, text, depth, true);
    }

    boolean endsTheFirstReading() {
        return name.length() > LONGEST_NAME || isLongNumber() || 1 + depth > DEEPEST_FIRST;
    }

    boolean endsTheSecondReading() {
        return repeats || isLongNumber() || 1 + depth > DEEPEST_SECOND;
    }

    private boolean isLongNumber() {
        return Character.isDigit(json.charAt(0)) && json.length() > LONGEST_NUMBER;
    }

    boolean isStringOrNull() {
        return text.isPresent() || json.equals("null");
    }

    boolean isObjectOrNull() {
        return json.startsWith("{") || json.equals("null");
    }

    @Override
    public String toString() {
        return JsonText.quote(name) + ":" + json;
    }
}
