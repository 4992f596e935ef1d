package io.bedrockbudgeteer.keyguard.customresource;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.aws.AwsClients;
import io.bedrockbudgeteer.keyguard.key.KeyService;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.testing.AnswerEndpoint;
import io.bedrockbudgeteer.keyguard.testing.FakeAws;
import io.bedrockbudgeteer.keyguard.testing.Scenario;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Work that breaks. Whatever happens to it, CloudFormation hears of it.
class HandlerFailureTest {
    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    private AnswerEndpoint.Answer failed(GuardUnderTest.Body body) {
        AnswerEndpoint.Answer answer = rig.run(new GuardUnderTest(body), rig.create());
        assertThat(answer.status()).isEqualTo("FAILED");
        assertThat(rig.endpoint.puts()).isEqualTo(1);
        assertThat(answer.reason())
                .contains("log stream 2026/11/24/[$LATEST]abcdef0123456789")
                .contains("request 8f5f7e6c-0000-4a4a-8b8b-000000000001")
                .doesNotContain("\tat ", ".java", "\n");
        return answer;
    }

    @Test
    @Scenario("T17")
    void an_exception_is_a_failure_with_its_words_and_without_its_stack_trace() {
        AnswerEndpoint.Answer answer =
                failed((_, _) -> {
                    throw new RuntimeException("x");
                });
        assertThat(answer.reason()).startsWith("RuntimeException: x (log stream ");
        // The trace is in the log, for whoever looks there.
        assertThat(rig.log()).contains("\"event\":\"exception\"").contains("HandlerFailureTest");
    }

    @Test
    void an_exception_without_a_message_still_has_a_reason() {
        assertThat(
                        failed(
                                        (_, _) -> {
                                            throw new NullPointerException();
                                        })
                                .reason())
                .startsWith("The function failed: NullPointerException");
    }

    static List<Throwable> throwables() {
        return List.of(
                new NoClassDefFoundError("x is broken"),
                new StackOverflowError("x is broken"),
                new OutOfMemoryError("x is broken"),
                new LinkageError("x is broken"),
                new AssertionError("x is broken"),
                new Exception("x is broken"),
                new InterruptedException("x is broken"));
    }

    @ParameterizedTest
    @MethodSource("throwables")
    @Scenario("T18")
    void errors_are_failures_like_exceptions(Throwable thrown) {
        AnswerEndpoint.Answer answer =
                failed((_, _) -> {
                    if (thrown instanceof Error error) throw error;
                    throw (Exception) thrown;
                });
        assertThat(answer.reason()).startsWith(thrown.getClass().getSimpleName() + ": x is broken");
    }

    private static final class Unloadable {
        static final int VALUE = Integer.parseInt("no number");
    }

    private static int endless(int depth) {
        return depth < 0 ? 0 : endless(depth + 1) + 1;
    }

    @Test
    @Scenario("T18")
    void a_class_that_cannot_be_loaded_a_full_stack_and_a_full_memory_are_answered() {
        GuardUnderTest.Body loads = (_, _) -> Outcome.failure("loaded " + Unloadable.VALUE);
        assertThat(failed(loads).reason()).startsWith("The function failed: ExceptionInInitial");
        // A warm environment meets the broken class again.
        assertThat(rig.run(new GuardUnderTest(loads), rig.create()).reason())
                .startsWith("NoClassDefFoundError");
        assertThat(
                        rig.run(
                                        new GuardUnderTest(
                                                (_, _) -> Outcome.failure("" + endless(0))),
                                        rig.create())
                                .reason())
                .startsWith("The function failed: StackOverflowError");
        // No heap has room for an array of this length.
        assertThat(
                        rig.run(
                                        new GuardUnderTest((_, _) ->
                                                Outcome.failure(
                                                        "" + new long[Integer.MAX_VALUE].length)),
                                        rig.create())
                                .reason())
                .startsWith("OutOfMemoryError");
    }

    @Test
    @Scenario("T19")
    void no_result_is_a_failure() {
        assertThat(failed((_, _) -> GuardUnderTest.nothing()).reason())
                .startsWith("The function ended without a result");
    }

    @Test
    @Scenario("T19")
    void no_reason_and_no_attributes_are_failures_too() {
        assertThat(failed((_, _) -> Outcome.failure(GuardUnderTest.nothing())).reason())
                .startsWith("The request failed without saying why");
        assertThat(
                        rig.run(
                                        new GuardUnderTest((request, _) ->
                                                Outcome.success(
                                                        request.id(), GuardUnderTest.nothing())),
                                        rig.create())
                                .status())
                .isEqualTo("FAILED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"})
    @Scenario("T20")
    void clients_that_cannot_be_built_are_a_failure_that_names_the_variable(String missing) {
        try (FakeAws aws = new FakeAws()) {
            Arn key = Arn.parse(aws.kms.newKey("1234abcd-12ab-34cd-56ef-1234567890ab"));
            GuardUnderTest guard =
                    new GuardUnderTest(
                            name ->
                                    name.equals(missing)
                                            ? Optional.empty()
                                            : aws.environment().get(name),
                            (_, work) -> {
                                KeyService kms =
                                        new KeyService(
                                                AwsClients.of(work.environment()), work.deadline());
                                return Outcome.failure("described: " + kms.describe(key));
                            });
            AnswerEndpoint.Answer answer = rig.run(guard, rig.create());
            assertThat(answer.status()).isEqualTo("FAILED");
            assertThat(answer.reason()).contains(missing + " is not set");
            assertThat(aws.calls()).isEmpty();
        }
    }

    @Test
    void a_setting_that_makes_no_sense_is_a_failure() {
        GuardUnderTest guard =
                new GuardUnderTest(
                        name ->
                                Optional.ofNullable(
                                        Map.of(
                                                        "AWS_ENDPOINT_URL", "http://127.0.0.1:1",
                                                        "KEYGUARD_TIME_SCALE", "fast")
                                                .get(name)),
                        (_, work) -> Outcome.failure("pace " + work.pace()));
        assertThat(rig.run(guard, rig.create()).reason())
                .startsWith("KEYGUARD_TIME_SCALE is not a whole number");
    }
}
