package io.bedrockbudgeteer.keyguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `bin/keyguard` as it is shipped.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a POSIX shell script")
class StartScriptIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path SCRIPT = ROOT.resolve("bin/keyguard");
    // One for all tests: making it takes a second.
    private static final Path CACHE = ROOT.resolve("cli/target/start-script-cache");
    private static final Ended VERSION = new Ended(0, "keyguard 0.1.0\n", "");

    @TempDir private Path folder = Path.of(".");

    private static boolean isNew;

    private record Ended(int code, String out, String err) {}

    /// They were built a moment ago, but keep their time when nothing in them changed; the script
    /// would build them again. Once, because a script may be looking at them afterwards.
    @BeforeAll
    static synchronized void what_was_packaged_is_new() throws IOException {
        if (isNew) return;
        FileTime now = FileTime.from(Instant.now());
        Files.setLastModifiedTime(ROOT.resolve("layers/keyguard/target/keyguard.jar"), now);
        Files.setLastModifiedTime(ROOT.resolve("cli/target/cli.jar"), now);
        try (Stream<Path> libraries = Files.list(ROOT.resolve("cli/target/lib"))) {
            for (Path library : libraries.toList()) Files.setLastModifiedTime(library, now);
        }
        isNew = true;
    }

    private Ended run(Path script, String input, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        return end(start(command), input);
    }

    private Process start(List<String> command) throws IOException {
        return start(command, CACHE.toString());
    }

    private Process start(List<String> command, String cache) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectOutput(folder.resolve("out").toFile())
                        .redirectError(folder.resolve("err").toFile());
        builder.environment().put("KEYGUARD_CACHE", cache);
        return builder.start();
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
        assertThat(run(link, "", "--version")).isEqualTo(VERSION);
        assertThat(run(relative, "", "--version")).isEqualTo(VERSION);
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

    @ParameterizedTest
    @CsvSource({
        "check, sufficient, 0",
        "check, default, 1",
        "plan, sufficient, 0",
        "plan, deny, 1"
    })
    void exit_codes_of_a_look_come_through(String command, String policy, int code)
            throws Exception {
        Ended ended = run(SCRIPT, "", look(command, policy));
        assertThat(ended.err()).isEmpty();
        assertThat(ended.code()).isEqualTo(code);
        assertThat(ended.out())
                .startsWith("arn:aws:kms:")
                .contains(
                        command.equals("check")
                                ? "\nCheck: "
                                : code == 0 ? "No changes." : "No plan");
        assertThat(run(SCRIPT, "", look(command, "none")).code()).isEqualTo(2);
    }

    private static String[] look(String command, String policy) {
        return new String[] {
            command,
            "--key-file",
            input("key"),
            "--policy-file",
            input(policy),
            "--environment",
            "production"
        };
    }

    private static String input(String name) {
        return Path.of(ReportCase.file(name)).toAbsolutePath().toString();
    }

    /// A real one, made by script(1).
    @Test
    @EnabledIf(value = "canMakeTerminals", disabledReason = "script(1) of util-linux is not here")
    void on_a_terminal_there_are_colours_and_lines_as_wide_as_it() throws Exception {
        String plan = " '" + String.join("' '", look("plan", "default")) + "'";
        String wide = onTerminal("stty cols 100; '" + SCRIPT + "'" + plan);
        assertThat(wide).contains("\u001B[32m+\u001B[0m add", "\u001B[32m      + {\u001B[0m");
        assertThat(widest(wide)).isBetween(81, 100);
        assertThat(widest(onTerminal("stty cols 80; '" + SCRIPT + "'" + plan))).isBetween(70, 80);
        assertThat(onTerminal("NO_COLOR=1 '" + SCRIPT + "'" + plan)).doesNotContain("\u001B");
        assertThat(onTerminal("'" + SCRIPT + "'" + plan + " --no-color")).doesNotContain("\u001B");
    }

    static boolean canMakeTerminals() throws Exception {
        try {
            Process process = new ProcessBuilder("script", "--version").start();
            String out =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 && out.contains("util-linux");
        } catch (IOException _) {
            return false;
        }
    }

    private String onTerminal(String command) throws Exception {
        Ended ended = end(start(List.of("script", "-qec", command, "/dev/null")), "");
        assertThat(ended.code()).isEqualTo(1);
        return ended.out();
    }

    private static int widest(String text) {
        return text.lines()
                .map(line -> line.replaceAll("\u001B\\[[0-9;]*m", "").stripTrailing())
                .mapToInt(String::length)
                .max()
                .orElseThrow();
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
        ProcessBuilder builder =
                new ProcessBuilder(SCRIPT.toString(), "explain", "--requests", "-")
                        .directory(folder.toFile())
                        .redirectError(folder.resolve("err").toFile());
        builder.environment().put("KEYGUARD_CACHE", CACHE.toString());
        Process process = builder.start();
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

    @Test
    void the_first_run_makes_an_aot_cache_that_the_jdk_takes() throws Exception {
        Path cache = folder.resolve("cache");
        List<String> command = List.of(SCRIPT.toString(), "--version");
        assertThat(end(start(command, cache.toString()), "")).isEqualTo(VERSION);
        Path file;
        try (Stream<Path> files = Files.list(cache)) {
            List<Path> all = files.toList();
            assertThat(all).singleElement().asString().endsWith(".aot");
            file = all.getFirst();
        }
        assertThat(Files.size(file)).isGreaterThan(1_000_000);
        FileTime made = Files.getLastModifiedTime(file);
        assertThat(end(start(command, cache.toString()), "")).isEqualTo(VERSION);
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(made);
        // With the mode that must not go on without the cache.
        ProcessBuilder strict =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:AOTCache=" + file,
                                "-XX:AOTMode=on",
                                "-cp",
                                ROOT.resolve("cli/target/cli.jar").toString(),
                                Main.class.getName(),
                                "--version")
                        .redirectErrorStream(true);
        Process process = strict.start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(VERSION.out());
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void a_broken_cache_or_none_changes_nothing() throws Exception {
        List<String> command = List.of(SCRIPT.toString(), "--version");
        assertThat(end(start(command, "off"), "")).isEqualTo(VERSION);
        assertThat(end(start(command, "/proc/nowhere"), "")).isEqualTo(VERSION);
        Path cache = folder.resolve("broken");
        assertThat(end(start(command, cache.toString()), "")).isEqualTo(VERSION);
        try (Stream<Path> files = Files.list(cache)) {
            for (Path file : files.toList()) Files.writeString(file, "not a cache");
        }
        assertThat(end(start(command, cache.toString()), "")).isEqualTo(VERSION);
    }

    @Test
    void the_distribution_runs_by_itself() throws Exception {
        Path zip = ROOT.resolve("cli/target/keyguard-0.1.0.zip");
        try (FileSystem content = FileSystems.newFileSystem(zip);
                Stream<Path> files = Files.walk(content.getPath("/"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = folder.resolve(file.toString().substring(1));
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
        Path script = folder.resolve("keyguard-0.1.0/bin/keyguard");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Ended version = end(start(List.of(script.toString(), "--version"), "off"), "");
        assertThat(version).isEqualTo(VERSION);
        Ended answered = run(script, good(), "explain", "--requests", "-");
        assertThat(answered.code()).as(answered.err()).isZero();
    }
}
