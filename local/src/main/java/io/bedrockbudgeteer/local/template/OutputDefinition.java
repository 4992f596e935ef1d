package io.bedrockbudgeteer.local.template;

import java.util.Map;
import java.util.Optional;

/// One entry of the section Outputs, before any condition is decided. CloudFormation User Guide:
/// Outputs section syntax.
record OutputDefinition(String name, Object value, String description, Optional<String> condition) {

    static OutputDefinition of(String name, Object tree) {
        Where where = where(name);
        Map<String, Object> map = Tree.map(tree, where);
        for (String key : map.keySet()) {
            switch (key) {
                case "Value", "Description", "Condition" -> {}
                case "Export" -> throw where.unknown("output attribute Export");
                default ->
                        throw where.key(key)
                                .wrong(
                                        "is no attribute of an output; known are Condition, Description, Value");
            }
        }
        Object value = map.get("Value");
        if (value == null) {
            throw where.wrong("has no Value");
        }
        Sections.description(map, where);
        return new OutputDefinition(
                name,
                value,
                map.containsKey("Description")
                        ? Tree.text(map.get("Description"), where.key("Description"))
                        : "",
                map.containsKey("Condition")
                        ? Optional.of(Tree.text(map.get("Condition"), where.key("Condition")))
                        : Optional.empty());
    }

    static Where where(String name) {
        return Where.ROOT.key("Outputs").key(name);
    }
}
