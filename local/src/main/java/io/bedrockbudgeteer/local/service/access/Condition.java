package io.bedrockbudgeteer.local.service.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.bedrockbudgeteer.local.account.NotModelledException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One condition: an operator, a key, and the values that the policy lists. Rules: IAM User Guide,
/// "IAM JSON policy elements: Condition operators", "Conditions with multiple context keys or
/// values" and "Single-valued vs. multivalued context keys".
///
/// @param ifExists whether an absent key makes the condition true
record Condition(Set set, Operator operator, boolean ifExists, String key, List<String> values) {

    /// How the values of the request are quantified.
    enum Set {
        NONE,
        ALL,
        ANY
    }

    Condition {
        values = List.copyOf(values);
    }

    static List<Condition> listOf(JsonNode block) {
        if (!block.isObject()) throw new NotModelledException("condition " + block);
        List<Condition> all = new ArrayList<>();
        for (var operator : block.properties()) {
            if (!operator.getValue().isObject())
                throw new NotModelledException("condition " + block);
            for (var key : operator.getValue().properties()) {
                List<String> values =
                        Json.list(key.getValue()).stream().map(JsonNode::asText).toList();
                all.add(of(operator.getKey(), key.getKey(), values));
            }
        }
        return all;
    }

    private static Condition of(String name, String key, List<String> values) {
        String rest = name.toLowerCase(Locale.ROOT);
        Set set = Set.NONE;
        if (rest.startsWith("forallvalues:")) set = Set.ALL;
        if (rest.startsWith("foranyvalue:")) set = Set.ANY;
        rest = rest.substring(rest.indexOf(':') + 1);
        boolean ifExists = rest.endsWith("ifexists");
        if (ifExists) rest = rest.substring(0, rest.length() - "ifexists".length());
        Operator operator =
                Operator.named(rest)
                        .orElseThrow(() -> new NotModelledException("condition operator " + name));
        if (ifExists && operator == Operator.NULL)
            throw new NotModelledException("condition operator " + name);
        return new Condition(set, operator, ifExists, key, values);
    }

    boolean holds(Context context, boolean variables) {
        Optional<List<String>> found = context.find(key);
        if (operator == Operator.NULL)
            return values.stream().anyMatch(v -> wantsAbsent(v) == found.isEmpty());
        if (found.isEmpty()) return holdsWhenAbsent();
        List<String> present = found.get();
        List<String> wanted = new ArrayList<>();
        for (String value : values) {
            Variables.fill(value, operator, variables, context).ifPresent(wanted::add);
        }
        if (Context.isMultivalued(key) && set == Set.NONE) {
            // AWS asks for a set operator on such a key and does not say what happens without one.
            throw new NotModelledException(
                    "operator without ForAllValues or ForAnyValue on " + key);
        }
        return set == Set.ALL
                ? present.stream().allMatch(value -> matches(wanted, value))
                : present.stream().anyMatch(value -> matches(wanted, value));
    }

    private boolean holdsWhenAbsent() {
        if (set == Set.ALL) return true;
        if (set == Set.ANY) {
            // The page on set operators says false, the one on IfExists says true.
            if (ifExists)
                throw new NotModelledException(
                        "ForAnyValue with IfExists on the absent key " + key);
            return false;
        }
        return ifExists || operator.negated();
    }

    /// A negated operator holds when no listed value matches.
    private boolean matches(List<String> wanted, String value) {
        return wanted.stream().anyMatch(w -> operator.test(w, value)) != operator.negated();
    }

    private boolean wantsAbsent(String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new NotModelledException("value " + value + " of a Null condition");
        };
    }
}
