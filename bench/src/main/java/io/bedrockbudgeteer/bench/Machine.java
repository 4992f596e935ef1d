package io.bedrockbudgeteer.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Where a run took place. Figures of different machines cannot be compared.
///
/// @param processors that the JVM sees
/// @param processor the model, as the operating system names it
/// @param java version and vendor
/// @param system name and architecture
public record Machine(int processors, String processor, String java, String system) {
    private static final Path LINUX = Path.of("/proc/cpuinfo");

    public static Machine here() {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                processorModel(),
                System.getProperty("java.version") + ", " + System.getProperty("java.vendor"),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    }

    /// The beginning of what stands above every table.
    ///
    /// @param date of the run
    public String ran(String date) {
        return "Run of %s on %d processors (%s), %s, Java %s"
                .formatted(date, processors, processor, system, java);
    }

    private static String processorModel() {
        if (!Files.isReadable(LINUX)) return "unknown processor";
        try (Stream<String> lines = Files.lines(LINUX)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown processor");
        } catch (IOException e) {
            return "unknown processor";
        }
    }
}
