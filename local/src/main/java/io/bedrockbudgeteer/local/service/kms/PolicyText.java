package io.bedrockbudgeteer.local.service.kms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.bedrockbudgeteer.local.service.access.Json;
import io.bedrockbudgeteer.local.service.iam.RoleStore;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What KMS does to a policy between Put and Get: it keeps the unique id of a role instead of its
/// ARN, shows the ARN while the role exists, and prints in its own layout (IAM User Guide, "AWS
/// JSON policy elements: Principal"; KMS API Reference, GetKeyPolicy).
final class PolicyText {
    private final RoleStore roles;
    private final String partition;

    PolicyText(RoleStore roles, String partition) {
        this.roles = roles;
        this.partition = partition;
    }

    JsonNode stored(JsonNode document) {
        return mapped(document, this::storedPrincipal);
    }

    String printed(JsonNode stored) {
        return Json.pretty(mapped(stored, id -> roles.arnOf(id).orElse(id)));
    }

    private String storedPrincipal(String value) {
        if (value.matches("[0-9]{12}")) return "arn:" + partition + ":iam::" + value + ":root";
        Optional<String> id = roles.idOf(value);
        return id.orElse(value);
    }

    private static JsonNode mapped(JsonNode document, UnaryOperator<String> principal) {
        JsonNode copy = document.deepCopy();
        for (JsonNode statement : Json.list(copy.path("Statement"))) {
            for (String element : new String[] {"Principal", "NotPrincipal"}) {
                if (statement.path(element) instanceof ObjectNode principals
                        && principals.has("AWS")) {
                    principals.set("AWS", mappedValue(principals.get("AWS"), principal));
                }
            }
        }
        return copy;
    }

    private static JsonNode mappedValue(JsonNode value, UnaryOperator<String> principal) {
        if (value.isTextual()) return TextNode.valueOf(principal.apply(value.asText()));
        if (!(value instanceof ArrayNode array)) return value;
        for (int i = 0; i < array.size(); i++) array.set(i, mappedValue(array.get(i), principal));
        return array;
    }
}
