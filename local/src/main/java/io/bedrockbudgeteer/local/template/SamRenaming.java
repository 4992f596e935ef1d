package io.bedrockbudgeteer.local.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Rewrites references to resources whose logical id the transform changed: `Ref`, list-form
/// `Fn::GetAtt`, variables of `Fn::Sub`, `DependsOn`. Does what the translator does, its oddities
/// included: text-form `Fn::GetAtt` and own variables of `Fn::Sub` are not told apart.
final class SamRenaming {

    private static final Pattern VARIABLE =
            Pattern.compile("\\$\\{([A-Za-z0-9.]+|AWS::[A-Z][A-Za-z]*)}");

    private final Map<String, String> renamed;

    private SamRenaming(Map<String, String> renamed) {
        this.renamed = renamed;
    }

    static Object apply(Object tree, Map<String, String> renamed, Where where) {
        return renamed.isEmpty() ? tree : new SamRenaming(renamed).rewrite(tree, where);
    }

    private Object rewrite(Object value, Where where) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, Object> out = new LinkedHashMap<>();
                Tree.map(map, where)
                        .forEach((key, inner) -> {
                            Object changed = map.size() == 1 ? argument(key, inner) : inner;
                            out.put(
                                    key,
                                    rewrite(
                                            key.equals("DependsOn") ? dependsOn(changed) : changed,
                                            where.key(key)));
                        });
                yield out;
            }
            case List<?> list -> {
                List<Object> out = new ArrayList<>();
                for (int i = 0; i < list.size(); i++) {
                    out.add(rewrite(Tree.list(list, where).get(i), where.item(i)));
                }
                yield out;
            }
            default -> value;
        };
    }

    private Object argument(String function, Object argument) {
        return switch (function) {
            case Call.REF ->
                    argument instanceof String name ? renamed.getOrDefault(name, name) : argument;
            case Call.GET_ATT -> argument instanceof List<?> list ? attribute(list) : argument;
            case Call.SUB -> substitute(argument);
            default -> argument;
        };
    }

    private Object attribute(List<?> list) {
        if (list.size() < 2 || !list.stream().allMatch(String.class::isInstance)) {
            return list;
        }
        List<String> parts =
                List.of(
                        String.join(".", list.stream().map(String.class::cast).toList())
                                .split("\\.", -1));
        String id = renamed.get(parts.getFirst());
        if (id == null) {
            return list;
        }
        List<Object> out = new ArrayList<>(parts);
        out.set(0, id);
        return out;
    }

    private Object substitute(Object argument) {
        if (argument instanceof String text) {
            return substitute(text);
        }
        if (argument instanceof List<?> list
                && !list.isEmpty()
                && list.getFirst() instanceof String text) {
            List<Object> out = new ArrayList<>(list);
            out.set(0, substitute(text));
            return out;
        }
        return argument;
    }

    private String substitute(String text) {
        return VARIABLE.matcher(text)
                .replaceAll(match -> {
                    String old = match.group(1).split("\\.", -1)[0];
                    String id = renamed.get(old);
                    return Matcher.quoteReplacement(
                            id == null ? match.group() : match.group().replace(old, id));
                });
    }

    private Object dependsOn(Object value) {
        return switch (value) {
            case String name -> renamed.getOrDefault(name, name);
            case List<?> list ->
                    list.stream()
                            .map(element ->
                                    element instanceof String name
                                            ? (Object) renamed.getOrDefault(name, name)
                                            : element)
                            .toList();
            default -> value;
        };
    }
}
