package io.bedrockbudgeteer.keyguard.customresource;

import io.bedrockbudgeteer.keyguard.json.JsonText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The properties of a custom resource, read strictly. CloudFormation sends every simple value as a
/// string: `"false"` is not empty, an unset parameter arrives as `""` and an unset list parameter
/// as `[""]`; both mean: not given.
///
/// Values are shown in messages only where they are numbers, truth values or words of a fixed list:
/// a text may be a secret.
public final class Properties {
    // Every custom resource has them; they are for CloudFormation.
    private static final Set<String> PROTOCOL = Set.of("ServiceToken", "ServiceTimeout");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?\\d{1,18}");
    private static final Pattern DECIMAL_NUMBER = Pattern.compile("[+-]?\\d{1,15}(\\.\\d{1,9})?");
    private static final int LONGEST_SHOWN = 40;

    private final Map<String, Object> values;

    Properties(@Nullable Map<String, Object> values) {
        this.values =
                values == null
                        ? Map.of()
                        : Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /// Refuses names that are not in `known`: a misspelt property would otherwise be ignored
    /// silently. Not for Delete and not for old properties, which may come from an older version.
    ///
    /// @throws PropertyException naming them all
    public Properties only(Set<String> known) {
        Set<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(known);
        unknown.removeAll(PROTOCOL);
        if (!unknown.isEmpty())
            throw new PropertyException(
                    "Unknown "
                            + (unknown.size() == 1 ? "property " : "properties ")
                            + String.join(", ", unknown)
                            + "; known are "
                            + String.join(", ", new TreeSet<>(known)));
        return this;
    }

    /// A text; empty when it is not given or is empty.
    public Optional<String> text(String name) {
        return switch (values.get(name)) {
            case null -> Optional.empty();
            case String text -> text.isEmpty() ? Optional.empty() : Optional.of(text);
            default -> throw new PropertyException(name + " must be a text");
        };
    }

    /// As [#text], or empty when the value has another shape: for Delete and for identity, which
    /// must not fail.
    public Optional<String> lenientText(String name) {
        return values.get(name) instanceof String text && !text.isEmpty()
                ? Optional.of(text)
                : Optional.empty();
    }

    public String requiredText(String name) {
        return text(name)
                .orElseThrow(
                        () -> new PropertyException(name + " is required and must not be empty"));
    }

    /// `true` or `false`, in any case.
    public boolean flag(String name, boolean otherwise) {
        Optional<String> text = text(name);
        if (text.isEmpty()) return otherwise;
        return switch (text.get().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default ->
                    throw new PropertyException(
                            name + " is " + shown(text.get()) + ", allowed: true or false");
        };
    }

    /// A whole number without a fraction.
    public long wholeNumber(String name, long otherwise, long least, long most) {
        Optional<String> text = text(name).map(String::strip);
        if (text.isEmpty()) return otherwise;
        if (!WHOLE_NUMBER.matcher(text.get()).matches())
            throw new PropertyException(
                    name
                            + " is "
                            + shown(text.get())
                            + ", not a whole number; allowed: "
                            + least
                            + " to "
                            + most);
        long number = Long.parseLong(text.get());
        if (number < least || number > most)
            throw new PropertyException(
                    name + " is " + number + ", allowed: " + least + " to " + most);
        return number;
    }

    /// The text of a decimal number such as `0.5`; empty when it is not given.
    public Optional<Double> number(String name) {
        Optional<String> text = text(name).map(String::strip);
        if (text.isEmpty()) return Optional.empty();
        if (!DECIMAL_NUMBER.matcher(text.get()).matches())
            throw new PropertyException(name + " is " + shown(text.get()) + ", not a number");
        return Optional.of(Double.valueOf(text.get()));
    }

    /// A word of a fixed list, written as the enum constant in CamelCase: `CheckOnly` for
    /// `CHECK_ONLY`. Case counts.
    public <E extends Enum<E>> E choice(String name, E otherwise) {
        Optional<String> text = text(name);
        if (text.isEmpty()) return otherwise;
        E[] all = otherwise.getDeclaringClass().getEnumConstants();
        for (E one : all) if (word(one).equals(text.get())) return one;
        throw new PropertyException(
                name
                        + " is "
                        + shown(text.get())
                        + ", allowed: "
                        + Arrays.stream(all)
                                .map(Properties::word)
                                .collect(Collectors.joining(" or ")));
    }

    private static String word(Enum<?> constant) {
        return Arrays.stream(constant.name().split("_"))
                .map(part -> part.charAt(0) + part.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    /// A list of texts; empty items are dropped, and one text alone counts as a list of one.
    public List<String> texts(String name) {
        List<String> result = new ArrayList<>();
        for (Object item : items(name)) {
            if (!(item instanceof String text))
                throw new PropertyException(name + " must be a list of texts");
            if (!text.isBlank()) result.add(text.strip());
        }
        return List.copyOf(result);
    }

    /// A list of JSON objects, each given as an object or as a text that holds one. Returned as
    /// JSON texts.
    public List<String> objects(String name) {
        List<String> result = new ArrayList<>();
        for (Object item : items(name)) {
            switch (item) {
                case Map<?, ?> object -> result.add(JsonText.write(object));
                case String text when text.isBlank() -> {}
                case String text -> result.add(text.strip());
                default ->
                        throw new PropertyException(
                                name
                                        + " must be a list of objects, or of texts that hold JSON objects");
            }
        }
        return List.copyOf(result);
    }

    private List<?> items(String name) {
        return switch (values.get(name)) {
            case null -> List.of();
            case List<?> list -> list;
            case Object one -> List.of(one);
        };
    }

    /// A map of texts; members with empty values are dropped.
    public Map<String, String> textMap(String name) {
        Object value = values.get(name);
        if (value == null || "".equals(value)) return Map.of();
        if (!(value instanceof Map<?, ?> map))
            throw new PropertyException(name + " must be an object of texts");
        Map<String, String> result = new LinkedHashMap<>();
        map.forEach((key, member) -> {
            if (!(key instanceof String keyText) || !(member instanceof String text))
                throw new PropertyException(name + " must be an object of texts");
            if (!text.isBlank()) result.put(keyText, text.strip());
        });
        return Collections.unmodifiableMap(result);
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /// Only the names: values may be secret.
    @Override
    public String toString() {
        return "properties " + values.keySet();
    }

    private static String shown(String value) {
        return value.length() <= LONGEST_SHOWN
                ? "'" + value + "'"
                : "'" + value.substring(0, LONGEST_SHOWN) + "…'";
    }
}
