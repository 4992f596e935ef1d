package io.bedrockbudgeteer.local.service.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.account.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The members of an input. One that is not modelled is refused by name instead of being passed
/// over.
public final class Members {
    private final JsonNode input;

    private Members(JsonNode input) {
        this.input = input;
    }

    /// @throws NotModelledException for a member outside `modelled`
    public static Members of(JsonNode input, String... modelled) {
        Set<String> known = Set.of(modelled);
        for (var member : input.properties()) {
            if (!known.contains(member.getKey()) && !member.getValue().isNull()) {
                throw new NotModelledException("parameter " + member.getKey());
            }
        }
        return new Members(input);
    }

    /// @throws Refusal `ValidationException` when it is missing
    public String required(String name) {
        return text(name)
                .orElseThrow(() ->
                        new Refusal(
                                "ValidationException",
                                400,
                                "1 validation error detected: Value null at '"
                                        + Character.toLowerCase(name.charAt(0))
                                        + name.substring(1)
                                        + "' failed to satisfy constraint: Member must not be null"));
    }

    public Optional<String> text(String name) {
        JsonNode node = input.path(name);
        return node.isMissingNode() || node.isNull()
                ? Optional.empty()
                : Optional.of(node.asText());
    }

    public Optional<Integer> number(String name) {
        JsonNode node = input.path(name);
        return node.isNumber() ? Optional.of(node.intValue()) : Optional.empty();
    }

    public boolean flag(String name) {
        return input.path(name).asBoolean(false);
    }

    public JsonNode node(String name) {
        return input.path(name);
    }

    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        input.path(name).forEach(node -> texts.add(node.asText()));
        return texts;
    }

    public Map<String, String> map(String name) {
        Map<String, String> map = new LinkedHashMap<>();
        input.path(name).properties().forEach(e -> map.put(e.getKey(), e.getValue().asText()));
        return map;
    }

    /// Tags: a list of objects with `Key` and `Value`.
    public Map<String, String> tags(String name) {
        Map<String, String> map = new LinkedHashMap<>();
        input.path(name)
                .forEach(tag -> map.put(tag.path("Key").asText(), tag.path("Value").asText()));
        return map;
    }
}
