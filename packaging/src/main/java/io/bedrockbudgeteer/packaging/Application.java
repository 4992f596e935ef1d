package io.bedrockbudgeteer.packaging;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A folder that holds one function with all that its process needs beside a JVM: the jars under
/// `lib` and the script `start`, and, once they are made, the options of the start and the AOT
/// cache.
///
/// A cache belongs to one JVM and to the jars that it was made with, with their paths, sizes and
/// times of change. So the folder is not moved after the training.
///
/// @param folder absolute
/// @param java the launcher of the JVM that the cache is for
public record Application(Path folder, Path java) {
    /// Names the cache to the function, which says in its log whether the JVM uses it.
    static final String PROPERTY = "keyguard.aotCache";

    private static final String MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

    public Application {
        folder = folder.toAbsolutePath().normalize();
    }

    /// The AOT cache.
    public Path cache() {
        return folder.resolve("start.aot");
    }

    /// What stands behind the cache on every command line, as the `java` launcher reads it.
    public Path options() {
        return folder.resolve("start.options");
    }

    /// What the image starts, the handler excluded.
    public List<String> command() {
        return List.of("sh", folder.resolve("start").toString());
    }

    /// Writes [#options]: what the managed runtime gives Java (C1 only, serial collector), and the
    /// class path jar by jar. Source: Lambda Developer Guide, Customize Java runtime startup
    /// behavior.
    void writeOptions() throws IOException {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                // Classes come linked, so compiling is what is left to save:
                                // a start is over before most methods get their time back.
                                "-XX:CompileThresholdScaling=3",
                                // Profiles of methods in the cache are for compilers above C1,
                                // and a thread reads them while the start has no time for it.
                                "-XX:+UnlockDiagnosticVMOptions",
                                "-XX:-AOTReplayTraining",
                                // Room for what a start allocates, so that it collects nothing.
                                "-Xmn24m",
                                // Fewer page faults, which are dear in a microVM. Where the system
                                // has no such pages Java goes on without, and need not say so.
                                "-XX:+UseTransparentHugePages",
                                "-Xlog:pagesize=off",
                                // The JVM sees the memory of the function; a quarter of it, as it
                                // would take by itself, is too little.
                                "-XX:MaxRAMPercentage=75",
                                "--enable-native-access=ALL-UNNAMED",
                                "-D" + PROPERTY + "=" + cache(),
                                "-cp",
                                classPath(),
                                MAIN));
        Files.writeString(
                options(),
                String.join("\n", words.stream().map(Application::quoted).toList()) + "\n");
    }

    private String classPath() throws IOException {
        return String.join(File.pathSeparator, lib().stream().map(Path::toString).toList());
    }

    private List<Path> lib() throws IOException {
        Path lib = folder.resolve("lib");
        try (Stream<Path> files = Files.list(lib)) {
            List<Path> jars =
                    files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
            if (jars.isEmpty()) throw new IOException(lib + " holds no jar");
            return jars;
        }
    }

    /// Has `start` note what the cache is and belongs to, so that it knows later.
    ///
    /// @throws IOException when it could not, with what it wrote
    void seal() throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(command());
        words.add("--seal");
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) throw new IOException("start --seal: " + said.strip());
    }

    // The launcher reads \ as an escape and ends a word at a space.
    private static String quoted(String word) {
        return "\"" + word.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
