package io.bedrockbudgeteer.local.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bedrockbudgeteer.local.service.access.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Takes the queries out of URLs before something is shown: a presigned URL lets whoever has it
/// answer for the function.
final class Redaction {
    static final String MARK = "?REDACTED";
    private static final Pattern QUERY = Pattern.compile("(https?://[^\\s\"'?]+)\\?[^\\s\"']*");

    private Redaction() {}

    /// A text with the query of every URL replaced.
    static String text(String text) {
        return QUERY.matcher(text).replaceAll("$1" + MARK);
    }

    /// A JSON text, value by value, so that it stays JSON.
    static JsonNode json(String text) {
        try {
            return redacted(Json.read(text));
        } catch (IOException e) {
            return Json.MAPPER.getNodeFactory().textNode(text(text));
        }
    }

    private static JsonNode redacted(JsonNode node) {
        if (node.isTextual()) return Json.MAPPER.getNodeFactory().textNode(text(node.asText()));
        if (node instanceof ArrayNode array) {
            List<JsonNode> values = new ArrayList<>();
            array.forEach(value -> values.add(redacted(value)));
            return Json.MAPPER.createArrayNode().addAll(values);
        }
        if (node instanceof ObjectNode object) {
            ObjectNode copy = Json.MAPPER.createObjectNode();
            object.properties()
                    .forEach(member -> copy.set(member.getKey(), redacted(member.getValue())));
            return copy;
        }
        return node;
    }
}
