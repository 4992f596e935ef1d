package io.bedrockbudgeteer.keyguard.customresource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import io.bedrockbudgeteer.keyguard.testing.AnswerEndpoint;
import io.bedrockbudgeteer.keyguard.testing.FakeAws;
import io.bedrockbudgeteer.keyguard.testing.Scenario;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What an answer consists of and how long it may be. The endpoint itself checks method, path and
/// query byte for byte, Content-Type, Content-Length, the ids, and the limit of 4096 bytes.
class TransportAnswerTest {
    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    @Scenario("T1")
    void a_success_is_one_put_with_the_ids_of_the_request_and_all_attributes() {
        AnswerEndpoint.Answer answer =
                rig.run(
                        // Two, three and four bytes each: the length is counted in bytes.
                        new GuardUnderTest((request, _) ->
                                Outcome.success(request.id(), Map.of("Text", "ä€\uD83D\uDD11"))),
                        rig.fixture("create.json"));
        Json.Obj body = JsonReader.readObject(answer.body());
        assertThat(body.members().keySet())
                .containsExactlyInAnyOrder(
                        "Status",
                        "PhysicalResourceId",
                        "StackId",
                        "RequestId",
                        "LogicalResourceId",
                        "Data");
        assertThat(body.string("Status")).hasValue("SUCCESS");
        assertThat(body.string("StackId"))
                .hasValue(
                        "arn:aws:cloudformation:eu-central-1:111122223333:stack/app/0a1b2c3d-0000-1111-2222-333344445555");
        assertThat(body.string("RequestId")).hasValue("rid-1");
        assertThat(body.string("LogicalResourceId")).hasValue("KeyGuard");
        assertThat(answer.physicalId()).startsWith("key-guard-");
        assertThat(answer.data()).containsExactly(entry("Text", "ä€\uD83D\uDD11"));
        assertThat(rig.endpoint.puts()).isEqualTo(1);
    }

    @Test
    void a_failure_is_one_put_with_a_reason_and_the_invocation_returns_normally() {
        AnswerEndpoint.Answer answer =
                rig.run(GuardUnderTest.failing("KEY008 error: The key is disabled."), rig.create());
        assertThat(JsonReader.readObject(answer.body()).members().keySet())
                .containsExactlyInAnyOrder(
                        "Status",
                        "Reason",
                        "PhysicalResourceId",
                        "StackId",
                        "RequestId",
                        "LogicalResourceId");
        assertThat(answer.status()).isEqualTo("FAILED");
        assertThat(answer.reason()).startsWith("KEY008 error: The key is disabled.");
        assertThat(rig.endpoint.puts()).isEqualTo(1);
    }

    @Test
    @Scenario("T11")
    void attributes_that_fill_an_answer_exactly_are_sent_and_one_byte_more_is_a_failure() {
        int room = Answer.MOST_BYTES - bytes(rig.run(withAttribute("x"), rig.create())) + 1;
        AnswerEndpoint.Answer full = rig.run(withAttribute("x".repeat(room)), rig.create());
        assertThat(full.isSuccess()).isTrue();
        assertThat(bytes(full)).isEqualTo(4096);
        assertThat(full.data()).containsExactly(entry("Findings", "x".repeat(room)));
        AnswerEndpoint.Answer over = rig.run(withAttribute("x".repeat(room + 1)), rig.create());
        assertThat(over.status()).isEqualTo("FAILED");
        assertThat(over.reason()).contains("4097 bytes").contains("at most 4096");
        assertThat(over.data()).isEmpty();
    }

    @Test
    @Scenario("T11")
    void a_reason_that_fills_an_answer_exactly_is_sent_whole_and_one_byte_more_is_shortened() {
        AnswerEndpoint.Answer one = rig.run(GuardUnderTest.failing("x"), rig.create());
        int room = Answer.MOST_BYTES - bytes(one) + 1;
        AnswerEndpoint.Answer full =
                rig.run(GuardUnderTest.failing("x".repeat(room)), rig.create());
        assertThat(bytes(full)).isEqualTo(4096);
        assertThat(full.reason()).startsWith("x".repeat(room)).doesNotContain(Reason.TRUNCATED);
        AnswerEndpoint.Answer over =
                rig.run(GuardUnderTest.failing("x".repeat(room + 1)), rig.create());
        assertThat(bytes(over)).isLessThanOrEqualTo(4096);
        assertThat(over.reason()).contains(Reason.TRUNCATED);
    }

    // The same number of digits in every request id, so that the bodies compare.
    private static GuardUnderTest withAttribute(String value) {
        return new GuardUnderTest(
                (request, _) -> Outcome.success(request.id(), Map.of("Findings", value)));
    }

    private static int bytes(AnswerEndpoint.Answer answer) {
        return answer.body().getBytes(StandardCharsets.UTF_8).length;
    }

    @Test
    @Scenario("T12")
    void attributes_that_are_too_long_are_found_before_the_key_policy_is_changed() {
        try (FakeAws aws = new FakeAws()) {
            KeyWriter writer = new KeyWriter(aws);
            String policy = writer.policy();
            // A quotation mark takes two bytes in JSON.
            Map<String, String> tooLong = Map.of("Findings", "\"".repeat(2000));
            AnswerEndpoint.Answer answer =
                    rig.run(
                            writer.guard((request, work) -> work.ensureFits(request.id(), tooLong)),
                            rig.create());
            assertThat(answer.status()).isEqualTo("FAILED");
            assertThat(answer.reason()).contains("at most 4096");
            assertThat(aws.count("kms:GetKeyPolicy")).isPositive();
            assertThat(aws.count("kms:PutKeyPolicy")).isZero();
            assertThat(writer.policy()).isEqualTo(policy);
        }
    }

    @Test
    @Scenario("T30")
    void a_null_attribute_reaches_cloudformation_as_an_empty_text() {
        Map<String, String> data = new HashMap<>();
        data.put("KeyArn", "k");
        data.put("Alias", GuardUnderTest.nothing());
        AnswerEndpoint.Answer answer =
                rig.run(
                        new GuardUnderTest((request, _) -> Outcome.success(request.id(), data)),
                        rig.create());
        assertThat(answer.data()).containsOnly(entry("KeyArn", "k"), entry("Alias", ""));
    }

    @Test
    @Scenario("T30")
    void every_create_and_update_answers_with_the_same_attribute_names() {
        // Only one of them has something to say in each attribute.
        GuardUnderTest guard =
                new GuardUnderTest((request, _) -> {
                    Map<String, String> data = new HashMap<>();
                    data.put("KeyArn", request.properties().text("KmsKeyArn").orElse(""));
                    data.put(
                            "Before",
                            request.oldProperties()
                                    .text("KmsKeyArn")
                                    .orElseGet(GuardUnderTest::nothing));
                    return Outcome.success(request.id(), data);
                });
        Set<Set<String>> names = new LinkedHashSet<>();
        for (String file :
                List.of(
                        "create.json",
                        "update-same-key.json",
                        "update-new-key.json",
                        "update-service-timeout-only.json",
                        "update-old-property-format.json",
                        "update-rollback.json"))
            names.add(rig.run(guard, rig.fixture(file)).data().keySet());
        assertThat(names).containsExactly(Set.of("KeyArn", "Before"));
    }

    @Test
    void a_delete_is_answered_without_attributes() {
        AnswerEndpoint.Answer answer =
                rig.run(GuardUnderTest.succeeding(), rig.events.delete("prev", Rig.properties()));
        assertThat(answer.data()).isEmpty();
        assertThat(answer.physicalId()).isEqualTo("prev");
    }

    @Test
    void no_echo_is_passed_on() {
        GuardUnderTest guard =
                new GuardUnderTest((request, _) ->
                        new Outcome.Success(
                                Optional.of(request.id()), Map.of("Secret", Rig.SECRET), true));
        assertThat(rig.run(guard, rig.create()).noEcho()).isTrue();
        assertThat(rig.run(guard, rig.events.delete("prev", Map.of())).noEcho()).isFalse();
    }
}
