package io.bedrockbudgeteer.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A command whose start is measured.
///
/// @param name for the table
/// @param words to start it; empty when it is not installed here
record Command(String name, List<String> words) {

    Command {
        words = List.copyOf(words);
    }

    boolean isHere() {
        return !words.isEmpty();
    }

    /// The shipped command and what people compare it with, which is usually written in Python.
    ///
    /// @param project folder of the project, built
    static List<Command> all(Path project) {
        String keyguard = project.resolve("bin/keyguard").toString();
        Path inputs = project.resolve("cli/src/main/resources/io/bedrockbudgeteer/keyguard/cli");
        List<String> check =
                List.of(
                        "check",
                        "--key-file",
                        inputs.resolve("warm-up-key.json").toString(),
                        "--policy-file",
                        inputs.resolve("warm-up-policy.json").toString());
        return List.of(
                new Command("keyguard check, offline", words(List.of(keyguard), check)),
                new Command(
                        "keyguard check, offline, without AOT cache",
                        words(List.of("env", "KEYGUARD_CACHE=off", keyguard), check)),
                new Command("keyguard --help", List.of(keyguard, "--help")),
                installed("aws", "--version"),
                installed("cfn-lint", "--version"));
    }

    private static List<String> words(List<String> first, List<String> rest) {
        List<String> all = new ArrayList<>(first);
        all.addAll(rest);
        return all;
    }

    /// The program itself where a version manager has put a start script of its own before it.
    private static Command installed(String program, String argument) {
        Optional<Path> found = onPath(program);
        if (found.filter(path -> path.toString().contains("/shims/")).isPresent())
            found = answer("pyenv", "which", program).map(Path::of).or(() -> onPath(program));
        return new Command(
                program + " " + argument,
                found.map(path -> List.of(path.toString(), argument)).orElse(List.of()));
    }

    private static Optional<Path> onPath(String program) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
            Path file = Path.of(folder, program);
            if (Files.isExecutable(file)) return Optional.of(file);
        }
        return Optional.empty();
    }

    private static Optional<String> answer(String... words) {
        try {
            Process process =
                    new ProcessBuilder(words)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String line =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                            .strip();
            return process.waitFor() == 0 && !line.isEmpty() ? Optional.of(line) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
