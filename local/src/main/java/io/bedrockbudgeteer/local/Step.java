package io.bedrockbudgeteer.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a run does after the deployment.
sealed interface Step {

    /// Updates the stack with these parameters.
    record Update(Map<String, String> overrides) implements Step {}

    /// Deletes the stack.
    record Delete() implements Step {}

    /// Reads `update Name=value ...` or `delete`, as one argument or several.
    ///
    /// @throws IllegalArgumentException saying what is allowed
    static Step parse(List<String> arguments) {
        String first = arguments.getFirst().strip();
        String word = first.split("\\s+", 2)[0];
        String rest = first.substring(word.length()).strip();
        List<String> others = arguments.subList(1, arguments.size());
        return switch (word) {
            case "update" -> {
                List<String> pairs = new ArrayList<>(rest.isEmpty() ? List.of() : List.of(rest));
                pairs.addAll(others);
                yield new Update(Overrides.parse(pairs));
            }
            case "delete" -> {
                if (!rest.isEmpty() || !others.isEmpty()) {
                    throw new IllegalArgumentException("--then delete takes nothing after it");
                }
                yield new Delete();
            }
            default ->
                    throw new IllegalArgumentException(
                            "unknown step '"
                                    + word
                                    + "'; use --then delete or --then \"update Name=value\"");
        };
    }
}
