package io.bedrockbudgeteer.local.template;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// Runs Python where it is installed. Elsewhere the calling test is reported as skipped, with the
/// reason.
final class Python {

    private static final int PATIENCE_SECONDS = 120;

    private Python() {}

    /// What a run gave.
    record Result(int exitCode, String out, String err) {}

    /// Skips the test unless all of these modules can be imported.
    static void require(String... modules) {
        for (String module : modules) {
            Result result = run("", "-c", "import " + module);
            Assumptions.assumeTrue(
                    result.exitCode() == 0,
                    () -> "SKIPPED: this machine's python3 has no module " + module);
        }
    }

    static Result run(String input, String... arguments) {
        List<String> command = new ArrayList<>(List.of("python3"));
        command.addAll(List.of(arguments));
        try {
            Path folder = Files.createTempDirectory("python");
            Path in = Files.writeString(folder.resolve("in"), input);
            Path out = folder.resolve("out");
            Path err = folder.resolve("err");
            // Files instead of pipes: neither side can block on a full one.
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .redirectInput(in.toFile())
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile());
            builder.environment().put("PYTHONIOENCODING", "utf-8");
            // The translator wants some Region and must not look for credentials.
            builder.environment().put("AWS_DEFAULT_REGION", "us-east-1");
            builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
            Process process = builder.start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        "python3 did not end within " + PATIENCE_SECONDS + " s");
            }
            Result result =
                    new Result(
                            process.exitValue(),
                            Files.readString(out),
                            Files.readString(err, StandardCharsets.UTF_8));
            for (Path file : List.of(in, out, err, folder)) {
                Files.delete(file);
            }
            return result;
        } catch (IOException e) {
            return Assumptions.abort(
                    "SKIPPED: python3 cannot be started on this machine: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
