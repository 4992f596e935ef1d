package io.bedrockbudgeteer.local.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The SAM translator replaces parameters by their values in some properties (names of layers,
/// invoke configuration) while it transforms. Keeps book of which, because such a template fits
/// only a deployment with the same values.
final class SamInlining {

    // As the translator recognises variables of Fn::Sub; others, and those of the second argument,
    // it does not tell apart.
    private static final Pattern VARIABLE =
            Pattern.compile("\\$\\{([A-Za-z0-9.]+|AWS::[A-Z][A-Za-z]*)}");

    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Optional<String> region;
    private final Map<String, String> used = new LinkedHashMap<>();

    /// @param given parameter values; the others have their defaults
    SamInlining(Template template, Map<String, String> given, Optional<String> region) {
        this.region = region;
        Where where = Where.ROOT.key("Parameters");
        Tree.mapOrEmpty(template.tree().get("Parameters"), where)
                .forEach((name, definition) -> {
                    Object value =
                            given.containsKey(name)
                                    ? given.get(name)
                                    : Tree.map(definition, where.key(name)).get("Default");
                    if (value != null) {
                        values.put(name, value);
                    }
                });
    }

    /// What was written into the template so far, by parameter name.
    Map<String, String> used() {
        return used;
    }

    /// The partition of the Region, as the translator derives it.
    String partition(Where where) {
        String name = region(where);
        if (name.startsWith("cn-")) {
            return "aws-cn";
        }
        if (name.startsWith("us-gov")) {
            return "aws-us-gov";
        }
        if (name.startsWith("us-iso") || name.startsWith("eu-isoe") || name.startsWith("eusc-")) {
            throw where.unknown("Region " + name);
        }
        return "aws";
    }

    /// The value with parameters replaced; other functions stay.
    Object inline(Object value, Where where) {
        return switch (value) {
            case Map<?, ?> map when map.size() == 1 && map.get(Call.REF) instanceof String name ->
                    value(name, where).orElse(value);
            case Map<?, ?> map -> {
                Map<String, Object> out = new LinkedHashMap<>();
                boolean sub = map.size() == 1 && map.containsKey(Call.SUB);
                Tree.map(map, where)
                        .forEach((key, inner) ->
                                out.put(
                                        key,
                                        inline(
                                                sub ? substituted(inner, where) : inner,
                                                where.key(key))));
                yield out;
            }
            case List<?> list -> {
                List<Object> out = new ArrayList<>();
                for (int i = 0; i < list.size(); i++) {
                    out.add(inline(Tree.list(list, where).get(i), where.item(i)));
                }
                yield out;
            }
            default -> value;
        };
    }

    private Object substituted(Object argument, Where where) {
        if (argument instanceof String text) {
            return substituted(text, where);
        }
        if (argument instanceof List<?> list
                && !list.isEmpty()
                && list.getFirst() instanceof String text) {
            List<Object> out = new ArrayList<>(Tree.list(list, where));
            out.set(0, substituted(text, where));
            return out;
        }
        return argument;
    }

    private String substituted(String text, Where where) {
        return VARIABLE.matcher(text)
                .replaceAll(match ->
                        Matcher.quoteReplacement(
                                value(match.group(1), where)
                                        .map(value -> {
                                            if (value instanceof String plain) {
                                                return plain;
                                            }
                                            throw where.wrong(
                                                    "Fn::Sub expects text, but parameter "
                                                            + match.group(1)
                                                            + " has the default "
                                                            + value
                                                            + "; put it in quotes");
                                        })
                                        .orElse(match.group())));
    }

    private Optional<Object> value(String name, Where where) {
        Optional<Object> value =
                switch (name) {
                    case "AWS::Region" -> Optional.of(region(where));
                    case "AWS::Partition" -> Optional.of(partition(where));
                    default -> Optional.ofNullable(values.get(name));
                };
        if (!Pseudo.isPseudo(name)) {
            value.ifPresent(found -> used.put(name, Tree.scalar(found, where)));
        }
        return value;
    }

    private String region(Where where) {
        String name =
                region.orElseThrow(
                        () -> where.wrong("depends on the Region; transform the template for one"));
        used.put("AWS::Region", name);
        return name;
    }
}
