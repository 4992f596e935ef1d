package io.bedrockbudgeteer.local.template;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The section Mappings. CloudFormation User Guide: Mappings syntax.
final class Mappings {

    private final Map<String, Object> maps;
    private final Where where = Where.ROOT.key("Mappings");

    Mappings(Template template) {
        this.maps = Tree.mapOrEmpty(template.tree().get("Mappings"), where);
        maps.forEach((name, tops) ->
                Tree.map(tops, where.key(name))
                        .forEach((top, seconds) ->
                                Tree.map(seconds, where.key(name).key(top))
                                        .forEach((second, value) ->
                                                check(
                                                        value,
                                                        where.key(name).key(top).key(second)))));
    }

    Object value(String map, String top, String second, Where from) {
        Object tops = inner(maps, map, "map", "Mappings", from);
        Object seconds = inner(Tree.map(tops, from), top, "top-level key", "map " + map, from);
        return inner(
                Tree.map(seconds, from),
                second,
                "second-level key",
                "map " + map + ", key " + top,
                from);
    }

    private static Object inner(
            Map<String, Object> map, String key, String kind, String of, Where from) {
        Object value = map.get(key);
        if (value == null) {
            throw from.wrong(
                    "Fn::FindInMap finds no "
                            + kind
                            + " '"
                            + key
                            + "' in "
                            + of
                            + "; there are "
                            + new TreeSet<>(map.keySet()));
        }
        return value;
    }

    private static void check(Object value, Where where) {
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                Tree.scalar(list.get(i), where.item(i));
            }
        } else {
            Tree.scalar(value, where);
        }
    }
}
