package io.bedrockbudgeteer.keyguard.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A JSON value and where it stands in its source: `source.substring(start(), end())` is the value
/// exactly as it was written. Immutable. Made by [JsonReader].
public sealed interface Json {

    /// Index of the value's first character in the source.
    int start();

    /// Index behind the value's last character.
    int end();

    /// The value as it was written.
    default String in(String source) {
        return source.substring(start(), end());
    }

    /// For messages: `an object`, `a string`, ...
    default String kind() {
        return switch (this) {
            case Obj _ -> "an object";
            case Arr _ -> "an array";
            case Str _ -> "a string";
            case Num _ -> "a number";
            case Bool _ -> "a boolean";
            case Null _ -> "null";
        };
    }

    /// Members in source order; the reader refuses repeated names.
    record Obj(Map<String, Json> members, int start, int end) implements Json {
        public Obj {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        public Optional<Json> get(String name) {
            return Optional.ofNullable(members.get(name));
        }

        /// The member when it is there and a string.
        public Optional<String> string(String name) {
            return members.get(name) instanceof Str text
                    ? Optional.of(text.value())
                    : Optional.empty();
        }
    }

    record Arr(List<Json> items, int start, int end) implements Json {
        public Arr {
            items = Collections.unmodifiableList(new ArrayList<>(items));
        }
    }

    /// @param value the text with escapes resolved
    record Str(String value, int start, int end) implements Json {}

    /// @param text the number as it was written, such as `1.50`
    record Num(String text, int start, int end) implements Json {}

    record Bool(boolean value, int start, int end) implements Json {}

    record Null(int start, int end) implements Json {}
}
