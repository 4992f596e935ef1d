package io.bedrockbudgeteer.local.engine;

import java.util.List;
import java.util.Map;

/// What one stack operation came to.
///
/// @param reason why the stack is in this state; empty when all went well
/// @param events of this operation, oldest first; none when there was nothing to do
/// @param outputs of the stack as it is now
public record StackResult(
        Status status, String reason, List<StackEvent> events, Map<String, String> outputs) {}
