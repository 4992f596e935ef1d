package io.bedrockbudgeteer.local.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The section Globals, merged into every function: maps deep, lists one after the other,
/// everything else as the function says.
///
/// SAM Developer Guide: Globals section of the AWS SAM template.
final class SamGlobals {

    // Per SAM these belong to a single function only.
    private static final Set<String> NEVER_GLOBAL =
            Set.of("Role", "Policies", "FunctionName", "Events");

    private final Map<String, Object> function;

    SamGlobals(Template template) {
        Where where = Where.ROOT.key("Globals");
        Map<String, Object> sections = Tree.mapOrEmpty(template.tree().get("Globals"), where);
        for (String section : sections.keySet()) {
            if (!section.equals("Function")) {
                throw where.unknown("Globals." + section);
            }
        }
        Where place = where.key("Function");
        this.function = Tree.mapOrEmpty(sections.get("Function"), place);
        for (String property : function.keySet()) {
            if (NEVER_GLOBAL.contains(property)) {
                throw place.key(property).wrong("cannot be global; set it in each function");
            }
            SamFunction.checkProperty(property, place);
        }
    }

    Map<String, Object> mergedInto(Map<String, Object> properties, Where where) {
        return merge(function, properties, where);
    }

    private static Map<String, Object> merge(
            Map<String, Object> global, Map<String, Object> local, Where where) {
        Map<String, Object> out = new LinkedHashMap<>(global);
        local.forEach((key, value) -> {
            Object inherited = global.get(key);
            out.put(key, inherited == null ? value : merge(inherited, value, where.key(key)));
        });
        return out;
    }

    private static Object merge(Object global, Object local, Where where) {
        if (isPlainMap(global) && isPlainMap(local)) {
            return merge(Tree.map(global, where), Tree.map(local, where), where);
        }
        if (global instanceof List<?> && local instanceof List<?>) {
            List<Object> out = new ArrayList<>(Tree.list(global, where));
            out.addAll(Tree.list(local, where));
            return out;
        }
        return local;
    }

    /// A function stands for one value, so it is never merged with anything.
    private static boolean isPlainMap(Object value) {
        return value instanceof Map<?, ?> && !SamTransform.isIntrinsic(value);
    }
}
