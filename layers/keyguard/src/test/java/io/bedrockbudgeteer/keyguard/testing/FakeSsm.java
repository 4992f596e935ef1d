package io.bedrockbudgeteer.keyguard.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Systems Manager Parameter Store: types cannot change in place, tags come only with a new
/// parameter.
public final class FakeSsm {
    /// @param key the KMS key of a SecureString; empty for a String
    public record Parameter(
            String value,
            String type,
            String key,
            long version,
            String description,
            Map<String, String> tags) {}

    private final Map<String, Parameter> parameters = new HashMap<>();
    private final Map<String, Integer> failing = new HashMap<>();

    public synchronized Optional<Parameter> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    public synchronized List<String> names() {
        return parameters.keySet().stream().sorted().toList();
    }

    public synchronized void put(String name, Parameter parameter) {
        parameters.put(name, parameter);
    }

    /// What an operator does in the console.
    public synchronized void edit(String name, String value) {
        parameters.computeIfPresent(
                name,
                (_, p) ->
                        new Parameter(
                                value,
                                p.type(),
                                p.key(),
                                p.version() + 1,
                                p.description(),
                                p.tags()));
    }

    /// The next `times` puts of this one name fail.
    public synchronized void failPutsOf(String name, int times) {
        failing.put(name, times);
    }

    public synchronized void remove(String name) {
        parameters.remove(name);
    }

    synchronized Map<String, Object> handle(String operation, Map<String, Object> input) {
        return switch (operation) {
            case "ssm:PutParameter" -> put(input);
            case "ssm:GetParameter" -> get(input);
            case "ssm:DeleteParameter" -> {
                find(text(input, "Name"));
                parameters.remove(text(input, "Name"));
                yield Map.of();
            }
            case "ssm:ListTagsForResource" -> {
                Parameter found = parameters.get(text(input, "ResourceId"));
                if (found == null)
                    throw new AwsError(400, "InvalidResourceId", "The resource ID isn't valid.");
                List<Object> tags = new ArrayList<>();
                found.tags().forEach((key, value) -> tags.add(Map.of("Key", key, "Value", value)));
                yield Map.of("TagList", tags);
            }
            case "ssm:AddTagsToResource" -> {
                Parameter found = find(text(input, "ResourceId"));
                Map<String, String> tags = new LinkedHashMap<>(found.tags());
                tags.putAll(tags(input));
                parameters.put(
                        text(input, "ResourceId"),
                        new Parameter(
                                found.value(),
                                found.type(),
                                found.key(),
                                found.version(),
                                found.description(),
                                tags));
                yield Map.of();
            }
            case "ssm:RemoveTagsFromResource" -> {
                Parameter found = find(text(input, "ResourceId"));
                Map<String, String> tags = new LinkedHashMap<>(found.tags());
                for (Object key : (List<?>) input.getOrDefault("TagKeys", List.of()))
                    tags.remove(String.valueOf(key));
                parameters.put(
                        text(input, "ResourceId"),
                        new Parameter(
                                found.value(),
                                found.type(),
                                found.key(),
                                found.version(),
                                found.description(),
                                tags));
                yield Map.of();
            }
            default -> throw new AwsError(501, "NotFaked", operation);
        };
    }

    private static String text(Map<String, Object> input, String name) {
        return String.valueOf(input.getOrDefault(name, ""));
    }

    private static Map<String, String> tags(Map<String, Object> input) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (Object entry : (List<?>) input.getOrDefault("Tags", List.of())) {
            Map<?, ?> tag = (Map<?, ?>) entry;
            tags.put(String.valueOf(tag.get("Key")), String.valueOf(tag.get("Value")));
        }
        return tags;
    }

    private Parameter find(String name) {
        Parameter found = parameters.get(name);
        if (found == null) throw new AwsError(400, "ParameterNotFound", null);
        return found;
    }

    private Map<String, Object> put(Map<String, Object> input) {
        String name = text(input, "Name");
        int left = failing.getOrDefault(name, 0);
        failing.put(name, Math.max(0, left - 1));
        if (left > 0)
            throw new AwsError(
                    400, "ParameterLimitExceeded", "You have exceeded the number of parameters.");
        boolean overwrite = Boolean.TRUE.equals(input.get("Overwrite"));
        Parameter old = parameters.get(name);
        if (old != null && !overwrite)
            throw new AwsError(
                    400,
                    "ParameterAlreadyExists",
                    "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.");
        if (overwrite && input.containsKey("Tags"))
            throw new AwsError(
                    400,
                    "ValidationException",
                    "Invalid request: tags and overwrite can't be used together.");
        String type = text(input, "Type");
        if (old != null && !old.type().equals(type))
            throw new AwsError(
                    400,
                    "HierarchyTypeMismatch",
                    "The parameter type cannot be changed from " + old.type() + " to " + type);
        String description =
                input.containsKey("Description")
                        ? text(input, "Description")
                        : old == null ? "" : old.description();
        Parameter stored =
                new Parameter(
                        text(input, "Value"),
                        type,
                        type.equals("SecureString") ? text(input, "KeyId") : "",
                        old == null ? 1 : old.version() + 1,
                        description,
                        old == null ? tags(input) : old.tags());
        parameters.put(name, stored);
        return Map.of("Version", stored.version(), "Tier", "Standard");
    }

    private Map<String, Object> get(Map<String, Object> input) {
        String name = text(input, "Name");
        Parameter found = find(name);
        boolean decrypt = Boolean.TRUE.equals(input.get("WithDecryption"));
        String shown =
                found.type().equals("SecureString") && !decrypt ? "AQICAHencrypted" : found.value();
        return Map.of(
                "Parameter",
                Map.of(
                        "Name",
                        name,
                        "Type",
                        found.type(),
                        "Value",
                        shown,
                        "Version",
                        found.version(),
                        "ARN",
                        "arn:aws:ssm:eu-central-1:111122223333:parameter"
                                + (name.startsWith("/") ? name : "/" + name)));
    }
}
