package io.bedrockbudgeteer.keyguard.customresource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bedrockbudgeteer.keyguard.aws.Environment;
import io.bedrockbudgeteer.keyguard.testing.AnswerEndpoint;
import io.bedrockbudgeteer.keyguard.testing.CustomResourceEvents;
import io.bedrockbudgeteer.keyguard.testing.FakeContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CustomResourceHandlerTest {
    private static final int MINUTE = 60_000;
    // 15 s reserve for the answer, 1 s for the end of the invocation, the rest for the work.
    private static final int SHORT_WORK = 16_300;

    private final AnswerEndpoint endpoint = new AnswerEndpoint();
    private final CustomResourceEvents events =
            new CustomResourceEvents(endpoint, GuardUnderTest.TYPE, "KeyGuard");
    private final FakeContext context = new FakeContext(MINUTE);

    @AfterEach
    void close() {
        endpoint.close();
        assertThat(context.log()).doesNotContain("SENTINEL");
    }

    @Test
    void a_success_is_one_put_with_all_attributes() {
        GuardUnderTest.succeeding().invoke(events.create(Map.of("KmsKeyArn", "k")), context);
        AnswerEndpoint.Answer answer = endpoint.answer();
        assertThat(answer.isSuccess()).isTrue();
        assertThat(answer.data()).containsExactly(Map.entry("KeyArn", "k"));
        assertThat(endpoint.puts()).isEqualTo(1);
    }

    @Test
    void a_failure_is_delivered_and_the_invocation_returns_normally() {
        new GuardUnderTest((_, _) -> Outcome.failure("KEY008 error: The key is disabled."))
                .invoke(events.create(Map.of()), context);
        assertThat(endpoint.answer().status()).isEqualTo("FAILED");
        assertThat(endpoint.answer().reason())
                .startsWith("KEY008 error: The key is disabled.")
                .contains("log stream 2026/11/24")
                .contains("request 8f5f7e6c");
    }

    static List<Throwable> throwables() {
        return List.of(
                new IllegalStateException("x is broken"),
                new NoClassDefFoundError("x is broken"),
                new StackOverflowError("x is broken"),
                new OutOfMemoryError("x is broken"),
                new Exception("x is broken"),
                new AssertionError("x is broken"));
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void everything_that_is_thrown_becomes_failed_without_a_stack_trace(Throwable thrown) {
        new GuardUnderTest(
                        (_, _) -> {
                            if (thrown instanceof Error error) throw error;
                            throw (Exception) thrown;
                        })
                .invoke(events.create(Map.of()), context);
        assertThat(endpoint.answer().status()).isEqualTo("FAILED");
        assertThat(endpoint.answer().reason())
                .contains("x is broken")
                .contains("log stream")
                .doesNotContain("\tat ")
                .doesNotContain(".java");
        assertThat(context.log()).contains("\"event\":\"exception\"");
    }

    @Test
    void an_exception_without_a_message_still_has_a_reason() {
        new GuardUnderTest(
                        (_, _) -> {
                            throw new NullPointerException();
                        })
                .invoke(events.create(Map.of()), context);
        assertThat(endpoint.answer().reason())
                .startsWith("The function failed: NullPointerException");
    }

    @Test
    void clients_that_cannot_be_built_are_answered() {
        new GuardUnderTest((_, work) -> Outcome.failure(work.environment().required("AWS_REGION")))
                .invoke(events.create(Map.of()), context);
        assertThat(endpoint.answer().reason()).contains("AWS_REGION is not set");
    }

    @Test
    void work_that_takes_too_long_is_answered_in_time_and_can_write_nothing_any_more()
            throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        AtomicBoolean wrote = new AtomicBoolean();
        AtomicReference<String> thrown = new AtomicReference<>("");
        GuardUnderTest guard =
                new GuardUnderTest((_, work) -> {
                    try {
                        Thread.sleep(MINUTE);
                    } catch (InterruptedException _) {
                        // a worker that does not listen
                    }
                    try {
                        work.deadline().beforeWriting("kms:PutKeyPolicy");
                        wrote.set(true);
                    } catch (RuntimeException e) {
                        thrown.set(e.getClass().getSimpleName());
                    }
                    stopped.countDown();
                    return Outcome.success(new PhysicalId("late"), Map.of());
                });
        long start = System.nanoTime();
        guard.invoke(events.update("prev", Map.of(), Map.of()), new FakeContext(SHORT_WORK));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(stopped.await(5, TimeUnit.SECONDS)).isTrue();
        // The environment goes on with the next invocation while the old worker ends.
        guard = GuardUnderTest.succeeding();
        guard.invoke(events.create(Map.of()), context);
        assertThat(wrote).isFalse();
        assertThat(thrown).hasValue("OutOfTime");
        assertThat(endpoint.answers())
                .extracting(AnswerEndpoint.Answer::status)
                .containsExactly("FAILED", "SUCCESS");
        assertThat(endpoint.answers().get(0).physicalId()).isEqualTo("prev");
        assertThat(endpoint.answers().get(0).reason()).contains("did not finish in time");
    }

    @Test
    void work_that_ends_with_the_watchdog_is_answered_exactly_once() {
        long seed = 20_261_124;
        java.util.random.RandomGenerator random = new java.util.Random(seed);
        for (int i = 0; i < 1000; i++) {
            // The work takes about as long as it has: 5 ms, more or less.
            long nanos = 4_500_000L + random.nextInt(1_000_000);
            GuardUnderTest guard =
                    new GuardUnderTest((request, _) -> {
                        long end = System.nanoTime() + nanos;
                        while (System.nanoTime() < end) Thread.onSpinWait();
                        return Outcome.success(request.id(), Map.of());
                    });
            guard.invoke(
                    events.create(Map.of("N", String.valueOf(i))), new FakeContext(16_000 + 6));
            assertThat(endpoint.puts()).as("seed " + seed + ", round " + i).isEqualTo(i + 1);
        }
        assertThat(endpoint.answers())
                .extracting(AnswerEndpoint.Answer::status)
                .contains("SUCCESS", "FAILED");
    }

    @Test
    void too_little_time_at_the_start_fails_at_once_and_does_nothing() {
        AtomicBoolean ran = new AtomicBoolean();
        new GuardUnderTest(
                        (_, _) -> {
                            ran.set(true);
                            return Outcome.gone();
                        })
                .invoke(events.create(Map.of()), new FakeContext(15_900));
        assertThat(ran).isFalse();
        assertThat(endpoint.answer().reason()).contains("nothing was changed");
    }

    @Test
    void attributes_that_are_too_long_are_found_before_anything_is_changed() {
        AtomicBoolean wrote = new AtomicBoolean();
        new GuardUnderTest(
                        (request, work) -> {
                            work.ensureFits(request.id(), Map.of("Findings", "\"".repeat(2000)));
                            wrote.set(true);
                            return Outcome.gone();
                        })
                .invoke(events.create(Map.of()), context);
        assertThat(wrote).isFalse();
        assertThat(endpoint.answer().status()).isEqualTo("FAILED");
        assertThat(endpoint.answer().reason()).contains("at most 4096");
    }

    @Test
    void attributes_that_nobody_measured_are_never_sent_too_long() {
        new GuardUnderTest((request, _) ->
                Outcome.success(request.id(), Map.of("Findings", "x".repeat(5000))))
                .invoke(events.create(Map.of()), context);
        assertThat(endpoint.answer().status()).isEqualTo("FAILED");
    }

    @Test
    void no_echo_is_passed_on_and_its_data_stay_out_of_the_log() {
        endpoint.react(503);
        new GuardUnderTest((request, _) ->
                new Outcome.Success(Optional.of(request.id()), Map.of("Secret", "hunter2"), true))
                .invoke(events.create(Map.of("P", "hunter3")), context);
        assertThat(endpoint.answer().noEcho()).isTrue();
        assertThat(context.log()).doesNotContain("hunter2", "hunter3");
    }

    @Test
    @SuppressWarnings("NullAway") // a handler that breaks its contract
    void null_attributes_do_not_reach_cloudformation_as_null() {
        Map<String, String> data = new HashMap<>();
        data.put("KeyArn", null);
        new GuardUnderTest((request, _) -> Outcome.success(request.id(), data))
                .invoke(events.create(Map.of()), context);
        assertThat(endpoint.answer().data()).containsEntry("KeyArn", "");
    }

    @Test
    void an_undelivered_answer_ends_the_invocation_with_an_error_and_the_repeated_event_delivers() {
        endpoint.react(403);
        String event = events.create(Map.of());
        GuardUnderTest guard = GuardUnderTest.succeeding();
        assertThatThrownBy(() -> guard.invoke(event, context))
                .isInstanceOf(CannotAnswer.class)
                .hasNoCause();
        guard.invoke(event, context);
        assertThat(endpoint.answer().isSuccess()).isTrue();
    }

    @Test
    void a_malformed_second_event_never_answers_to_the_first_url() {
        GuardUnderTest guard = GuardUnderTest.succeeding();
        guard.invoke(events.create(Map.of()), context);
        assertThatThrownBy(
                        () -> guard.invoke(Table.text("events/missing-response-url.json"), context))
                .isInstanceOf(CannotAnswer.class)
                .hasMessageContaining("ResponseURL");
        assertThat(endpoint.puts()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "missing-response-url.json:ResponseURL",
                "missing-logical-id.json:LogicalResourceId",
                "not-json.txt:JSON"
            })
    void what_cannot_be_answered_is_thrown_naming_the_field(String fileAndField) {
        String[] parts = fileAndField.split(":");
        assertThatThrownBy(() ->
                        GuardUnderTest.succeeding()
                                .invoke(Table.text("events/" + parts[0]), context))
                .isInstanceOf(CannotAnswer.class)
                .hasMessageContaining(parts[1])
                .hasMessageNotContaining("SENTINEL")
                .hasNoCause();
    }

    private String fixture(String file) {
        String event = Table.text("events/" + file);
        String requestId = event.replaceAll("(?s).*\"RequestId\" ?: ?\"([^\"]+)\".*", "$1");
        String url = endpoint.url(CustomResourceEvents.STACK, requestId, "KeyGuard");
        return event.replaceAll("https://[^\"]+", url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown-request-type.json:FAILED",
                "missing-request-type.json:FAILED",
                "malformed-properties.json:FAILED",
                "duplicate-key.json:FAILED",
                "wrong-resource-type.json:FAILED",
                "unknown-fields.json:SUCCESS",
                "create.json:SUCCESS",
                "create-booleans-as-strings.json:SUCCESS",
                "delete.json:SUCCESS",
                "delete-after-invalid-create.json:SUCCESS",
                "delete-of-never-created-made-up-id.json:SUCCESS",
                "delete-without-properties.json:SUCCESS",
                "update-new-key.json:SUCCESS",
                "update-old-property-format.json:SUCCESS",
                "update-rollback.json:SUCCESS",
                "update-same-key.json:SUCCESS",
                "update-service-timeout-only.json:SUCCESS"
            })
    void each_envelope_is_answered_as_expected(String fileAndStatus) {
        String[] parts = fileAndStatus.split(":");
        String event = fixture(parts[0]);
        GuardUnderTest.succeeding().invoke(event, context);
        assertThat(endpoint.answer().status()).isEqualTo(parts[1]);
        assertThat(endpoint.puts()).isEqualTo(1);
    }

    @Test
    void a_delete_is_answered_without_attributes() {
        GuardUnderTest.succeeding().invoke(events.delete("prev", Map.of()), context);
        assertThat(endpoint.answer().data()).isEmpty();
        assertThat(endpoint.answer().physicalId()).isEqualTo("prev");
    }

    @Test
    void the_reverse_of_a_failed_replacement_is_told_from_a_replacement() {
        AtomicBoolean returns = new AtomicBoolean();
        GuardUnderTest guard =
                new GuardUnderTest((request, _) -> {
                    returns.set(
                            request.returnsTo(
                                    request.properties().text("KmsKeyArn").orElse(""),
                                    request.oldProperties().text("KmsKeyArn").orElse("")));
                    return Outcome.success(request.id(), Map.of());
                });
        Map<String, String> one = Map.of("KmsKeyArn", "one");
        Map<String, String> two = Map.of("KmsKeyArn", "two");
        guard.invoke(events.create(one), context);
        String first = endpoint.lastAnswer().physicalId();
        guard.invoke(events.update(first, two, one), context);
        assertThat(returns).as("a replacement").isFalse();
        String second = endpoint.lastAnswer().physicalId();
        guard.invoke(events.update(second, one, two), context);
        assertThat(returns)
                .as("the way back on the new id, which CloudFormation then deletes")
                .isFalse();
        guard.invoke(events.update(first, one, two), context);
        assertThat(returns).as("the way back on the old id, after which no Delete comes").isTrue();
    }

    @Test
    void the_event_type_of_the_lambda_library_is_filled() {
        var event = EventReader.read(Table.text("events/update-new-key.json"));
        assertThat(event.getRequestType()).isEqualTo("Update");
        assertThat(event.getPhysicalResourceId()).isEqualTo("PID");
        assertThat(event.getResourceProperties()).containsEntry("PatchKeyPolicy", "true");
        assertThat(event.getOldResourceProperties()).containsKey("KmsKeyArn");
    }

    @Test
    void http_to_loopback_is_refused_when_the_endpoint_variable_does_not_point_there() {
        Environment real = name -> Optional.empty();
        CustomResourceHandler guard =
                new CustomResourceHandler(real) {
                    @Override
                    protected String resourceType() {
                        return GuardUnderTest.TYPE;
                    }

                    @Override
                    protected String idPrefix() {
                        return "x";
                    }

                    @Override
                    protected String thing(Properties properties) {
                        return "";
                    }

                    @Override
                    protected Outcome handle(Request request, Work work) {
                        return Outcome.gone();
                    }
                };
        byte[] event = events.create(Map.of()).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        assertThatThrownBy(() ->
                        guard.handleRequest(
                                new java.io.ByteArrayInputStream(event),
                                java.io.OutputStream.nullOutputStream(),
                                context))
                .isInstanceOf(CannotAnswer.class)
                .hasMessageContaining("https");
        assertThat(endpoint.puts()).isZero();
    }
}
