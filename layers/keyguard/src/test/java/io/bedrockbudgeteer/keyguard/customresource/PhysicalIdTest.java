package io.bedrockbudgeteer.keyguard.customresource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bedrockbudgeteer.keyguard.json.JsonText;
import io.bedrockbudgeteer.keyguard.testing.AnswerEndpoint;
import io.bedrockbudgeteer.keyguard.testing.CustomResourceEvents;
import io.bedrockbudgeteer.keyguard.testing.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which physical id an answer carries.
class PhysicalIdTest {
    private static final Map<String, String> KEY = Map.of("KmsKeyArn", Rig.KEY);
    private static final Map<String, String> OTHER =
            Map.of("KmsKeyArn", "arn:aws:kms:eu-central-1:111122223333:key/2");
    private static final String DEFAULT =
            PhysicalId.of("key-guard", CustomResourceEvents.STACK, "KeyGuard", Rig.KEY).value();

    private final Rig rig = new Rig();
    private final GuardUnderTest guard = GuardUnderTest.succeeding();

    @AfterEach
    void close() {
        rig.close();
    }

    static List<List<String>> cases() {
        return Table.rows("physical-id.csv", 20);
    }

    @ParameterizedTest
    @MethodSource("cases")
    @Scenario("T32")
    void each_request_and_outcome_gives_the_tabled_id(List<String> row) {
        String request = row.get(1).startsWith("Create") ? "Create" : row.get(1);
        String outcome = row.get(3);
        Optional<String> chosen =
                Optional.of(row.get(4))
                        .filter(id -> !id.isEmpty())
                        .map(id -> id.equals("<1025 bytes>") ? "x".repeat(1025) : id);
        String event = rig.events.event(request, row.get(2), KEY, KEY);
        int left = outcome.equals("watchdog") ? Rig.SHORT_WORK : Rig.MINUTE;
        AnswerEndpoint.Answer answer = rig.run(ending(outcome, chosen), event, left);
        if (row.get(1).contains("retried")) {
            AnswerEndpoint.Answer repeated = rig.run(ending(outcome, chosen), event, left);
            assertThat(repeated.body()).isEqualTo(answer.body());
        }
        assertThat(answer.status()).isEqualTo(row.get(5));
        // <deterministic default>, <same deterministic default>, <equal to the first attempt>
        assertThat(answer.physicalId())
                .isEqualTo(row.get(6).startsWith("<") ? DEFAULT : row.get(6));
    }

    private static GuardUnderTest ending(String outcome, Optional<String> chosen) {
        return new GuardUnderTest((_, work) ->
                switch (outcome) {
                    case "ok", "-" ->
                            new Outcome.Success(chosen.map(PhysicalId::new), Map.of(), false);
                    case "error" -> new Outcome.Failure(chosen.map(PhysicalId::new), "no");
                    case "null" -> GuardUnderTest.nothing();
                    case "watchdog" -> {
                        work.deadline().pause(Duration.ofMinutes(1));
                        Thread.sleep(Rig.MINUTE);
                        yield Outcome.gone();
                    }
                    default -> throw new AssertionError("outcome is not covered: " + outcome);
                });
    }

    static List<String> unusable() {
        return List.of("", " ", "x".repeat(1025), "ä".repeat(513), "\uD83D\uDD11".repeat(257));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    @Scenario("T31")
    void an_id_that_is_empty_or_too_long_is_never_sent(String id) {
        AnswerEndpoint.Answer created =
                rig.run(ending("ok", Optional.of(id)), rig.events.create(KEY));
        assertThat(created.status()).isEqualTo("FAILED");
        assertThat(created.physicalId()).isEqualTo(DEFAULT);
        assertThat(created.reason()).contains("physical id has").contains("1 to 1024");
        AnswerEndpoint.Answer updated =
                rig.run(ending("ok", Optional.of(id)), rig.events.update("prev", KEY, KEY));
        assertThat(updated.status()).isEqualTo("FAILED");
        assertThat(updated.physicalId()).isEqualTo("prev");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "ä", "\uD83D\uDD11"})
    @Scenario("T31")
    void an_id_of_exactly_1024_bytes_is_sent(String character) {
        String id = character.repeat(1024 / character.getBytes(UTF_8).length);
        AnswerEndpoint.Answer answer =
                rig.run(ending("ok", Optional.of(id)), rig.events.create(KEY));
        assertThat(answer.isSuccess()).isTrue();
        assertThat(answer.physicalId()).isEqualTo(id);
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void an_unusable_id_in_an_event_is_replaced_by_the_default(String id) {
        for (String type : List.of("Update", "Delete")) {
            String event =
                    rig.events
                            .event(type, "prev", KEY, KEY)
                            .replace("\"prev\"", JsonText.quote(id));
            assertThat(rig.run(guard, event).physicalId()).isEqualTo(DEFAULT);
        }
    }

    @Test
    void another_key_gives_another_id_and_the_way_back_gives_the_first_again() {
        String first = rig.run(guard, rig.events.create(KEY)).physicalId();
        String second = rig.run(guard, rig.events.update(first, OTHER, KEY)).physicalId();
        String third = rig.run(guard, rig.events.update(second, KEY, OTHER)).physicalId();
        assertThat(second).isNotEqualTo(first);
        assertThat(third).isEqualTo(first);
    }

    @Test
    void an_update_of_the_same_thing_keeps_an_id_that_was_made_by_other_rules() {
        assertThat(rig.run(guard, rig.events.update("id-of-an-older-version", KEY, KEY)))
                .extracting(AnswerEndpoint.Answer::physicalId)
                .isEqualTo("id-of-an-older-version");
    }

    @Test
    void the_reverse_of_a_failed_replacement_is_told_from_a_replacement() {
        AtomicBoolean returns = new AtomicBoolean();
        GuardUnderTest asking =
                new GuardUnderTest((request, _) -> {
                    returns.set(
                            request.returnsTo(
                                    request.properties().text("KmsKeyArn").orElse(""),
                                    request.oldProperties().text("KmsKeyArn").orElse("")));
                    return Outcome.success(request.id(), Map.of());
                });
        String first = rig.run(asking, rig.events.create(KEY)).physicalId();
        String second = rig.run(asking, rig.events.update(first, OTHER, KEY)).physicalId();
        assertThat(returns).as("a replacement").isFalse();
        rig.run(asking, rig.events.update(second, KEY, OTHER));
        assertThat(returns)
                .as("the way back on the new id, which CloudFormation then deletes")
                .isFalse();
        rig.run(asking, rig.events.update(first, KEY, OTHER));
        assertThat(returns).as("the way back on the old id, after which no Delete comes").isTrue();
    }

    @Test
    void the_parts_of_a_default_id_cannot_be_swapped() {
        assertThat(PhysicalId.of("p", "ab", "c", ""))
                .isNotEqualTo(PhysicalId.of("p", "a", "bc", ""));
        assertThatThrownBy(() -> new PhysicalId("")).hasMessageContaining("0 bytes");
    }
}
