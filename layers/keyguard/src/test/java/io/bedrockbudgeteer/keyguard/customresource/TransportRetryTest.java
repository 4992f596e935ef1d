package io.bedrockbudgeteer.keyguard.customresource;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.testing.AnswerEndpoint.Reaction;
import io.bedrockbudgeteer.keyguard.testing.Scenario;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of an answer that does not arrive at first.
class TransportRetryTest {
    private static final Reaction SILENCE = new Reaction.Silence();

    private final Rig rig = new Rig();
    private final GuardUnderTest guard =
            new GuardUnderTest((request, _) ->
                    new Outcome.Success(
                            Optional.of(request.id()), Map.of("Secret", Rig.SECRET), true));

    @AfterEach
    void close() {
        rig.close();
    }

    static List<List<String>> statuses() {
        List<List<String>> all = Table.rows("callback-status.csv", 21);
        List<List<String>> numeric =
                all.stream().filter(row -> row.get(0).matches("\\d+")).toList();
        assertThat(numeric).as("rows that are a status code").hasSize(14);
        // Each of the others has a test of its own, here or in TransportConnectionTest.
        assertThat(all.stream().map(row -> row.get(0)).filter(name -> !name.matches("\\d+")))
                .containsExactly(
                        "connect refused",
                        "connection reset",
                        "read timeout",
                        "unknown host",
                        "TLS failure",
                        "every attempt failed",
                        "deadline reached");
        return numeric;
    }

    @ParameterizedTest
    @MethodSource("statuses")
    @Scenario({"T2", "T3"})
    void each_status_is_delivered_retried_or_final_as_tabled(List<String> row) {
        rig.endpoint.react(Integer.parseInt(row.get(0)));
        switch (row.get(1)) {
            case "delivered" -> {
                rig.run(guard, rig.create());
                assertThat(rig.endpoint.puts()).isEqualTo(1);
            }
            case "retry" -> {
                // To the original URL, although 307 and 308 name another one: the endpoint checks.
                rig.run(guard, rig.create());
                assertThat(rig.endpoint.puts()).isEqualTo(2);
                assertThat(new HashSet<>(rig.endpoint.bodies())).as("different bodies").hasSize(1);
            }
            case "not delivered - no retry" -> {
                assertThat(rig.refused(guard, rig.create())).hasMessageContaining(row.get(0));
                assertThat(rig.endpoint.puts()).isEqualTo(1);
            }
            default -> throw new AssertionError("row is not covered: " + row);
        }
    }

    // With a fixed length the JDK treats 401 and 407 in a way of its own.
    @ParameterizedTest
    @ValueSource(ints = {302, 303, 401, 402, 405, 407, 409, 410, 412, 413, 501, 505})
    void any_other_status_is_final(int status) {
        rig.endpoint.react(status);
        assertThat(rig.refused(guard, rig.create())).hasMessageContaining("HTTP status " + status);
        assertThat(rig.endpoint.puts()).isEqualTo(1);
    }

    @Test
    @Scenario("T4")
    void status_403_is_final_and_leaves_a_hint_without_the_url() {
        rig.endpoint.react(403);
        assertThat(rig.refused(guard, rig.create())).hasMessageContaining("HTTP status 403");
        assertThat(rig.endpoint.puts()).isEqualTo(1);
        assertThat(rig.log())
                .contains("has expired")
                .contains("VPC endpoint policy")
                .doesNotContain("127.0.0.1");
    }

    @Test
    @Scenario("T5")
    void five_refusals_are_the_end_and_the_repeated_event_delivers() {
        rig.endpoint.react(IntStream.generate(() -> 500).limit(5).toArray());
        String event = rig.create();
        assertThat(rig.refused(guard, event)).hasMessageContaining("5 attempts failed");
        assertThat(rig.endpoint.puts()).isEqualTo(5);
        // Lambda runs an event that ended with an error again.
        assertThat(rig.run(guard, event).isSuccess()).isTrue();
        assertThat(new HashSet<>(rig.endpoint.bodies())).as("different bodies").hasSize(1);
    }

    @Test
    @Scenario("T6")
    void silence_times_out_and_is_retried() {
        rig.endpoint.react(SILENCE);
        long start = System.nanoTime();
        assertThat(rig.run(guard, rig.create()).isSuccess()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofSeconds(3), Duration.ofSeconds(15));
        assertThat(rig.endpoint.puts()).isEqualTo(2);
    }

    @Test
    @Scenario("T6")
    void silence_ends_at_the_deadline() {
        rig.endpoint.react(SILENCE, SILENCE, SILENCE);
        long start = System.nanoTime();
        // One second is kept for the end of the invocation, 700 ms are left.
        assertThat(rig.refused(guard, rig.create(), 1_700)).hasMessageContaining("time is up");
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(600), Duration.ofSeconds(10));
        assertThat(rig.endpoint.puts()).isEqualTo(1);
    }

    @Test
    void no_attempt_begins_after_the_deadline() {
        assertThat(rig.refused(guard, rig.create(), 1_010)).hasMessageContaining("time is up");
        assertThat(rig.endpoint.puts()).isZero();
    }
}
