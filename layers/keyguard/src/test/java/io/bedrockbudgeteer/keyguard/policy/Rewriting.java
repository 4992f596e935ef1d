package io.bedrockbudgeteer.keyguard.policy;

import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/// Writes a policy anew from a seed, so that it says the same.
public final class Rewriting {
    private final Random random;
    private final boolean otherNames;

    private Rewriting(long seed, boolean otherNames) {
        this.random = EveryPolicy.random(seed, "rewriting");
        this.otherNames = otherNames;
    }

    /// As KMS or an editor might write it: other layout, order of members, statements and list
    /// items, scalar or list, account id or root ARN.
    public static String asKmsMay(long seed, String text) {
        return new Rewriting(seed, false).document(text);
    }

    /// So that every verdict must be the same: as [#asKmsMay], and with other Sids and Id, repeated
    /// values, other case of condition keys and actions.
    static String sameVerdicts(long seed, String text) {
        return new Rewriting(seed, true).document(text);
    }

    private String document(String text) {
        Json.Obj root = (Json.Obj) JsonReader.read(text);
        Map<String, Object> document = new LinkedHashMap<>();
        for (String name : shuffled(root.members().keySet())) {
            Json value = root.get(name).orElseThrow();
            document.put(name, name.equals("Statement") ? statements(value) : value);
        }
        if (otherNames) rename(document, "Id");
        return new OddText(random).of(document);
    }

    private void rename(Map<String, Object> members, String name) {
        if (random.nextInt(4) == 0) members.remove(name);
        else members.put(name, "T" + random.nextInt(1_000_000));
    }

    private Object statements(Json node) {
        List<Object> statements = new ArrayList<>();
        for (Json item : shuffled(items(node)))
            statements.add(item instanceof Json.Obj statement ? statement(statement) : item);
        return statements.size() == 1
                        && statements.getFirst() instanceof Map
                        && random.nextBoolean()
                ? statements.getFirst()
                : statements;
    }

    private Map<String, Object> statement(Json.Obj statement) {
        Map<String, Object> rewritten = new LinkedHashMap<>();
        for (String name : shuffled(statement.members().keySet())) {
            Json value = statement.get(name).orElseThrow();
            rewritten.put(
                    name,
                    switch (name) {
                        case "Action", "NotAction" -> list(value, this::anyCase);
                        case "Resource", "NotResource" -> list(value, text -> text);
                        case "Principal", "NotPrincipal" -> principals(value);
                        case "Condition" -> condition(value);
                        default -> value;
                    });
        }
        if (otherNames) rename(rewritten, "Sid");
        return rewritten;
    }

    private Object principals(Json value) {
        if (!(value instanceof Json.Obj kinds)) return value;
        Map<String, Object> rewritten = new LinkedHashMap<>();
        for (String kind : shuffled(kinds.members().keySet()))
            rewritten.put(
                    kind,
                    list(
                            kinds.get(kind).orElseThrow(),
                            text -> kind.equals("AWS") ? account(text) : text));
        return rewritten;
    }

    private Object condition(Json value) {
        if (!(value instanceof Json.Obj operators)) return value;
        Map<String, Object> rewritten = new LinkedHashMap<>();
        for (String operator : shuffled(operators.members().keySet())) {
            if (!(operators.get(operator).orElseThrow() instanceof Json.Obj tests)) return value;
            Map<String, Object> keys = new LinkedHashMap<>();
            for (String key : shuffled(tests.members().keySet()))
                keys.put(anyCase(key), list(tests.get(key).orElseThrow(), text -> text));
            rewritten.put(operator, keys);
        }
        return rewritten;
    }

    private Object list(Json value, UnaryOperator<String> change) {
        List<Object> items = new ArrayList<>();
        for (Json item : shuffled(items(value)))
            items.add(item instanceof Json.Str text ? change.apply(text.value()) : item);
        if (otherNames && !items.isEmpty() && random.nextInt(4) == 0) items.add(items.getFirst());
        return items.size() == 1 && random.nextBoolean() ? items.getFirst() : items;
    }

    private String account(String name) {
        if (random.nextBoolean()) return name;
        if (name.matches("\\d{12}")) return "arn:aws:iam::" + name + ":root";
        return name.matches("arn:aws:iam::\\d{12}:root") ? name.substring(13, 25) : name;
    }

    private String anyCase(String text) {
        if (!otherNames) return text;
        return random.nextBoolean() ? text.toUpperCase(Locale.ROOT) : text.toLowerCase(Locale.ROOT);
    }

    private static List<Json> items(Json value) {
        return value instanceof Json.Arr array ? array.items() : List.of(value);
    }

    private <T> List<T> shuffled(Collection<T> items) {
        List<T> list = new ArrayList<>(items);
        Collections.shuffle(list, random);
        return list;
    }
}
