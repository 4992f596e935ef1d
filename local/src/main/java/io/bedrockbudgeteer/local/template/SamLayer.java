package io.bedrockbudgeteer.local.template;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `AWS::Serverless::LayerVersion`. A layer version cannot change, so the logical id carries a hash
/// of the properties: other content is another resource, and the old one stays unless the policy
/// says otherwise.
final class SamLayer {

    static final String TYPE = "AWS::Serverless::LayerVersion";

    private static final Set<String> PROPERTIES =
            Set.of(
                    "LayerName",
                    "Description",
                    "ContentUri",
                    "CompatibleRuntimes",
                    "CompatibleArchitectures",
                    "LicenseInfo",
                    "RetentionPolicy");
    // The translator puts parameter values into these before it hashes.
    private static final Set<String> INLINED =
            Set.of("LayerName", "LicenseInfo", "Description", "RetentionPolicy");
    private static final Set<String> PASSED_ON =
            Set.of("Condition", "DeletionPolicy", "UpdateReplacePolicy");
    private static final Set<String> NOT_HASHED =
            Set.of("DeletionPolicy", "UpdateReplacePolicy", "Metadata");
    private static final int HASH_LENGTH = 10;

    private final ResourceDefinition definition;
    private final Map<String, Object> attributes;
    private final SamInlining inlining;
    private final CodeLocations locations;
    private final Where where;

    SamLayer(
            ResourceDefinition definition,
            Map<String, Object> attributes,
            SamInlining inlining,
            CodeLocations locations) {
        this.definition = definition;
        this.attributes = attributes;
        this.inlining = inlining;
        this.locations = locations;
        this.where = ResourceDefinition.where(definition.logicalId()).key("Properties");
    }

    /// One resource.
    Map<String, Object> resources() {
        Map<String, Object> properties = properties();
        String id = definition.logicalId() + hash(properties);
        Map<String, Object> resource = new LinkedHashMap<>();
        resource.put("Type", "AWS::Lambda::LayerVersion");
        if (attributes.containsKey("DependsOn") && !definition.dependsOn().isEmpty()) {
            resource.put("DependsOn", required(attributes, "DependsOn"));
        }
        attributes.forEach((key, value) -> {
            if (PASSED_ON.contains(key)) {
                resource.put(key, value);
            }
        });
        resource.putIfAbsent("DeletionPolicy", "Retain");
        retention(properties).ifPresent(policy -> resource.put("DeletionPolicy", policy));
        resource.put("Properties", translated(properties));
        return Map.of(id, resource);
    }

    private Map<String, Object> properties() {
        Map<String, Object> out = new LinkedHashMap<>();
        definition
                .properties()
                .forEach((name, value) -> {
                    if (!PROPERTIES.contains(name)) {
                        throw where.unknown("property " + name + " of " + TYPE);
                    }
                    Object result =
                            INLINED.contains(name)
                                    ? inlining.inline(value, where.key(name))
                                    : value;
                    if (INLINED.contains(name)
                            && !(result instanceof String)
                            && !SamTransform.isIntrinsic(result)) {
                        throw where.key(name)
                                .wrong("must be text, found " + result + "; put it in quotes");
                    }
                    out.put(
                            name,
                            name.equals("ContentUri")
                                    ? locations.locate(result, where.key(name))
                                    : result);
                });
        if (!out.containsKey("ContentUri")) {
            throw where.wrong("must have ContentUri");
        }
        architectures(out);
        return out;
    }

    private void architectures(Map<String, Object> properties) {
        Object value = properties.get("CompatibleArchitectures");
        if (value == null || SamTransform.isIntrinsic(value)) {
            return;
        }
        Where place = where.key("CompatibleArchitectures");
        List<Object> list = Tree.list(value, place);
        for (int i = 0; i < list.size(); i++) {
            if (!SamTransform.isIntrinsic(list.get(i))
                    && !list.get(i).equals("arm64")
                    && !list.get(i).equals("x86_64")) {
                throw place.item(i).wrong("must be arm64 or x86_64, found " + list.get(i));
            }
        }
    }

    private String hash(Map<String, Object> properties) {
        Map<String, Object> resource = new LinkedHashMap<>(attributes);
        NOT_HASHED.forEach(resource::remove);
        if (definition.dependsOn().isEmpty()) {
            resource.remove("DependsOn");
        }
        resource.put("Properties", properties);
        String json = PythonJson.write(Map.of(definition.logicalId(), resource), where);
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1")
                            .digest(json.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    private Optional<String> retention(Map<String, Object> properties) {
        if (!properties.containsKey("RetentionPolicy")) {
            return Optional.empty();
        }
        Where place = where.key("RetentionPolicy");
        String policy = Tree.text(required(properties, "RetentionPolicy"), place);
        if (policy.equalsIgnoreCase("Retain")) {
            return Optional.of("Retain");
        }
        if (policy.equalsIgnoreCase("Delete")) {
            return Optional.of("Delete");
        }
        throw place.wrong("must be Retain or Delete, found '" + policy + "'");
    }

    private Map<String, Object> translated(Map<String, Object> properties) {
        Map<String, Object> out = new LinkedHashMap<>();
        properties.forEach((name, value) -> {
            switch (name) {
                case "RetentionPolicy" -> {}
                case "ContentUri" -> out.put("Content", SamCode.location(value, where.key(name)));
                default -> out.put(name, value);
            }
        });
        // Without a name of its own a layer keeps the logical id of the template, so that its
        // versions count on.
        if ("".equals(out.getOrDefault("LayerName", ""))) {
            out.put("LayerName", definition.logicalId());
        }
        return out;
    }

    private static Object required(Map<String, Object> map, String key) {
        Object value = map.get(key);
        if (value == null) {
            throw new IllegalStateException("no " + key);
        }
        return value;
    }
}
