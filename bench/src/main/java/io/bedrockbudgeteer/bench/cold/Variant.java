package io.bedrockbudgeteer.bench.cold;

import java.nio.file.Path;
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
        return isHere() && command.getFirst().endsWith("java");
    }
}
