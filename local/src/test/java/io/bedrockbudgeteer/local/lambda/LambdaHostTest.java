package io.bedrockbudgeteer.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.bedrockbudgeteer.local.account.Functions.Function;
import io.bedrockbudgeteer.local.account.Functions.InvokeConfig;
import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.account.Refusal;
import io.bedrockbudgeteer.local.engine.FakeQueues;
import io.bedrockbudgeteer.local.service.access.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Real child processes with both runtime clients. The handler does what the event says.
class LambdaHostTest {
    private static final String ARN = "arn:aws:lambda:us-east-1:111122223333:function:f";
    private static final String QUEUE = "arn:aws:sqs:us-east-1:111122223333:q";
    private static final String SOURCE =
            """
            import com.amazonaws.services.lambda.runtime.*;
            import java.io.*;
            import java.nio.charset.StandardCharsets;
            public class Probe implements RequestStreamHandler {
                static int calls;
                public Probe() {
                    if (System.getenv("FAIL_INIT") != null) throw new IllegalStateException("no start");
                }
                public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
                    String event = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                    calls++;
                    System.out.println("saw " + event + " as " + context.getAwsRequestId() + " pid " + ProcessHandle.current().pid());
                    context.getLogger().log("grüße\\n");
                    if (event.contains("fail")) throw new IllegalArgumentException("asked to fail");
                    if (event.contains("exit")) Runtime.getRuntime().halt(7);
                    if (event.contains("memory")) { long[][] all = new long[4096][]; for (int i = 0; i < 4096; i++) all[i] = new long[1 << 20]; }
                    if (event.contains("sleep")) { try { Thread.sleep(60_000); } catch (InterruptedException e) { throw new IOException(e); } }
                    String text = event.contains("environment") ? new java.util.TreeMap<>(System.getenv()).toString()
                            : "{\\"calls\\":" + calls + ",\\"left\\":" + context.getRemainingTimeInMillis() + ",\\"name\\":\\""
                                + context.getFunctionName() + "\\",\\"arn\\":\\"" + context.getInvokedFunctionArn() + "\\"}";
                    out.write(text.getBytes(StandardCharsets.UTF_8));
                }
            }
            """;

    @TempDir static Path directory;

    static Path zip = Path.of("unset");
    static Path layer = Path.of("unset");

    private final List<LambdaHost> hosts = new CopyOnWriteArrayList<>();
    private final List<String> delivered = new CopyOnWriteArrayList<>();
    private final FakeQueues queues = new FakeQueues();

    @BeforeAll
    static void pack() {
        zip = Packages.function(directory, 25, "Probe", SOURCE);
        layer = Packages.layer(directory);
    }

    @AfterEach
    void close() {
        hosts.forEach(LambdaHost::close);
    }

    @ParameterizedTest
    @EnumSource(RuntimeClient.class)
    void handler_runs_in_one_warm_process_with_its_context(RuntimeClient client) throws Exception {
        LambdaHost host = host(client, 1);
        host.put(function(Map.of(), 30, 256));

        assertThat(returned(host.invoke(ARN, "{\"n\":1}")))
                .contains("\"calls\":1", "\"name\":\"f\"", "\"arn\":\"" + ARN + "\"");
        String second = returned(host.invoke(ARN, "{\"n\":2}"));

        assertThat(second).contains("\"calls\":2");
        assertThat(Integer.parseInt(second.replaceAll(".*\"left\":([0-9]+).*", "$1")))
                .isBetween(20_000, 30_000);
        assertThat(log(host))
                .contains(
                        "saw {\"n\":1}",
                        "saw {\"n\":2}",
                        "grüße",
                        "START RequestId",
                        "END RequestId");
    }

    @ParameterizedTest
    @EnumSource(RuntimeClient.class)
    void environment_is_built_from_nothing(RuntimeClient client) throws Exception {
        LambdaHost host = host(client, 1);
        host.put(function(Map.of("OWN", "value"), 30, 256));

        String environment = returned(host.invoke(ARN, "{\"environment\":1}"));

        assertThat(environment)
                .contains(
                        "OWN=value",
                        "FROM_HOST=1",
                        "AWS_EXECUTION_ENV=AWS_Lambda_java25",
                        "_HANDLER=Probe::handleRequest");
        assertThat(environment).doesNotContain("HOME=", "USER=", "MAVEN", "JAVA_HOME");
    }

    @ParameterizedTest
    @EnumSource(RuntimeClient.class)
    void failed_event_is_tried_three_times_with_one_request_id(RuntimeClient client)
            throws Exception {
        LambdaHost host = host(client, 600);
        host.put(function(Map.of(), 30, 256));

        host.invokeAsync(ARN, "{\"fail\":1}");

        assertThat(host.awaitQuiet(Duration.ofSeconds(20))).isTrue();
        assertThat(delivered).hasSize(3);
        assertThat(requestIds(host)).hasSize(1);
        assertThat(host.discarded())
                .singleElement()
                .asString()
                .contains("attempt 3 failed", "asked to fail");
    }

    @Test
    void retry_attempts_are_limited_by_the_function() throws Exception {
        LambdaHost host = host(RuntimeClient.OWN, 600);
        host.put(function(Map.of(), 30, 256));
        host.invokeConfig(ARN, new InvokeConfig(0, 21_600, Optional.empty()));

        host.invokeAsync(ARN, "{\"fail\":1}");

        assertThat(host.awaitQuiet(Duration.ofSeconds(20))).isTrue();
        assertThat(delivered).hasSize(1);
    }

    @Test
    void event_is_given_up_when_the_next_attempt_would_be_too_late() throws Exception {
        LambdaHost host = host(RuntimeClient.OWN, 600);
        host.put(function(Map.of(), 30, 256));
        host.invokeConfig(ARN, new InvokeConfig(2, 60, Optional.empty()));

        host.invokeAsync(ARN, "{\"fail\":1}");

        assertThat(host.awaitQuiet(Duration.ofSeconds(20))).isTrue();
        assertThat(host.discarded()).singleElement().asString().contains("maximum event age");
        assertThat(delivered.size()).isLessThan(3);
    }

    @ParameterizedTest
    @EnumSource(RuntimeClient.class)
    void event_that_is_given_up_lands_in_the_queue_with_the_error_of_the_last_attempt(
            RuntimeClient client) throws Exception {
        LambdaHost host = withQueue(client, 2, 21_600);

        host.invokeAsync(ARN, "{\"fail\":1}");

        assertThat(host.awaitQuiet(Duration.ofSeconds(20))).isTrue();
        JsonNode record = theRecord();
        assertThat(record.path("version").asText()).isEqualTo("1.0");
        assertThat(Instant.parse(record.path("timestamp").asText()))
                .isEqualTo(host.deadLetters().getFirst().time().truncatedTo(ChronoUnit.MILLIS));
        assertThat(record.path("requestContext"))
                .isEqualTo(
                        Json.MAPPER
                                .createObjectNode()
                                .put("requestId", requestIds(host).getFirst())
                                .put("functionArn", ARN + ":$LATEST")
                                .put("condition", "RetriesExhausted")
                                .put("approximateInvokeCount", 3));
        assertThat(record.path("requestPayload").path("fail").asInt()).isEqualTo(1);
        assertThat(record.path("responseContext"))
                .isEqualTo(
                        Json.MAPPER
                                .createObjectNode()
                                .put("statusCode", 200)
                                .put("executedVersion", "$LATEST")
                                .put("functionError", "Unhandled"));
        assertThat(record.at("/responsePayload/errorMessage").asText()).isEqualTo("asked to fail");
        assertThat(host.deadLetters())
                .singleElement()
                .satisfies(letter -> {
                    assertThat(letter.condition()).isEqualTo("RetriesExhausted");
                    assertThat(letter.attempts()).isEqualTo(3);
                    assertThat(letter.refusal()).isEmpty();
                    assertThat(letter.toString()).doesNotContain("fail");
                });
    }

    @Test
    void event_that_grew_too_old_says_so_in_the_queue() throws Exception {
        LambdaHost host = withQueue(RuntimeClient.OWN, 2, 60);

        host.invokeAsync(ARN, "{\"fail\":1}");

        assertThat(host.awaitQuiet(Duration.ofSeconds(20))).isTrue();
        JsonNode record = theRecord();
        assertThat(record.at("/requestContext/condition").asText()).isEqualTo("EventAgeExceeded");
        // A slow machine may be too late for the first attempt already.
        int attempts = record.at("/requestContext/approximateInvokeCount").asInt();
        assertThat(attempts).isEqualTo(delivered.size()).isLessThan(3);
        assertThat(record.has("responsePayload")).isEqualTo(attempts > 0);
        assertThat(record.has("responseContext")).isEqualTo(attempts > 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"sleep\":1} | Sandbox.Timedout | Task timed out after 2.00 seconds",
                "{\"exit\":1}  | Runtime.ExitError | Runtime exited with exit status 7"
            })
    void end_of_a_process_is_told_as_the_error(String event, String type, String message)
            throws Exception {
        LambdaHost host = withQueue(RuntimeClient.OWN, 0, 21_600);

        host.invokeAsync(ARN, event);

        assertThat(host.awaitQuiet(Duration.ofSeconds(20))).isTrue();
        JsonNode error = theRecord().path("responsePayload");
        assertThat(error.path("errorType").asText()).isEqualTo(type);
        assertThat(error.path("errorMessage").asText()).startsWith("RequestId: ").endsWith(message);
    }

    @Test
    void event_that_succeeds_leaves_no_dead_letter() throws Exception {
        LambdaHost host = withQueue(RuntimeClient.OWN, 2, 21_600);

        host.invokeAsync(ARN, "{}");

        assertThat(host.awaitQuiet(Duration.ofSeconds(20))).isTrue();
        assertThat(queues.messages(QUEUE)).isEmpty();
        assertThat(host.deadLetters()).isEmpty();
    }

    @Test
    void destination_that_the_role_may_not_send_to_is_refused_and_the_old_rules_stay() {
        LambdaHost host = host(RuntimeClient.OWN, 600);
        host.put(function(Map.of(), 30, 256));
        InvokeConfig config = new InvokeConfig(0, 21_600, Optional.of(QUEUE));

        assertThatThrownBy(() -> host.invokeConfig(ARN, config))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("no " + QUEUE);
        queues.put(QUEUE, Optional.empty());
        queues.refuse();
        assertThatThrownBy(() -> host.invokeConfig(ARN, config))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(
                        "The function's execution role does not have permissions to call SendMessage on "
                                + QUEUE);
    }

    @Test
    void record_that_cannot_be_sent_is_lost_and_told() throws Exception {
        LambdaHost host = withQueue(RuntimeClient.OWN, 0, 21_600);
        queues.refuse();

        host.invokeAsync(ARN, "{\"fail\":1}");

        assertThat(host.awaitQuiet(Duration.ofSeconds(20))).isTrue();
        assertThat(queues.messages(QUEUE)).isEmpty();
        assertThat(host.deadLetters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.refusal()).contains("may not send"));
    }

    private LambdaHost withQueue(RuntimeClient client, int retries, int eventAge) {
        LambdaHost host = host(client, 600);
        host.put(function(Map.of(), 2, 256));
        queues.put(QUEUE, Optional.empty());
        host.invokeConfig(ARN, new InvokeConfig(retries, eventAge, Optional.of(QUEUE)));
        return host;
    }

    private JsonNode theRecord() throws IOException {
        assertThat(queues.messages(QUEUE)).hasSize(1);
        return Json.read(queues.messages(QUEUE).getFirst().body());
    }

    @ParameterizedTest
    @EnumSource(RuntimeClient.class)
    void process_is_ended_at_the_time_out_and_the_next_event_gets_a_new_one(RuntimeClient client)
            throws Exception {
        LambdaHost host = host(client, 1);
        host.put(function(Map.of(), 2, 256));

        assertThat(host.invoke(ARN, "{\"sleep\":1}")).isEqualTo(new Outcome.TimedOut(2));
        assertThat(returned(host.invoke(ARN, "{}"))).contains("\"calls\":1");
        assertThat(log(host)).contains("Task timed out after 2.00 seconds");
        assertThat(alive(host)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(RuntimeClient.class)
    void death_of_the_process_is_an_outcome(RuntimeClient client) throws Exception {
        LambdaHost host = host(client, 1);
        host.put(function(Map.of(), 30, 256));

        assertThat(host.invoke(ARN, "{\"exit\":1}")).isEqualTo(new Outcome.Died(7));
    }

    @ParameterizedTest
    @EnumSource(RuntimeClient.class)
    void memory_size_limits_the_heap(RuntimeClient client) throws Exception {
        LambdaHost host = host(client, 1);
        host.put(function(Map.of(), 30, 128));

        Outcome outcome = host.invoke(ARN, "{\"memory\":1}");

        assertThat(outcome.isDone()).isFalse();
        assertThat(log(host) + outcome).contains("OutOfMemoryError");
    }

    @ParameterizedTest
    @EnumSource(RuntimeClient.class)
    void function_that_cannot_start_fails_each_attempt(RuntimeClient client) throws Exception {
        LambdaHost host = host(client, 600);
        host.put(function(Map.of("FAIL_INIT", "1"), 30, 256));

        host.invokeAsync(ARN, "{}");

        assertThat(host.awaitQuiet(Duration.ofSeconds(30))).isTrue();
        assertThat(delivered).isEmpty();
        assertThat(host.discarded())
                .singleElement()
                .asString()
                .contains("attempt 3 Init failed", "no start");
    }

    @Test
    void duplicate_is_delivered_with_the_same_request_id_and_a_late_one_too() throws Exception {
        LambdaHost host = host(RuntimeClient.OWN, 1);
        host.put(function(Map.of(), 30, 256));

        host.duplicateNext(ARN);
        host.invokeAsync(ARN, "{}");
        assertThat(host.awaitQuiet(Duration.ofSeconds(20))).isTrue();
        host.redeliverLast(ARN);
        assertThat(host.awaitQuiet(Duration.ofSeconds(20))).isTrue();

        assertThat(delivered).hasSize(3);
        assertThat(requestIds(host)).hasSize(1);
    }

    @Test
    void no_process_survives_the_host_or_the_removal_of_its_function() throws Exception {
        LambdaHost host = host(RuntimeClient.OWN, 1);
        host.put(function(Map.of(), 30, 256));
        host.invoke(ARN, "{}");
        assertThat(alive(host)).hasSize(1);

        host.remove(ARN);

        assertThat(alive(host)).isEmpty();
        assertThatThrownBy(() -> host.invokeAsync(ARN, "{}"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("Function not found");
    }

    @ParameterizedTest
    @EnumSource(RuntimeClient.class)
    void no_process_survives_a_runner_that_is_killed(RuntimeClient client) throws Exception {
        Process runner = runner(client);
        long child = childOf(runner);
        assertThat(ProcessHandle.of(child).map(ProcessHandle::isAlive)).contains(true);

        runner.destroyForcibly().waitFor();

        assertThat(endsWithin(child, Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void no_process_survives_a_runner_that_exits_without_closing() throws Exception {
        Process runner = runner(RuntimeClient.OWN, "exit");
        long child = childOf(runner);

        runner.waitFor();

        assertThat(endsWithin(child, Duration.ofSeconds(10))).isTrue();
    }

    private static Process runner(RuntimeClient client, String... more) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Djava.io.tmpdir=" + directory,
                                "-classpath",
                                System.getProperty("java.class.path"),
                                HostProcess.class.getName(),
                                client.name(),
                                zip.toString(),
                                layer.toString(),
                                "{}"));
        command.addAll(List.of(more));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static long childOf(Process runner) throws IOException {
        BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(runner.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder seen = new StringBuilder();
        for (String line = output.readLine();
                line != null && !line.equals("READY");
                line = output.readLine()) seen.append(line).append('\n');
        Matcher pid = Pattern.compile("saw .* pid ([0-9]+)").matcher(seen);
        assertThat(pid.find()).as(seen.toString()).isTrue();
        return Long.parseLong(pid.group(1));
    }

    private static boolean endsWithin(long pid, Duration time) throws Exception {
        Optional<ProcessHandle> handle = ProcessHandle.of(pid);
        if (handle.isEmpty()) return true;
        try {
            handle.get().onExit().get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            handle.get().destroyForcibly();
            return false;
        }
    }

    @Test
    void replaced_function_runs_the_new_version() throws Exception {
        LambdaHost host = host(RuntimeClient.OWN, 1);
        host.put(function(Map.of("V", "one"), 30, 256));
        assertThat(returned(host.invoke(ARN, "{\"environment\":1}"))).contains("V=one");

        host.put(function(Map.of("V", "two"), 30, 256));

        assertThat(returned(host.invoke(ARN, "{\"environment\":1}"))).contains("V=two");
        assertThat(alive(host)).hasSize(1);
    }

    @Test
    void classes_too_new_for_the_runtime_are_refused_with_one_sentence() {
        LambdaHost host = host(RuntimeClient.OWN, 1);
        Function older =
                new Function(
                        ARN,
                        "f",
                        "Probe::handleRequest",
                        "java21",
                        256,
                        30,
                        zip,
                        List.of(layer),
                        Map.of(),
                        "role",
                        "/aws/lambda/f");

        assertThatThrownBy(() -> host.put(older))
                .isInstanceOf(Refusal.class)
                .hasMessage(
                        "Function f is compiled for Java 25, which its runtime java21 cannot run.");
    }

    @Test
    void other_languages_and_reserved_variables_are_refused() {
        LambdaHost host = host(RuntimeClient.OWN, 1);
        Function python =
                new Function(
                        ARN,
                        "f",
                        "x.y",
                        "python3.13",
                        256,
                        30,
                        zip,
                        List.of(layer),
                        Map.of(),
                        "role",
                        "/aws/lambda/f");

        assertThatThrownBy(() -> host.put(python))
                .isInstanceOf(NotModelledException.class)
                .hasMessageContaining("python3.13");
        assertThatThrownBy(() -> host.put(function(Map.of("AWS_REGION", "x"), 30, 256)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("Reserved keys used in this request: AWS_REGION");
    }

    private LambdaHost host(RuntimeClient client, int timeScale) {
        LambdaOptions options =
                new LambdaOptions(
                        client,
                        timeScale,
                        1,
                        Optional.of(directory.resolve("work")),
                        Optional.empty(),
                        InstantSource.system());
        LambdaHost host =
                new LambdaHost(
                        options, function -> Map.of("FROM_HOST", "1"), delivered::add, queues);
        hosts.add(host);
        return host;
    }

    private static Function function(Map<String, String> environment, int timeout, int memory) {
        return new Function(
                ARN,
                "f",
                "Probe::handleRequest",
                "java25",
                memory,
                timeout,
                zip,
                List.of(layer),
                environment,
                "arn:aws:iam::111122223333:role/f",
                "/aws/lambda/f");
    }

    private static String returned(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Returned.class);
        return ((Outcome.Returned) outcome).payload();
    }

    private static String log(LambdaHost host) {
        return host.logs().getOrDefault("f", "");
    }

    private static List<String> requestIds(LambdaHost host) {
        return log(host)
                .lines()
                .filter(line -> line.startsWith("saw"))
                .map(line -> line.replaceAll(".* as (\\S+) pid.*", "$1"))
                .distinct()
                .toList();
    }

    private static List<Long> alive(LambdaHost host) {
        return log(host)
                .lines()
                .filter(line -> line.startsWith("saw"))
                .map(line -> Long.parseLong(line.replaceAll(".* pid ([0-9]+).*", "$1")))
                .distinct()
                .filter(pid -> ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false))
                .toList();
    }
}
