package io.bedrockbudgeteer.keyguard.policy;

import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Breaks a policy text from a seed, in ways that still look like a policy.
public final class BrokenText {
    private static final String[] CHARACTERS = {
        "{", "}", "[", "]", "\"", ",", ":", "null", "0", "\\", "\u0000", "\ud800", "*"
    };
    private static final String[] VALUES = {
        "null", "7", "-0.5e9", "true", "\"\"", "\"*\"", "[]", "{}", "[[]]", "[null]", "{\"a\":{}}"
    };

    private final Random random;

    public BrokenText(long seed) {
        random = EveryPolicy.random(seed, "breaking");
    }

    /// A text with a few characters changed, cut or put in.
    String withOtherCharacters(String text) {
        StringBuilder damaged = new StringBuilder(text);
        for (int i = random.nextInt(4); i >= 0 && !damaged.isEmpty(); i--) {
            int at = random.nextInt(damaged.length());
            switch (random.nextInt(4)) {
                case 0 -> damaged.deleteCharAt(at);
                case 1 -> damaged.insert(at, CHARACTERS[random.nextInt(CHARACTERS.length)]);
                case 2 -> damaged.setLength(at);
                default -> damaged.setCharAt(at, (char) random.nextInt(0x250));
            }
        }
        return damaged.toString();
    }

    /// A well-formed text in which another value stands in the place of one.
    public String withAnotherValue(String text) {
        List<Json> values = new ArrayList<>();
        collect(JsonReader.read(text), values);
        Json old = values.get(random.nextInt(values.size()));
        return text.substring(0, old.start())
                + VALUES[random.nextInt(VALUES.length)]
                + text.substring(old.end());
    }

    /// A text in which one object has its first member twice.
    ///
    /// @param start where the second of the two names stands
    /// @param nameLength how many characters the name has as it is written, quotation marks
    ///   included
    record Repeated(String text, int start, int nameLength) {}

    Repeated withARepeatedName(String text) {
        List<Json> values = new ArrayList<>();
        collect(JsonReader.read(text), values);
        values.removeIf(value -> !(value instanceof Json.Obj object) || object.members().isEmpty());
        Json.Obj object = (Json.Obj) values.get(random.nextInt(values.size()));
        int start = text.indexOf('"', object.start());
        int end = start + 1;
        while (text.charAt(end) != '"') end += text.charAt(end) == '\\' ? 2 : 1;
        Json first = object.members().values().iterator().next();
        String gap = random.nextBoolean() ? "," : " ,\n\t";
        String added = text.substring(start, first.end()) + gap;
        return new Repeated(
                text.substring(0, start) + added + text.substring(start),
                start + added.length(),
                end + 1 - start);
    }

    private static void collect(Json value, List<Json> all) {
        all.add(value);
        if (value instanceof Json.Obj object)
            object.members().values().forEach(member -> collect(member, all));
        if (value instanceof Json.Arr array) array.items().forEach(item -> collect(item, all));
    }
}
