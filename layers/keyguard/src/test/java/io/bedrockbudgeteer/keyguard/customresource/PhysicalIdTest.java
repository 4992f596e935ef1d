package io.bedrockbudgeteer.keyguard.customresource;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.testing.AnswerEndpoint;
import io.bedrockbudgeteer.keyguard.testing.CustomResourceEvents;
import io.bedrockbudgeteer.keyguard.testing.FakeContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PhysicalIdTest {
    private static final Map<String, String> KEY =
            Map.of("KmsKeyArn", "arn:aws:kms:eu-central-1:111122223333:key/1");
    private final AnswerEndpoint endpoint = new AnswerEndpoint();
    private final CustomResourceEvents events =
            new CustomResourceEvents(endpoint, GuardUnderTest.TYPE, "KeyGuard");

    @AfterEach
    void close() {
        endpoint.close();
    }

    static List<List<String>> cases() {
        return Table.rows("physical-id.csv", 20);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void each_request_and_outcome_gives_the_tabled_id(List<String> row) {
        String expected = row.get(6);
        boolean watchdog = row.get(3).equals("watchdog");
        GuardUnderTest guard =
                new GuardUnderTest((_, work) -> {
                    Optional<PhysicalId> chosen =
                            row.get(4).isEmpty()
                                    ? Optional.empty()
                                    : Optional.of(
                                            new PhysicalId(
                                                    row.get(4).equals("<1025 bytes>")
                                                            ? "x".repeat(1025)
                                                            : row.get(4)));
                    return switch (row.get(3)) {
                        case "error" -> new Outcome.Failure(chosen, "no");
                        case "null" -> nothing();
                        case "watchdog" -> {
                            work.deadline().pause(java.time.Duration.ofMinutes(1));
                            Thread.sleep(60_000);
                            yield Outcome.gone();
                        }
                        default -> new Outcome.Success(chosen, Map.of(), false);
                    };
                });
        String type = row.get(1).startsWith("Create") ? "Create" : row.get(1);
        String event = events.event(type, row.get(2), KEY, KEY);
        int left = watchdog ? 16_300 : 60_000; // 15 s reserve, 1 s for the end
        guard.invoke(event, new FakeContext(left));
        if (row.get(1).contains("retried")) {
            guard.invoke(event, new FakeContext(left));
            assertThat(endpoint.answers().get(1).physicalId())
                    .isEqualTo(endpoint.answers().get(0).physicalId());
        }
        AnswerEndpoint.Answer answer = endpoint.lastAnswer();
        assertThat(answer.status()).isEqualTo(row.get(5));
        if (expected.startsWith("<")) assertThat(answer.physicalId()).isEqualTo(defaultId());
        else assertThat(answer.physicalId()).isEqualTo(expected);
    }

    @SuppressWarnings("NullAway") // a handler that breaks its contract
    private static Outcome nothing() {
        return null;
    }

    private static String defaultId() {
        return PhysicalId.of(
                        "key-guard",
                        CustomResourceEvents.STACK,
                        "KeyGuard",
                        KEY.getOrDefault("KmsKeyArn", ""))
                .value();
    }

    @Test
    void another_key_gives_another_id_and_the_way_back_gives_the_first_again() {
        GuardUnderTest guard =
                new GuardUnderTest((request, _) -> Outcome.success(request.id(), Map.of()));
        Map<String, String> other =
                Map.of("KmsKeyArn", "arn:aws:kms:eu-central-1:111122223333:key/2");
        guard.invoke(events.create(KEY), new FakeContext(60_000));
        String first = endpoint.lastAnswer().physicalId();
        guard.invoke(events.update(first, other, KEY), new FakeContext(60_000));
        String second = endpoint.lastAnswer().physicalId();
        guard.invoke(events.update(second, KEY, other), new FakeContext(60_000));
        assertThat(second).isNotEqualTo(first);
        assertThat(endpoint.lastAnswer().physicalId()).isEqualTo(first);
    }

    @Test
    void an_update_of_the_same_thing_keeps_an_id_that_was_made_by_other_rules() {
        GuardUnderTest guard =
                new GuardUnderTest((request, _) -> Outcome.success(request.id(), Map.of()));
        guard.invoke(events.update("id-of-an-older-version", KEY, KEY), new FakeContext(60_000));
        assertThat(endpoint.lastAnswer().physicalId()).isEqualTo("id-of-an-older-version");
    }
}
