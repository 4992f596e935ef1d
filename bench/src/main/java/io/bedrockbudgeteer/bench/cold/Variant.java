package io.bedrockbudgeteer.bench.cold;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One way to write and package the function.
///
/// @param id short, for files and for comparing, such as `node`
/// @param name for people
/// @param command that starts its process; empty when it cannot run here
/// @param environment beside what all have
/// @param folder in which it is started
/// @param packed bytes that would be uploaded
/// @param missing why it cannot run here; empty when it can
record Variant(
        String id,
        String name,
        List<String> command,
        Map<String, String> environment,
        Path folder,
        long packed,
        String missing) {
    /// Options for the JVM that a start script starts.
    static final String JAVA_OPTIONS = "JAVA_TOOL_OPTIONS";

    Variant {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    static Variant missing(String id, String name, String why) {
        return new Variant(id, name, List.of(), Map.of(), Path.of("."), 0, why);
    }

    boolean isHere() {
        return missing.isEmpty();
    }

    boolean isJava() {
        return isHere() && (isJvm() || environment.containsKey(JAVA_OPTIONS));
    }

    /// This variant with more options for its JVM, of the kind that [#isJava] says it has.
    Variant with(List<String> options) {
        if (options.isEmpty()) return this;
        List<String> words = new ArrayList<>(command);
        Map<String, String> variables = new HashMap<>(environment);
        if (isJvm()) words.addAll(1, options);
        else
            variables.merge(
                    JAVA_OPTIONS, String.join(" ", options), (all, more) -> all + " " + more);
        return new Variant(id, name, words, variables, folder, packed, missing);
    }

    private boolean isJvm() {
        return command.getFirst().endsWith("java");
    }
}
