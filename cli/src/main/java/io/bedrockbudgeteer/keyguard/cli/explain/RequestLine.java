package io.bedrockbudgeteer.keyguard.cli.explain;

import io.bedrockbudgeteer.keyguard.json.Json;
import java.util.Optional;

/// What a line of a request file turned out to be.
sealed interface RequestLine {

    /// @param id string or number; empty when the line has none
    record Asked(Optional<Json> id, Question question) implements RequestLine {}

    /// @param id as far as it could be read
    /// @param isJson whether the line is a well-formed object, so that a missing id is known to be
    ///   missing
    /// @param problem one sentence
    record Bad(Optional<Json> id, boolean isJson, String problem) implements RequestLine {}
}
