package io.bedrockbudgeteer.local.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `AWS::Serverless::Function`: the function, and where asked for its invoke configuration and its
/// role.
final class SamFunction {

    static final String TYPE = "AWS::Serverless::Function";

    /// Properties that stay as they are.
    private static final Set<String> PASSED_THROUGH =
            Set.of(
                    "Handler",
                    "Runtime",
                    "Role",
                    "Timeout",
                    "MemorySize",
                    "Architectures",
                    "Environment",
                    "Layers",
                    "LoggingConfig",
                    "Description",
                    "FunctionName",
                    "KmsKeyArn",
                    "ReservedConcurrentExecutions",
                    "EphemeralStorage");

    /// Properties that become something else.
    private static final Set<String> TRANSLATED = Set.of("CodeUri", "Tags", "EventInvokeConfig");

    private static final Set<String> FUNCTION_ATTRIBUTES =
            Set.of("Condition", "DeletionPolicy", "UpdateReplacePolicy", "Metadata");
    private static final Set<String> INVOKE =
            Set.of("MaximumEventAgeInSeconds", "MaximumRetryAttempts");
    private static final Set<String> RESERVED_TAGS =
            Set.of(
                    "lambda:createdBy",
                    "serverlessrepo:applicationId",
                    "serverlessrepo:semanticVersion");

    private final String id;
    private final ResourceDefinition definition;
    private final Map<String, Object> attributes;
    private final Map<String, Object> properties;
    private final SamInlining inlining;
    private final CodeLocations locations;
    private final Where where;

    SamFunction(
            ResourceDefinition definition,
            Map<String, Object> attributes,
            SamGlobals globals,
            SamInlining inlining,
            CodeLocations locations) {
        this.id = definition.logicalId();
        this.definition = definition;
        this.attributes = attributes;
        this.where = ResourceDefinition.where(id).key("Properties");
        this.properties = globals.mergedInto(definition.properties(), where);
        this.inlining = inlining;
        this.locations = locations;
        properties.keySet().forEach(property -> checkProperty(property, where));
    }

    /// @throws io.bedrockbudgeteer.local.account.NotModelledException for a property outside the
    ///   allow-list
    static void checkProperty(String property, Where where) {
        if (!PASSED_THROUGH.contains(property)
                && !TRANSLATED.contains(property)
                && !SamRole.PROPERTIES.contains(property)) {
            throw where.unknown("property " + property + " of " + TYPE);
        }
    }

    /// The function first.
    Map<String, Object> resources() {
        Map<String, Object> function = new LinkedHashMap<>();
        function.put("Type", "AWS::Lambda::Function");
        Object dependsOn = attributes.get("DependsOn");
        if (dependsOn != null && !definition.dependsOn().isEmpty()) {
            function.put("DependsOn", dependsOn);
        }
        function.putAll(attributes(FUNCTION_ATTRIBUTES));
        Map<String, Object> translated = translated();
        function.put("Properties", translated);
        Map<String, Object> out = new LinkedHashMap<>();
        out.put(id, function);
        if (properties.containsKey("EventInvokeConfig")) {
            Map<String, Object> config =
                    Tree.map(properties.get("EventInvokeConfig"), where.key("EventInvokeConfig"));
            if (!config.isEmpty()) {
                out.put(id + "EventInvokeConfig", eventInvokeConfig(config));
            }
        }
        if (!translated.containsKey("Role")) {
            SamRole role = new SamRole(id, properties, inlining.partition(where), tags(), where);
            translated.put("Role", role.arn());
            out.put(role.logicalId(), role.resource(attributes(SamRole.ATTRIBUTES)));
        }
        return out;
    }

    private Map<String, Object> translated() {
        Object uri = properties.get("CodeUri");
        if (uri == null) {
            throw where.wrong("must have CodeUri");
        }
        for (String required : List.of("Runtime", "Handler")) {
            if (!properties.containsKey(required)) {
                throw where.wrong("must have " + required + ", in the function or in Globals");
            }
        }
        check();
        Map<String, Object> out = new LinkedHashMap<>();
        out.put(
                "Code",
                SamCode.location(
                        locations.locate(uri, where.key("CodeUri")), where.key("CodeUri")));
        properties.forEach((name, value) -> {
            if (PASSED_THROUGH.contains(name)
                    && !(name.equals("FunctionName") && value.equals(""))) {
                out.put(name, value);
            }
        });
        out.put("Tags", tags());
        return out;
    }

    /// Types that the translator insists on.
    private void check() {
        if (properties.containsKey("Environment")) {
            Tree.map(properties.get("Environment"), where.key("Environment"));
        }
        Object layers = properties.get("Layers");
        if (layers != null && !SamTransform.isIntrinsic(layers)) {
            Tree.list(layers, where.key("Layers"));
        }
        Object role = properties.get("Role");
        if (role instanceof Map<?, ?> map
                && map.get(Call.IF) instanceof List<?> branches
                && branches.stream().anyMatch(SamFunction::isNoValue)) {
            throw where.key("Role").unknown("Role that is AWS::NoValue in one branch of Fn::If");
        }
        if (role != null && !(role instanceof String) && !SamTransform.isIntrinsic(role)) {
            throw where.key("Role").wrong("must be the ARN of a role");
        }
    }

    private static boolean isNoValue(Object value) {
        return value instanceof Map<?, ?> map && Pseudo.NO_VALUE.equals(map.get(Call.REF));
    }

    private List<Object> tags() {
        List<Object> out = new ArrayList<>();
        out.add(tag("lambda:createdBy", "SAM"));
        if (properties.containsKey("Tags")) {
            Where place = where.key("Tags");
            if (SamTransform.isIntrinsic(Tree.map(properties.get("Tags"), place))) {
                throw place.unknown("function in the place of Tags");
            }
            Tree.map(properties.get("Tags"), place)
                    .forEach((key, value) -> {
                        if (RESERVED_TAGS.contains(key)) {
                            throw place.key(key).wrong("is a reserved tag; use another key");
                        }
                        out.add(tag(key, value));
                    });
        }
        return out;
    }

    private static Map<String, Object> tag(String key, Object value) {
        Map<String, Object> tag = new LinkedHashMap<>();
        tag.put("Key", key);
        tag.put("Value", value);
        return tag;
    }

    private Map<String, Object> eventInvokeConfig(Map<String, Object> config) {
        Where place = where.key("EventInvokeConfig");
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("FunctionName", Map.of(Call.REF, id));
        out.put("Qualifier", "$LATEST");
        out.put("DestinationConfig", Map.of());
        config.forEach((name, value) -> {
            if (!INVOKE.contains(name)) {
                throw place.unknown("property " + name + " of EventInvokeConfig");
            }
            out.put(name, inlining.inline(value, place.key(name)));
        });
        Map<String, Object> resource = new LinkedHashMap<>();
        resource.put("Type", "AWS::Lambda::EventInvokeConfig");
        resource.putAll(attributes(FUNCTION_ATTRIBUTES));
        resource.put("Properties", out);
        return resource;
    }

    private Map<String, Object> attributes(Set<String> names) {
        Map<String, Object> out = new LinkedHashMap<>();
        attributes.forEach((name, value) -> {
            if (names.contains(name)) {
                out.put(name, value);
            }
        });
        return out;
    }
}
