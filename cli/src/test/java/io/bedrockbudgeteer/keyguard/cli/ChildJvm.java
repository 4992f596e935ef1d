package io.bedrockbudgeteer.keyguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The command in a process of its own, where a test needs one: a heap of a known size, a working
/// folder, a look at the classes that are loaded.
final class ChildJvm {

    private ChildJvm() {}

    /// @param flags of the JVM
    static Process start(Path folder, List<String> flags, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectError(folder.resolve("stderr").toFile());
        // Credentials of whoever runs the tests are none of their business.
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        return builder.start();
    }

    static int end(Process process) throws InterruptedException {
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ended in time").isTrue();
        return process.exitValue();
    }
}
