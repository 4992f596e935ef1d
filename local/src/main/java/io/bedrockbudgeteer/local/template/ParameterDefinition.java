package io.bedrockbudgeteer.local.template;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// One entry of the section Parameters and the values it takes.
///
/// CloudFormation User Guide: Parameters section syntax reference.
///
/// @param pattern matches whole values; CloudFormation takes Java's regular expressions
record ParameterDefinition(
        String name,
        ParameterType type,
        Optional<String> defaultValue,
        Set<String> allowedValues,
        Optional<Pattern> pattern,
        Optional<String> constraintDescription,
        Optional<Integer> minLength,
        Optional<Integer> maxLength,
        Optional<BigDecimal> minValue,
        Optional<BigDecimal> maxValue,
        boolean noEcho) {

    private static final int MAX_VALUE_BYTES = 4096;
    private static final Set<String> KEYS =
            Set.of(
                    "Type",
                    "Default",
                    "AllowedValues",
                    "AllowedPattern",
                    "ConstraintDescription",
                    "Description",
                    "MinLength",
                    "MaxLength",
                    "MinValue",
                    "MaxValue",
                    "NoEcho");

    static ParameterDefinition of(String name, Object tree, Where where) {
        Map<String, Object> map = Tree.map(tree, where);
        for (String key : map.keySet()) {
            if (!KEYS.contains(key)) {
                throw where.key(key)
                        .wrong("is no attribute of a parameter; known are " + new TreeSet<>(KEYS));
            }
        }
        if (map.containsKey("Description")) {
            Tree.text(map.get("Description"), where.key("Description"));
        }
        ParameterDefinition definition =
                new ParameterDefinition(
                        name,
                        ParameterType.of(
                                Tree.text(map.get("Type"), where.key("Type")), where.key("Type")),
                        text(map, "Default", where),
                        allowed(map, where),
                        pattern(map, where),
                        text(map, "ConstraintDescription", where),
                        length(map, "MinLength", where),
                        length(map, "MaxLength", where),
                        number(map, "MinValue", where),
                        number(map, "MaxValue", where),
                        truth(map, "NoEcho", where));
        definition.checkKinds(where);
        if (!definition.type.stored()) {
            definition
                    .defaultValue
                    .flatMap(definition::complaint)
                    .ifPresent(complaint -> {
                        throw where.key("Default").wrong(complaint);
                    });
        }
        return definition;
    }

    /// What is wrong with a value, empty when it is allowed. The value itself is not in the message
    /// when it must not be shown.
    Optional<String> complaint(String value) {
        if (value.getBytes(StandardCharsets.UTF_8).length > MAX_VALUE_BYTES) {
            return Optional.of("a parameter value has at most " + MAX_VALUE_BYTES + " bytes");
        }
        if (type.misfit(value).isPresent()) {
            return Optional.of("must be of type " + type.name() + found(type.misfit(value).get()));
        }
        for (String member : type.members(value)) {
            Optional<String> complaint = memberComplaint(member);
            if (complaint.isPresent()) {
                return constraintDescription
                        .map(text -> "must be " + text + found(member))
                        .or(() -> complaint);
            }
        }
        return Optional.empty();
    }

    private Optional<String> memberComplaint(String member) {
        if (!allowedValues.isEmpty() && !allowedValues.contains(member)) {
            return Optional.of("must be one of " + allowedValues + found(member));
        }
        if (pattern.isPresent() && !pattern.get().matcher(member).matches()) {
            return Optional.of("must match " + pattern.get() + found(member));
        }
        if (minLength.isPresent() && member.length() < minLength.get()) {
            return Optional.of(
                    "must have at least " + minLength.get() + " characters" + found(member));
        }
        if (maxLength.isPresent() && member.length() > maxLength.get()) {
            return Optional.of(
                    "must have at most " + maxLength.get() + " characters" + found(member));
        }
        if (minValue.isPresent() && new BigDecimal(member).compareTo(minValue.get()) < 0) {
            return Optional.of(
                    "must be at least " + minValue.get().toPlainString() + found(member));
        }
        if (maxValue.isPresent() && new BigDecimal(member).compareTo(maxValue.get()) > 0) {
            return Optional.of("must be at most " + maxValue.get().toPlainString() + found(member));
        }
        return Optional.empty();
    }

    private String found(String member) {
        return noEcho ? "" : ", found '" + member + "'";
    }

    /// Limits that the type cannot have would never be looked at, so they are refused.
    private void checkKinds(Where where) {
        if ((minValue.isPresent() || maxValue.isPresent()) && !type.number()) {
            throw where.wrong("MinValue and MaxValue are for type Number, not " + type.name());
        }
        if ((minLength.isPresent() || maxLength.isPresent()) && (type.number() || type.list())) {
            throw where.wrong("MinLength and MaxLength are for type String, not " + type.name());
        }
        if (pattern.isPresent() && type.number()) {
            throw where.wrong(
                    "AllowedPattern is for the types String and CommaDelimitedList, not "
                            + type.name());
        }
    }

    private static Optional<String> text(Map<String, Object> map, String key, Where where) {
        return map.containsKey(key)
                ? Optional.of(Tree.scalar(map.get(key), where.key(key)))
                : Optional.empty();
    }

    private static Set<String> allowed(Map<String, Object> map, Where where) {
        Set<String> out = new LinkedHashSet<>();
        if (map.containsKey("AllowedValues")) {
            Where place = where.key("AllowedValues");
            List<Object> values = Tree.list(map.get("AllowedValues"), place);
            for (int i = 0; i < values.size(); i++) {
                out.add(Tree.scalar(values.get(i), place.item(i)));
            }
            if (out.isEmpty()) {
                throw place.wrong("must have at least one value");
            }
        }
        return out;
    }

    private static Optional<Pattern> pattern(Map<String, Object> map, Where where) {
        if (!map.containsKey("AllowedPattern")) {
            return Optional.empty();
        }
        Where place = where.key("AllowedPattern");
        try {
            return Optional.of(Pattern.compile(Tree.text(map.get("AllowedPattern"), place)));
        } catch (PatternSyntaxException e) {
            throw place.wrong("is no regular expression: " + e.getDescription());
        }
    }

    private static Optional<Integer> length(Map<String, Object> map, String key, Where where) {
        Optional<BigDecimal> number = number(map, key, where);
        if (number.isEmpty()) {
            return Optional.empty();
        }
        try {
            int length = number.get().intValueExact();
            if (length >= 0) {
                return Optional.of(length);
            }
        } catch (ArithmeticException e) {
            throw where.key(key).wrong("must be a whole number, found " + number.get());
        }
        throw where.key(key).wrong("must not be negative");
    }

    private static Optional<BigDecimal> number(Map<String, Object> map, String key, Where where) {
        return text(map, key, where).map(text -> Numbers.number(text, where.key(key)));
    }

    private static boolean truth(Map<String, Object> map, String key, Where where) {
        String text = text(map, key, where).orElse("false");
        if (!text.equals("true") && !text.equals("false")) {
            throw where.key(key).wrong("must be true or false, found '" + text + "'");
        }
        return text.equals("true");
    }
}
