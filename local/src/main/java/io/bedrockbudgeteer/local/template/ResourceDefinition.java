package io.bedrockbudgeteer.local.template;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One entry of the section Resources, before any condition is decided.
///
/// CloudFormation Template Reference: Resource attributes.
record ResourceDefinition(
        String logicalId,
        String type,
        Map<String, Object> properties,
        Map<String, Object> metadata,
        Optional<String> condition,
        List<String> dependsOn,
        Optional<String> deletionPolicy,
        Optional<String> updateReplacePolicy) {

    private static final Set<String> ATTRIBUTES =
            Set.of(
                    "Type",
                    "Properties",
                    "Metadata",
                    "Condition",
                    "DependsOn",
                    "DeletionPolicy",
                    "UpdateReplacePolicy");
    private static final Set<String> NOT_MODELLED =
            Set.of("CreationPolicy", "UpdatePolicy", "IgnoreGlobals", "Connectors");
    private static final Set<String> DELETION = Set.of("Delete", "Retain", "RetainExceptOnCreate");
    private static final Set<String> REPLACEMENT = Set.of("Delete", "Retain");
    // CloudFormation Template Reference: AWS::CloudFormation::CustomResource, "Specifying custom
    // resource type names". Counted with the
    // prefix, which is the stricter reading.
    private static final Pattern CUSTOM = Pattern.compile("Custom::[A-Za-z0-9_@-]+");
    private static final int MAX_CUSTOM = 60;
    private static final Pattern TYPE =
            Pattern.compile("[A-Za-z0-9]{2,64}(::[A-Za-z0-9]{1,64}){1,3}");

    static ResourceDefinition of(String logicalId, Object tree) {
        Where where = where(logicalId);
        Map<String, Object> map = Tree.map(tree, where);
        for (String key : map.keySet()) {
            if (NOT_MODELLED.contains(key)) {
                throw where.unknown("resource attribute " + key);
            }
            if (!ATTRIBUTES.contains(key)) {
                throw where.key(key)
                        .wrong(
                                "is no attribute of a resource; known are "
                                        + new TreeSet<>(ATTRIBUTES));
            }
        }
        return new ResourceDefinition(
                logicalId,
                type(map, where),
                Tree.mapOrEmpty(map.get("Properties"), where.key("Properties")),
                Tree.mapOrEmpty(map.get("Metadata"), where.key("Metadata")),
                map.containsKey("Condition")
                        ? Optional.of(Tree.text(map.get("Condition"), where.key("Condition")))
                        : Optional.empty(),
                dependsOn(map.get("DependsOn"), where.key("DependsOn")),
                policy(map, "DeletionPolicy", DELETION, where),
                policy(map, "UpdateReplacePolicy", REPLACEMENT, where));
    }

    static Where where(String logicalId) {
        return Where.ROOT.key("Resources").key(logicalId);
    }

    private static String type(Map<String, Object> map, Where where) {
        Where place = where.key("Type");
        String type = Tree.text(map.get("Type"), place);
        if (type.startsWith("Custom::")) {
            if (!CUSTOM.matcher(type).matches() || type.length() > MAX_CUSTOM) {
                throw place.wrong(
                        "'"
                                + type
                                + "' is no custom resource type: Custom:: and letters, digits, _ @ -, at most "
                                + MAX_CUSTOM
                                + " characters in all");
            }
        } else if (!TYPE.matcher(type).matches()) {
            throw place.wrong("'" + type + "' is no resource type");
        }
        return type;
    }

    private static List<String> dependsOn(@Nullable Object value, Where where) {
        if (value == null) {
            return List.of();
        }
        if (value instanceof String one) {
            return List.of(one);
        }
        List<Object> list = Tree.list(value, where);
        Set<String> out = new LinkedHashSet<>();
        for (int i = 0; i < list.size(); i++) {
            out.add(Tree.text(list.get(i), where.item(i)));
        }
        return List.copyOf(out);
    }

    private static Optional<String> policy(
            Map<String, Object> map, String key, Set<String> known, Where where) {
        if (!map.containsKey(key)) {
            return Optional.empty();
        }
        String policy = Tree.text(map.get(key), where.key(key));
        if (policy.equals("Snapshot")) {
            throw where.unknown(key + " " + policy);
        }
        if (!known.contains(policy)) {
            throw where.key(key)
                    .wrong("must be one of " + new TreeSet<>(known) + ", found '" + policy + "'");
        }
        return Optional.of(policy);
    }
}
