package io.bedrockbudgeteer.keyguard.policy;

import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// One text for all documents that say the same. KMS re-serialises what it stores: white space,
/// member order, scalar or one-element list, order inside lists, and account id or root ARN may
/// come back different. Source: IAM User Guide, AWS JSON policy elements: Principal; the example of
/// KMS API Reference, GetKeyPolicy.
final class Canonical {
    private static final Pattern ROOT_ARN = Pattern.compile("arn:[a-z0-9-]+:iam::(\\d{12}):root");
    private static final Set<String> LISTS =
            Set.of("Action", "NotAction", "Resource", "NotResource");
    private static final Set<String> PRINCIPALS = Set.of("Principal", "NotPrincipal");
    private static final Set<String> SID_AND_PRINCIPALS =
            Set.of("Sid", "Principal", "NotPrincipal");

    private Canonical() {}

    static String document(PolicyDocument document) {
        Map<String, Object> canonical = frameOf(document);
        canonical.put("Statement", statements(document.statements()));
        return JsonText.object(canonical);
    }

    /// Everything but the statements.
    static String frame(PolicyDocument document) {
        return JsonText.object(frameOf(document));
    }

    private static Map<String, Object> frameOf(PolicyDocument document) {
        Map<String, Object> canonical = new TreeMap<>();
        document.root()
                .members()
                .forEach((name, value) -> {
                    if (!name.equals("Statement")) canonical.put(name, value(value));
                });
        return canonical;
    }

    /// A multiset: order does not count, how often does.
    static List<String> statements(List<Statement> statements) {
        return statements.stream().map(statement -> statement(statement.json())).sorted().toList();
    }

    static String statement(Json json) {
        if (!(json instanceof Json.Obj object)) return JsonText.write(value(json));
        Map<String, Object> canonical = new TreeMap<>();
        object.members().forEach((name, value) -> canonical.put(name, element(name, value)));
        return JsonText.object(canonical);
    }

    /// Everything of a statement but Sid and principal.
    static String content(Json json) {
        return without(json, SID_AND_PRINCIPALS);
    }

    /// Everything of a statement but the elements of these names.
    static String without(Json json, Set<String> names) {
        if (!(json instanceof Json.Obj object)) return JsonText.write(value(json));
        Map<String, Object> canonical = new TreeMap<>();
        object.members()
                .forEach((name, value) -> {
                    if (!names.contains(name)) canonical.put(name, element(name, value));
                });
        return JsonText.object(canonical);
    }

    static String principal(Json json) {
        Map<String, Object> canonical = new TreeMap<>();
        if (json instanceof Json.Obj object)
            object.members()
                    .forEach((name, value) -> {
                        if (PRINCIPALS.contains(name)) canonical.put(name, element(name, value));
                    });
        return JsonText.object(canonical);
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static Object element(String name, Json value) {
        if (LISTS.contains(name)) return set(value);
        if (PRINCIPALS.contains(name) && value instanceof Json.Obj kinds) {
            Map<String, Object> canonical = new TreeMap<>();
            kinds.members()
                    .forEach((kind, names) ->
                            canonical.put(kind, kind.equals("AWS") ? accounts(names) : set(names)));
            return canonical;
        }
        if (name.equals("Condition") && value instanceof Json.Obj operators) {
            Map<String, Object> canonical = new TreeMap<>();
            operators
                    .members()
                    .forEach((operator, keys) -> canonical.put(operator, conditionKeys(keys)));
            return canonical;
        }
        if (name.equals("Effect") && value instanceof Json.Str effect)
            for (String known : List.of("Allow", "Deny"))
                if (known.equalsIgnoreCase(effect.value())) return known;
        return value(value);
    }

    private static Object conditionKeys(Json value) {
        if (!(value instanceof Json.Obj keys)) return value(value);
        Map<String, Object> canonical = new TreeMap<>();
        keys.members().forEach((key, values) -> canonical.put(key, set(values)));
        return canonical;
    }

    private static List<String> accounts(Json names) {
        Set<String> sorted = new TreeSet<>();
        for (String name : set(names)) {
            var root = ROOT_ARN.matcher(name);
            // Account ids are unique across partitions, so nothing is lost with the partition.
            sorted.add(root.matches() ? root.group(1) : name);
        }
        return List.copyOf(sorted);
    }

    /// Scalar or list, without order and repetition. What is no scalar keeps its JSON text, so that
    /// it differs from every scalar.
    private static List<String> set(Json value) {
        Set<String> sorted = new TreeSet<>();
        for (Json item : value instanceof Json.Arr list ? list.items() : List.of(value)) {
            switch (item) {
                case Json.Str text -> sorted.add(text.value());
                case Json.Num number -> sorted.add(number.text());
                case Json.Bool truth -> sorted.add(String.valueOf(truth.value()));
                default -> sorted.add("\0" + JsonText.write(value(item)));
            }
        }
        return List.copyOf(sorted);
    }

    private static Object value(Json value) {
        return switch (value) {
            case Json.Obj object -> {
                Map<String, Object> canonical = new TreeMap<>();
                object.members().forEach((name, member) -> canonical.put(name, value(member)));
                yield canonical;
            }
            case Json.Arr array -> {
                List<Object> items = new ArrayList<>();
                for (Json item : array.items()) items.add(value(item));
                yield items;
            }
            default -> value;
        };
    }
}
