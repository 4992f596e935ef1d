package io.bedrockbudgeteer.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.local.account.Functions.Function;
import io.bedrockbudgeteer.local.engine.FakeQueues;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Real processes of a function, with the class data of an earlier one, or with what became of it.
@EnabledOnOs(value = OS.LINUX, disabledReason = "AWS's runtime interface client is for Linux only")
class ClassDataTest {
    private static final String ARN = "arn:aws:lambda:us-east-1:111122223333:function:f";
    private static final String USES_CLASS_DATA = "-XX:AOTCache=";

    /// Answers with its process id and JVM options.
    private static final String SOURCE =
            """
            import com.amazonaws.services.lambda.runtime.*;
            import java.io.*;
            import java.nio.charset.StandardCharsets;
            public class Plain implements RequestStreamHandler {
                public Plain() {
                    if (System.getenv("FAIL_INIT") != null) throw new IllegalStateException("no start");
                }
                public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
                    ProcessHandle self = ProcessHandle.current();
                    out.write((self.pid() + " " + String.join(" ", self.info().arguments().get()))
                            .getBytes(StandardCharsets.UTF_8));
                }
            }
            """;

    @TempDir static Path directory;

    static Path rootZip = Path.of("unset");
    static Path zip = Path.of("unset");
    static Path layer = Path.of("unset");

    @TempDir private Path parent;

    private final List<LambdaHost> hosts = new ArrayList<>();
    private Path folder = Path.of("unset");

    @BeforeAll
    static void pack() {
        rootZip = Packages.function(directory, 25, "Plain", SOURCE);
        zip = Packages.inLib(rootZip);
        layer = Packages.layer(directory);
    }

    @BeforeEach
    void name() {
        folder = parent.resolve("kept");
    }

    @AfterEach
    void close() {
        hosts.forEach(LambdaHost::close);
    }

    @Test
    void third_deployment_starts_with_the_classes_of_the_second() throws Exception {
        assertThat(answer(zip, Map.of())).doesNotContain(USES_CLASS_DATA);
        assertThat(kept(".aot")).isEmpty();
        assertThat(answer(zip, Map.of())).doesNotContain(USES_CLASS_DATA);
        Path archive = await(".aot");

        String answer = answer(zip, Map.of());

        assertThat(answer).contains(USES_CLASS_DATA + archive);
        assertThat(flags("Plain", answer)).as("flags of the handler's class").contains("S");
        assertThat(flags("Plain", answer(rootZip, Map.of()))).doesNotContain("S");
    }

    @Test
    void archive_that_no_jvm_can_use_is_harmless() throws Exception {
        Path archive = trained();
        byte[] broken = "not an archive".getBytes(StandardCharsets.UTF_8);
        String name = archive.getFileName().toString();
        Files.delete(archive);
        // As if it had been made so: a JVM gets to see it.
        Path other =
                folder.resolve(
                        name.substring(0, name.indexOf('-') + 1)
                                + Contents.sha256(broken)
                                + ".aot");
        Files.write(other, broken);

        String answer = answer(zip, Map.of());

        assertThat(answer).contains(USES_CLASS_DATA + other);
        assertThat(hosts.getLast().logs().get("f")).doesNotContain("AOT", "aot");
    }

    @Test
    void archive_with_another_content_than_was_made_is_thrown_away() throws Exception {
        Path archive = trained();
        byte[] content = Files.readAllBytes(archive);
        content[content.length / 2] ^= 1;
        Files.write(archive, content);

        assertThat(answer(zip, Map.of())).doesNotContain(USES_CLASS_DATA);

        assertThat(archive).doesNotExist();
    }

    @Test
    void function_that_does_not_start_is_not_trained_again() throws Exception {
        Map<String, String> fails = Map.of("FAIL_INIT", "1");
        assertThat(run(zip, fails)).isInstanceOf(Outcome.NotStarted.class);
        assertThat(run(zip, fails)).isInstanceOf(Outcome.NotStarted.class);

        await(".none");

        assertThat(kept(".aot")).isEmpty();
        assertThat(answer(zip, Map.of())).doesNotContain(USES_CLASS_DATA);
    }

    @Test
    void function_with_jvm_options_of_its_own_goes_without() throws Exception {
        Map<String, String> options = Map.of("JAVA_TOOL_OPTIONS", "-Xshare:off");
        answer(zip, options);

        assertThat(answer(zip, options)).doesNotContain(USES_CLASS_DATA);
        assertThat(kept(".seen")).isEmpty();
    }

    @Test
    void function_whose_jvm_options_are_sizes_has_class_data() throws Exception {
        Map<String, String> options = Map.of("JAVA_TOOL_OPTIONS", "-Xmn8m  -Xss512k");
        answer(zip, options);
        answer(zip, options);
        await(".aot");

        assertThat(answer(zip, options)).contains(USES_CLASS_DATA);
    }

    @Test
    void folder_that_others_can_write_to_is_not_used() throws Exception {
        Files.createDirectory(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

        answer(zip, Map.of());

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void function_runs_without_a_folder_where_none_can_be_made() throws Exception {
        Files.writeString(folder, "a file");

        assertThat(answer(zip, Map.of())).doesNotContain(USES_CLASS_DATA);
    }

    private Path trained() throws Exception {
        answer(zip, Map.of());
        answer(zip, Map.of());
        return await(".aot");
    }

    private String answer(Path code, Map<String, String> environment) throws Exception {
        Outcome outcome = run(code, environment);
        assertThat(outcome).isInstanceOf(Outcome.Returned.class);
        return ((Outcome.Returned) outcome).payload();
    }

    private Outcome run(Path code, Map<String, String> environment) throws Exception {
        LambdaHost host =
                new LambdaHost(
                        new LambdaOptions(
                                RuntimeClient.AWS,
                                1,
                                1,
                                Optional.empty(),
                                Optional.of(folder),
                                InstantSource.system()),
                        function -> Map.of(),
                        event -> {},
                        new FakeQueues());
        hosts.add(host);
        host.put(
                new Function(
                        ARN,
                        "f",
                        "Plain::handleRequest",
                        "java25",
                        256,
                        30,
                        code,
                        List.of(layer),
                        environment,
                        "arn:aws:iam::111122223333:role/f",
                        "/aws/lambda/f"));
        return host.invoke(ARN, "{}");
    }

    private List<Path> kept(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }

    private Path await(String suffix) throws Exception {
        for (int i = 0; i < 1200; i++) {
            List<Path> found = kept(suffix);
            if (!found.isEmpty()) return found.getFirst();
            Thread.sleep(100);
        }
        throw new AssertionError("no file " + suffix + " in " + folder);
    }

    /// What jcmd says about a class in the process that answered; S stands for shared.
    private static String flags(String className, String answer) throws Exception {
        Process jcmd =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                answer.substring(0, answer.indexOf(' ')),
                                "VM.classes")
                        .redirectErrorStream(true)
                        .start();
        String text = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return text.lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(row -> row[row.length - 1].equals(className))
                .map(row -> row[row.length - 2])
                .findFirst()
                .orElseThrow(() -> new AssertionError("no class " + className + " in " + text));
    }
}
