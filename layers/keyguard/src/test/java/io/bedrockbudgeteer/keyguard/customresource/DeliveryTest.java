package io.bedrockbudgeteer.keyguard.customresource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bedrockbudgeteer.keyguard.aws.Deadline;
import io.bedrockbudgeteer.keyguard.testing.AnswerEndpoint;
import io.bedrockbudgeteer.keyguard.testing.AnswerEndpoint.Reaction;
import io.bedrockbudgeteer.keyguard.testing.CustomResourceEvents;
import io.bedrockbudgeteer.keyguard.testing.FakeContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeliveryTest {
    private final AnswerEndpoint endpoint = new AnswerEndpoint();
    private final FakeContext context = new FakeContext(60_000);
    private final Journal journal = new Journal(context.getLogger(), Map.of());
    private final String url = endpoint.url(CustomResourceEvents.STACK, "rid-1", "KeyGuard");

    @AfterEach
    void close() {
        endpoint.close();
        assertThat(context.log()).doesNotContain("SENTINEL");
    }

    private byte[] body() {
        RequestIdentity identity =
                new RequestIdentity(
                        url,
                        CustomResourceEvents.STACK,
                        "rid-1",
                        "KeyGuard",
                        java.util.Optional.empty());
        return Answer.success(identity, new PhysicalId("id"), Map.of("Umlaut", "ä"), false)
                .body()
                .getBytes(StandardCharsets.UTF_8);
    }

    private void put(Duration time) {
        // No jitter: the waits are zero, the tests fast.
        new Delivery(ResponseUrl.of(url, true), Deadline.in(time), journal, () -> 0).put(body());
    }

    static List<List<String>> statuses() {
        List<List<String>> all = Table.rows("callback-status.csv", 21);
        List<List<String>> numeric =
                all.stream().filter(row -> row.get(0).matches("\\d+")).toList();
        assertThat(numeric).as("rows that are a status code").hasSize(14);
        return numeric;
    }

    @ParameterizedTest
    @MethodSource("statuses")
    void each_status_is_delivered_retried_or_final_as_tabled(List<String> row) {
        int status = Integer.parseInt(row.get(0));
        Delivery.Verdict expected =
                switch (row.get(1)) {
                    case "delivered" -> Delivery.Verdict.DELIVERED;
                    case "retry" -> Delivery.Verdict.RETRY;
                    default -> Delivery.Verdict.FINAL;
                };
        assertThat(Delivery.meaning(status)).isEqualTo(expected);
        endpoint.react(status);
        switch (expected) {
            case DELIVERED -> {
                put(Duration.ofSeconds(20));
                assertThat(endpoint.puts()).isEqualTo(1);
            }
            case RETRY -> {
                put(Duration.ofSeconds(20));
                assertThat(endpoint.puts()).isEqualTo(2);
                assertThat(endpoint.bodies().get(0)).isEqualTo(endpoint.bodies().get(1));
            }
            case FINAL -> {
                assertThatThrownBy(() -> put(Duration.ofSeconds(20)))
                        .isInstanceOf(CannotAnswer.class)
                        .hasNoCause()
                        .hasMessageNotContaining("127.0.0.1");
                assertThat(endpoint.puts()).isEqualTo(1);
            }
        }
    }

    @Test
    void status_403_leaves_a_hint_without_the_url() {
        endpoint.react(403);
        assertThatThrownBy(() -> put(Duration.ofSeconds(20))).hasMessageContaining("403");
        assertThat(context.log())
                .contains("VPC endpoint policy")
                .doesNotContain("127.0.0.1")
                .doesNotContain("X-Amz");
    }

    @Test
    void five_refusals_are_the_end() {
        endpoint.react(IntStream.generate(() -> 500).limit(9).toArray());
        assertThatThrownBy(() -> put(Duration.ofSeconds(20)))
                .isInstanceOf(CannotAnswer.class)
                .hasNoCause();
        assertThat(endpoint.puts()).isEqualTo(Delivery.ATTEMPTS);
    }

    @Test
    void a_hang_up_is_one_request_on_the_wire_and_is_retried() {
        endpoint.react(new Reaction.Hangup());
        put(Duration.ofSeconds(20));
        // Were the length not fixed, the JDK would have sent the first one twice.
        assertThat(endpoint.puts()).isEqualTo(2);
    }

    @Test
    void silence_times_out_and_is_retried() {
        endpoint.react(new Reaction.Silence());
        long start = System.nanoTime();
        put(Duration.ofSeconds(20));
        assertThat(endpoint.puts()).isEqualTo(2);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofSeconds(3), Duration.ofSeconds(8));
    }

    @Test
    void silence_ends_at_the_deadline() {
        endpoint.react(new Reaction.Silence(), new Reaction.Silence(), new Reaction.Silence());
        long start = System.nanoTime();
        assertThatThrownBy(() -> put(Duration.ofMillis(700))).isInstanceOf(CannotAnswer.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void no_attempt_begins_after_the_deadline() {
        assertThatThrownBy(() -> put(Duration.ofMillis(10))).isInstanceOf(CannotAnswer.class);
        assertThat(endpoint.puts()).isZero();
    }

    @Test
    void a_refused_connection_is_retried_and_then_reported_without_the_url() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            free = socket.getLocalPort();
        }
        ResponseUrl nobody =
                ResponseUrl.of("http://127.0.0.1:" + free + "/x?X-Amz-Signature=SENTINEL", true);
        assertThatThrownBy(() ->
                        new Delivery(nobody, Deadline.in(Duration.ofSeconds(20)), journal, () -> 0)
                                .put(body()))
                .isInstanceOf(CannotAnswer.class)
                .hasMessageNotContaining("SENTINEL")
                .hasNoCause();
        assertThat(context.log().lines().filter(line -> line.contains("answer-not-delivered")))
                .hasSize(Delivery.ATTEMPTS);
    }

    @Test
    void a_host_that_does_not_speak_tls_is_retried_only_while_connections_break()
            throws IOException {
        try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
            Thread talker =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    while (true) {
                                        var socket = plain.accept();
                                        socket.getOutputStream()
                                                .write(
                                                        "this is not TLS\r\n\r\n"
                                                                .getBytes(
                                                                        StandardCharsets.US_ASCII));
                                        socket.close();
                                    }
                                } catch (IOException _) {
                                    // closed by the test
                                }
                            });
            ResponseUrl url =
                    ResponseUrl.of(
                            "https://127.0.0.1:"
                                    + plain.getLocalPort()
                                    + "/x?X-Amz-Signature=SENTINEL",
                            true);
            assertThatThrownBy(() ->
                            new Delivery(url, Deadline.in(Duration.ofSeconds(20)), journal, () -> 0)
                                    .put(body()))
                    .isInstanceOf(CannotAnswer.class)
                    .hasMessageNotContaining("SENTINEL");
            assertThat(talker.isAlive()).isTrue();
        }
    }
}
