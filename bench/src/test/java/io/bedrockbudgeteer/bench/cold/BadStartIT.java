package io.bedrockbudgeteer.bench.cold;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.packaging.Certificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A shipped function whose start goes wrong answers its event all the same, and says what went
/// wrong.
class BadStartIT {
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final String HANDLER = "io.bedrockbudgeteer.keycheck.KeyCheckFunction";
    private static final List<String> ASKED =
            List.of(
                    "kms DescribeKey",
                    "kms GetKeyRotationStatus",
                    "kms GetKeyPolicy",
                    "answer PUT");

    @TempDir private static Path work;
    private static Certificate certificate;
    private static Variant function;

    @BeforeAll
    static void prepare() throws Exception {
        certificate = Certificate.make(work);
        function = new Variants(PROJECT, work, certificate).function("key-check", HANDLER);
    }

    @ParameterizedTest
    @EnumSource(Gate.Closed.class)
    void a_service_that_cannot_be_reached_at_the_start_is_asked_when_the_event_comes(
            Gate.Closed closed) throws Exception {
        try (Backend backend = new Backend(certificate);
                Gate gate = new Gate(closed, backend.url("kms"))) {
            String start =
                    start(
                            answered(
                                    backend,
                                    Map.of("AWS_ENDPOINT_URL_KMS", gate.url()),
                                    gate::open),
                            backend);

            assertThat(start)
                    .contains(
                            "\"level\":\"WARN\"",
                            "\"rehearsal\":\"played\"",
                            gate.url().replace("https://", "") + ": failed, ");
        }
    }

    @Test
    void a_start_that_is_all_right_says_so() throws Exception {
        try (Backend backend = new Backend(certificate)) {
            String start = start(answered(backend, Map.of(), () -> {}), backend);

            assertThat(start)
                    .contains(
                            "\"level\":\"INFO\"",
                            "\"rehearsal\":\"played\"",
                            "\"classLoader\":\"own\"",
                            backend.url("kms").replace("https://", "") + ": open, x25519");
        }
    }

    @Test
    void without_a_rehearsal_everything_is_done_when_the_event_comes() throws Exception {
        assertThat(startWith(Map.of("KEYGUARD_REHEARSAL", "off")))
                .contains("\"rehearsal\":\"off\"", "\"connections\":\"\"");
    }

    @Test
    void with_the_class_loader_of_the_runtime_the_answer_is_the_same() throws Exception {
        assertThat(startWith(Map.of("KEYGUARD_CLASS_LOADER", "off")))
                .contains(
                        "\"level\":\"INFO\"",
                        "\"rehearsal\":\"played\"",
                        "\"classLoader\":\"off\"");
    }

    /// The runtime passes over a jar that it cannot read; so the function does without its own
    /// loader.
    @Test
    void a_jar_that_cannot_be_read_is_a_warning() throws Exception {
        Path broken = function.folder().resolve("lib/broken.jar");
        Files.writeString(broken, "no jar");
        try {
            assertThat(startWith(Map.of()))
                    .contains(
                            "\"level\":\"WARN\"",
                            "\"rehearsal\":\"played\"",
                            "\"classLoader\":\"failed, ZipException\"");
        } finally {
            Files.delete(broken);
        }
    }

    private static String startWith(Map<String, String> environment) throws Exception {
        try (Backend backend = new Backend(certificate)) {
            return start(answered(backend, environment, () -> {}), backend);
        }
    }

    @FunctionalInterface
    private interface Action {
        void run() throws Exception;
    }

    /// Starts the function, does something once it has started, sends it an event and returns what
    /// it wrote.
    private static String answered(
            Backend backend, Map<String, String> environment, Action whenStarted) throws Exception {
        Path output = Files.createTempFile(work, "function", ".log");
        try (RuntimeApi api = new RuntimeApi()) {
            ProcessBuilder builder =
                    new ProcessBuilder(function.command())
                            .directory(function.folder().toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile());
            Map<String, String> variables = new HashMap<>(ColdStart.environment(backend));
            variables.putAll(environment);
            variables.put("AWS_LAMBDA_RUNTIME_API", api.address());
            builder.environment().putAll(variables);
            Process process = builder.start();
            try {
                api.ready().get(60, TimeUnit.SECONDS);
                whenStarted.run();
                api.send(create(backend));
                api.done().get(60, TimeUnit.SECONDS);
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
        return Files.readString(output);
    }

    /// The line about the start, of a function that asked and answered as it should.
    private static String start(String log, Backend backend) {
        assertThat(backend.takeAnswers())
                .as(log)
                .singleElement()
                .asString()
                .contains("\"Status\":\"SUCCESS\"", Backend.KEY);
        assertThat(backend.takeRequests()).isEqualTo(ASKED);
        return log.lines()
                .filter(line -> line.contains("\"event\":\"start\""))
                .findFirst()
                .orElseThrow(() -> new AssertionError(log));
    }

    private static String create(Backend backend) {
        return """
        {"RequestType":"Create","ServiceToken":"arn:aws:lambda:us-east-1:111122223333:function:bench","ResponseURL":"%s/answer?X-Amz-Signature=example",
         "StackId":"arn:aws:cloudformation:us-east-1:111122223333:stack/bench/0a1b2c3d-0000-1111-2222-333344445555","RequestId":"request-1",
         "ResourceType":"Custom::KmsKeyCheck","LogicalResourceId":"Bench","ResourceProperties":{"ServiceToken":"bench","KeyArn":"%s","Mode":"Patch","RepairPolicy":"false","Recheck":"1"}}
        """
                .formatted(backend.url("answer"), Backend.KEY);
    }
}
