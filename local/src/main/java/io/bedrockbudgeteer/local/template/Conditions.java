package io.bedrockbudgeteer.local.template;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The section Conditions, decided for one set of parameter values.
final class Conditions {

    private static final Set<String> FUNCTIONS =
            Set.of(Call.REF, Call.FIND_IN_MAP, Call.SUB, Call.JOIN, Call.SELECT, Call.SPLIT);

    private final Map<String, Object> definitions;
    private final Map<String, Boolean> decided = new LinkedHashMap<>();
    private final Deque<String> open = new ArrayDeque<>();
    private final Logic logic;
    private final Where where = Where.ROOT.key("Conditions");

    /// @throws TemplateException for a condition that cannot be decided, used or not
    Conditions(Template template, Names names) {
        this.definitions = Tree.mapOrEmpty(template.tree().get("Conditions"), where);
        this.logic =
                new Logic(
                        Logic.CONDITION_FUNCTIONS,
                        new Evaluator(names.parametersOnly("conditions", FUNCTIONS)),
                        this::decide);
        definitions.keySet().forEach(name -> decide(name, where.key(name)));
    }

    boolean holds(String name, Where from) {
        Boolean value = decided.get(name);
        if (value == null) {
            throw from.wrong(
                    "condition '" + name + "' is not defined; there are " + definitions.keySet());
        }
        return value;
    }

    private boolean decide(String name, Where from) {
        Boolean known = decided.get(name);
        if (known != null) {
            return known;
        }
        Object definition = definitions.get(name);
        if (definition == null) {
            throw from.wrong(
                    "condition '" + name + "' is not defined; there are " + definitions.keySet());
        }
        if (open.contains(name)) {
            throw where.wrong(
                    "conditions go in a circle: " + String.join(" -> ", open) + " -> " + name);
        }
        open.addLast(name);
        boolean value = logic.holds(definition, where.key(name));
        open.removeLast();
        decided.put(name, value);
        return value;
    }
}
