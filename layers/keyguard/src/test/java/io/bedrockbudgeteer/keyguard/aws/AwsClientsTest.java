package io.bedrockbudgeteer.keyguard.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bedrockbudgeteer.keyguard.testing.AwsError;
import io.bedrockbudgeteer.keyguard.testing.FakeAws;
import io.bedrockbudgeteer.keyguard.testing.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.model.DescribeKeyRequest;

class AwsClientsTest {
    private final FakeAws aws = new FakeAws();
    private final AwsClients clients = AwsClients.of(aws.environment());
    private final String key = aws.kms.newKey("1234abcd-12ab-34cd-56ef-1234567890ab");

    @AfterEach
    void close() {
        aws.close();
    }

    private static Reply<String> describe(AwsClients clients, String key, Deadline deadline) {
        return Reply.of(
                "kms:DescribeKey",
                () ->
                        clients.kms()
                                .describeKey(
                                        DescribeKeyRequest.builder()
                                                .keyId(key)
                                                .overrideConfiguration(AwsClients.limits(deadline))
                                                .build())
                                .keyMetadata()
                                .arn());
    }

    private Problem problemOf(
            int status, String code, @org.jspecify.annotations.Nullable String words, int times) {
        aws.fail("kms:DescribeKey", times, new AwsError(status, code, words));
        return describe(clients, key, Deadline.in(Duration.ofMinutes(1))).trouble().orElseThrow();
    }

    @Test
    void a_call_succeeds() {
        assertThat(describe(clients, key, Deadline.in(Duration.ofMinutes(1))).found())
                .contains(key);
    }

    @Test
    void each_call_is_told_of_once_with_its_result_and_attempts() {
        List<AwsCall> calls = new ArrayList<>();
        AwsClients listened = AwsClients.of(aws.environment(), calls::add);
        describe(listened, key, Deadline.in(Duration.ofMinutes(1)));
        aws.fail("kms:DescribeKey", 1, new AwsError(400, "ThrottlingException", "Rate exceeded"));
        describe(listened, key, Deadline.in(Duration.ofMinutes(1)));
        aws.fail("kms:DescribeKey", 1, new AwsError(400, "NotFoundException", "gone"));
        describe(listened, key, Deadline.in(Duration.ofMinutes(1)));
        assertThat(calls)
                .extracting(call -> call.operation() + " " + call.result() + " " + call.attempts())
                .containsExactly(
                        "kms:DescribeKey ok 1",
                        "kms:DescribeKey ok 2",
                        "kms:DescribeKey NotFoundException 1");
        assertThat(calls).allMatch(call -> call.millis() >= 0);
    }

    @Test
    void errors_are_told_apart_by_what_can_be_done() {
        assertThat(problemOf(400, "AccessDeniedException", "no", 1).kind())
                .isEqualTo(Problem.Kind.DENIED);
        assertThat(problemOf(400, "NotFoundException", "gone", 1).kind())
                .isEqualTo(Problem.Kind.NOT_FOUND);
        assertThat(problemOf(400, "DependencyTimeoutException", "later", 1).kind())
                .isEqualTo(Problem.Kind.TRANSIENT);
        assertThat(problemOf(400, "InvalidArnException", "bad", 1).kind())
                .isEqualTo(Problem.Kind.REFUSED);
    }

    @Test
    void a_connection_that_breaks_or_is_refused_may_work_another_time() {
        Deadline minute = Deadline.in(Duration.ofMinutes(1));
        aws.faults(_ -> Optional.of(new Fault.Reset(false)));
        assertThat(describe(clients, key, minute).trouble().orElseThrow().kind())
                .isEqualTo(Problem.Kind.TRANSIENT);
        aws.close();
        assertThat(describe(clients, key, minute).trouble().orElseThrow().kind())
                .isEqualTo(Problem.Kind.TRANSIENT);
    }

    @Test
    void throttling_is_tried_three_times_and_then_reported() {
        assertThat(problemOf(400, "ThrottlingException", "Rate exceeded", 3).isTransient())
                .isTrue();
        assertThat(aws.count("kms:DescribeKey")).isEqualTo(3);
    }

    @Test
    void a_connection_that_breaks_is_tried_three_times_and_may_work_later() {
        aws.faults(_ -> Optional.of(new Fault.Reset(false)));
        Problem problem =
                describe(clients, key, Deadline.in(Duration.ofMinutes(1))).trouble().orElseThrow();
        assertThat(problem.kind()).isEqualTo(Problem.Kind.TRANSIENT);
        assertThat(aws.count("kms:DescribeKey")).isEqualTo(3);
    }

    // The SDK itself repeats nothing that comes with a status of 4xx but throttling.
    @ParameterizedTest
    @ValueSource(strings = {"TooManyUpdates", "ResourceConflict"})
    void a_change_that_meets_another_one_is_repeated(String code) {
        aws.fail("kms:DescribeKey", 1, new AwsError(400, code, "at this moment"));
        assertThat(describe(clients, key, Deadline.in(Duration.ofMinutes(1))).found())
                .contains(key);
        assertThat(aws.count("kms:DescribeKey")).isEqualTo(2);
    }

    // Of the real waits the second alone would be a second and more.
    @Test
    void the_waits_of_the_sdk_are_asked_for_where_waits_are_shortened() {
        List<Duration> waits = new ArrayList<>();
        Environment local = aws.environment();
        Environment listening =
                new Environment() {
                    @Override
                    public Optional<String> get(String name) {
                        return local.get(name);
                    }

                    @Override
                    public Pace pace() {
                        return new Pace(1000) {
                            @Override
                            public Duration upTo(Duration most) {
                                waits.add(most);
                                return super.upTo(most);
                            }
                        };
                    }
                };
        aws.fail("kms:DescribeKey", 2, new AwsError(400, "ThrottlingException", "Rate exceeded"));
        describe(AwsClients.of(listening), key, Deadline.in(Duration.ofMinutes(1)));
        aws.fail("kms:DescribeKey", 2, new AwsError(500, "KMSInternalException", "oops"));
        describe(AwsClients.of(listening), key, Deadline.in(Duration.ofMinutes(1)));
        assertThat(waits)
                .containsExactly(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofMillis(100),
                        Duration.ofMillis(200));
    }

    @Test
    void an_error_without_a_message_reads_well() {
        assertThat(problemOf(400, "KMSInvalidStateException", null, 1).text())
                .isEqualTo(
                        "kms:DescribeKey failed: KMSInvalidStateException (the service sent no message)");
    }

    @Test
    void silence_ends_with_the_deadline() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
            AwsClients deaf =
                    AwsClients.of(
                            aws.environment(
                                    Map.of(
                                            "AWS_ENDPOINT_URL",
                                            "http://127.0.0.1:" + silent.getLocalPort())));
            long start = System.nanoTime();
            Reply<String> reply = describe(deaf, key, Deadline.in(Duration.ofSeconds(1)));
            assertThat(reply.trouble().orElseThrow().isTransient()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(4));
        }
    }

    // As the JDK's connection does when it is disconnected at the wrong moment.
    @Test
    void a_connection_that_breaks_in_a_strange_way_is_a_broken_connection() {
        AtomicInteger asked = new AtomicInteger();
        SdkHttpClient jdk = UrlConnectionHttpClient.create();
        SdkHttpClient strange =
                new SdkHttpClient() {
                    @Override
                    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
                        if (asked.getAndIncrement() > 0) return jdk.prepareRequest(request);
                        return new ExecutableHttpRequest() {
                            @Override
                            public HttpExecuteResponse call() {
                                throw new NullPointerException("this.http is null");
                            }

                            @Override
                            public void abort() {}
                        };
                    }

                    @Override
                    public void close() {
                        jdk.close();
                    }
                };
        AwsClients shaky =
                new AwsClients(
                        Region.EU_CENTRAL_1,
                        () -> AwsBasicCredentials.create("AKIAFAKEFAKEFAKEFAKE", "secret"),
                        aws.environment(),
                        new JdkHttpClient(strange),
                        _ -> {});
        assertThat(describe(shaky, key, Deadline.in(Duration.ofMinutes(1))).trouble()).isEmpty();
        assertThat(asked.get()).isEqualTo(2);
    }

    @Test
    void no_call_is_begun_after_the_deadline() {
        assertThatThrownBy(() -> describe(clients, key, Deadline.in(Duration.ZERO)))
                .isInstanceOf(OutOfTime.class);
        assertThat(aws.calls()).isEmpty();
    }

    @Test
    void an_endpoint_of_one_service_wins() {
        Map<String, String> nobody =
                Map.of(
                        "AWS_ENDPOINT_URL",
                        "http://127.0.0.1:1",
                        "AWS_ENDPOINT_URL_KMS",
                        aws.environment().required("AWS_ENDPOINT_URL"));
        assertThat(
                        describe(
                                        AwsClients.of(aws.environment(nobody)),
                                        key,
                                        Deadline.in(Duration.ofMinutes(1)))
                                .found())
                .contains(key);
    }

    @Test
    void what_is_missing_is_named() {
        assertThatThrownBy(() -> AwsClients.of(_ -> Optional.empty()))
                .hasMessageContaining("AWS_REGION");
    }
}
