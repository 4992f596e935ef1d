package io.bedrockbudgeteer.local.service.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.function.Consumer;

/// What an operation gives, as JSON or as XML, or nothing.
///
/// @param namespace of the XML answer
public record Result(Optional<JsonNode> json, Optional<Consumer<Xml>> xml, String namespace) {

    public static Result json(JsonNode json) {
        return new Result(Optional.of(json), Optional.empty(), "");
    }

    public static Result xml(String namespace, Consumer<Xml> xml) {
        return new Result(Optional.empty(), Optional.of(xml), namespace);
    }

    /// KMS answers operations without output with an empty body.
    public static Result nothing() {
        return new Result(Optional.empty(), Optional.empty(), "");
    }
}
