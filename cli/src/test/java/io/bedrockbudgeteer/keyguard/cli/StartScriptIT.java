package io.bedrockbudgeteer.keyguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// `bin/keyguard` as it is shipped.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a POSIX shell script")
class StartScriptIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path SCRIPT = ROOT.resolve("bin/keyguard");

    @TempDir private Path folder = Path.of(".");

    private record Ended(int code, String out, String err) {}

    /// They were built a moment ago, but keep their time when nothing in them changed; the script
    /// would build them again.
    @BeforeAll
    static void what_was_packaged_is_new() throws IOException {
        FileTime now = FileTime.from(Instant.now());
        Files.setLastModifiedTime(ROOT.resolve("layers/keyguard/target/keyguard.jar"), now);
        Files.setLastModifiedTime(ROOT.resolve("cli/target/cli.jar"), now);
        try (Stream<Path> libraries = Files.list(ROOT.resolve("cli/target/lib"))) {
            for (Path library : libraries.toList()) Files.setLastModifiedTime(library, now);
        }
    }

    private Ended run(Path script, String input, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        return end(start(command), input);
    }

    private Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private Ended end(Process process, String input) throws Exception {
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended in time").isTrue();
        return new Ended(
                process.exitValue(),
                Files.readString(folder.resolve("out")),
                Files.readString(folder.resolve("err")));
    }

    private static String good() {
        return RequestText.base().line() + "\n";
    }

    @Test
    void it_works_from_another_folder_and_answers_lines() throws Exception {
        Ended ended = run(SCRIPT, good(), "explain", "--requests", "-");
        assertThat(ended.err()).isEmpty();
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).startsWith("{\"id\":1,\"verdict\":\"ALLOWED\"");
    }

    @Test
    void it_works_through_symbolic_links() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("absolute"), SCRIPT);
        Path relative = Files.createSymbolicLink(folder.resolve("relative"), Path.of("absolute"));
        assertThat(run(link, "", "--version")).isEqualTo(new Ended(0, "keyguard 0.1.0\n", ""));
        assertThat(run(relative, "", "--version")).isEqualTo(new Ended(0, "keyguard 0.1.0\n", ""));
        // JUnit warns of links that lead out of the folder it cleans up.
        Files.delete(relative);
        Files.delete(link);
    }

    @Test
    void exit_code_2_comes_through() throws Exception {
        Ended ended = run(SCRIPT, good() + "[]\n", "explain", "--requests", "-");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err())
                .startsWith("keyguard: 1 of 2 lines could not be read; first: line 2: ")
                .hasLineCount(1);
        assertThat(run(SCRIPT, "", "explian").code()).isEqualTo(2);
    }

    @Test
    void arguments_with_blanks_and_stars_arrive_whole() throws Exception {
        Files.writeString(folder.resolve("a b *.jsonl"), good());
        Ended ended = run(SCRIPT, "", "explain", "--requests", "a b *.jsonl");
        assertThat(ended.code()).as(ended.err()).isZero();
    }

    @Test
    void a_reader_that_goes_away_ends_it_silently() throws Exception {
        Files.writeString(folder.resolve("many.jsonl"), good().repeat(50_000));
        List<String> command =
                List.of(
                        "sh",
                        "-c",
                        "{ \"$0\" explain --requests many.jsonl; echo $? >code; } | head -n 1",
                        SCRIPT.toString());
        Ended ended = end(start(command), "");
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out()).hasLineCount(1);
        assertThat(Files.readString(folder.resolve("code"))).isEqualTo("141\n");
    }

    /// The script becomes the command, so that a signal to it reaches the command.
    @Test
    void a_signal_ends_it_and_leaves_whole_rows_only() throws Exception {
        Process process =
                new ProcessBuilder(SCRIPT.toString(), "explain", "--requests", "-")
                        .directory(folder.toFile())
                        .redirectError(folder.resolve("err").toFile())
                        .start();
        try (OutputStream in = process.getOutputStream();
                BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            in.write(good().getBytes(StandardCharsets.UTF_8));
            in.flush();
            assertThat(out.readLine()).contains("ALLOWED");
            process.toHandle().destroy(); // SIGTERM; the process itself would close its input too
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("ended in time").isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
            assertThat(out.readLine()).isNull();
        }
        assertThat(Files.readString(folder.resolve("err"))).isEmpty();
    }

    @Test
    void without_a_jdk_it_says_what_to_install() throws Exception {
        String script =
                "me=keyguard; root=$0; . \"$0/bin/lib/java.sh\"; find_jdk() { return 1; }; require_jdk";
        Ended ended = end(start(List.of("sh", "-c", script, ROOT.toString())), "");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err())
                .startsWith(
                        "keyguard: this needs a JDK 25 or newer, and none was found; install one")
                .hasLineCount(1);
    }
}
