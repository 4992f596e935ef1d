package io.bedrockbudgeteer.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Answers as a function sends them, right and wrong.
class AnswerEndpointTest {
    private static final String STACK =
            "arn:aws:cloudformation:us-east-1:111122223333:stack/app/4ba7c5f0";
    private static final Duration SHORT = Duration.ofMillis(50);

    private final List<String> violations = new CopyOnWriteArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final AnswerEndpoint answers = new AnswerEndpoint(60, () -> now, violations::add);
    private final String url = answers.open(STACK, "KeyCheck", "r-1");

    @AfterEach
    void close() {
        answers.close();
    }

    private static String body(String more) {
        return "{\"Status\":\"SUCCESS\",\"PhysicalResourceId\":\"p\",\"StackId\":\""
                + STACK
                + "\",\"LogicalResourceId\":\"KeyCheck\",\"RequestId\":\"r-1\""
                + more
                + "}";
    }

    private static int put(String url, String body) throws IOException {
        return send("PUT", url, body, Optional.empty());
    }

    private static int send(String method, String url, String body, Optional<String> contentType)
            throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(bytes.length);
        contentType.ifPresent(type -> connection.setRequestProperty("Content-Type", type));
        try (OutputStream out = connection.getOutputStream()) {
            out.write(bytes);
        }
        return connection.getResponseCode();
    }

    private Optional<String> answer() throws InterruptedException {
        return answers.await(STACK, "KeyCheck", "r-1", SHORT);
    }

    @Test
    void url_has_the_shape_of_a_presigned_one() {
        assertThat(url)
                .startsWith("http://127.0.0.1:")
                .contains("/arn%3Aaws%3Acloudformation", "%7CKeyCheck%7Cr-1?", "X-Amz-Signature=");
    }

    @Test
    void good_answer_is_taken_without_a_word() throws Exception {
        assertThat(answer()).isEmpty();
        assertThat(put(url, body(",\"Data\":{\"KeyArn\":\"a\"}"))).isEqualTo(200);
        assertThat(answer()).contains(body(",\"Data\":{\"KeyArn\":\"a\"}"));
        assertThat(violations).isEmpty();
    }

    /// @param body of an answer that CloudFormation would refuse or misread
    record Bad(String body, String violation) {}

    static List<Bad> badBodies() {
        return List.of(
                new Bad("no json", "not one JSON object"),
                new Bad(body(",\"Status\":\"FAILED\""), "not one JSON object"),
                new Bad(body(",\"Data\":{\"x\":\"" + "y".repeat(4096) + "\"}"), "more than 4096"),
                new Bad(body("").replace("stack/app", "stack/other"), "StackId"),
                new Bad(body("").replace("\"KeyCheck\"", "\"Other\""), "LogicalResourceId"),
                new Bad(body("").replace("r-1", "r-2"), "RequestId"),
                new Bad(body("").replace("SUCCESS", "OK"), "the status 'OK'"),
                new Bad(body("").replace("SUCCESS", "FAILED"), "failed without a reason"),
                new Bad(body("").replace("\"p\"", "\"\""), "PhysicalResourceId"),
                new Bad(
                        body("").replace("\"p\"", "\"" + "p".repeat(1025) + "\""),
                        "PhysicalResourceId"),
                new Bad(body(",\"Data\":\"x\""), "Data that is no object"),
                new Bad(body(",\"Data\":{\"x\":{}}"), "not simple"));
    }

    @ParameterizedTest
    @MethodSource("badBodies")
    void broken_answer_is_stored_as_s3_would_and_is_a_violation(Bad bad) throws Exception {
        assertThat(put(url, bad.body())).isEqualTo(200);
        assertThat(answer()).contains(bad.body());
        assertThat(violations)
                .singleElement()
                .asString()
                .startsWith("the answer of KeyCheck")
                .contains(bad.violation());
    }

    @Test
    void no_bad_body_has_disappeared() {
        assertThat(badBodies()).hasSize(12);
    }

    @Test
    void request_that_breaks_the_signature_is_refused() throws Exception {
        assertThat(send("POST", url, body(""), Optional.of(""))).isEqualTo(403);
        assertThat(put(url.replace("X-Amz-Signature=", "X-Amz-Signature=0"), body("")))
                .isEqualTo(403);
        assertThat(put(url.replaceAll("\\?.*", ""), body(""))).isEqualTo(403);
        assertThat(put(url.replace("KeyCheck", "Other"), body(""))).isEqualTo(403);
        assertThat(send("PUT", url, body(""), Optional.of("application/json"))).isEqualTo(403);
        assertThat(answer()).isEmpty();
        assertThat(violations).hasSize(5);
    }

    @Test
    void url_expires() throws Exception {
        now = now.plusSeconds(121); // 7200 s, divided by the scale of 60, and one more.
        assertThat(put(url, body(""))).isEqualTo(403);
        assertThat(violations).singleElement().asString().contains("expired");
    }

    @Test
    void first_answer_counts_and_a_second_one_is_a_violation() throws Exception {
        put(url, body(""));
        put(url, body(",\"NoEcho\":true"));
        assertThat(answer()).contains(body(""));
        assertThat(violations)
                .containsExactly("the answer of KeyCheck came twice for one delivery of the event");
    }

    @Test
    void event_delivered_twice_may_be_answered_twice() throws Exception {
        String event =
                "{\"StackId\":\""
                        + STACK
                        + "\",\"LogicalResourceId\":\"KeyCheck\",\"RequestId\":\"r-1\"}";
        answers.delivered(event);
        answers.delivered(event);
        answers.delivered("not an event");
        put(url, body(""));
        put(url, body(""));
        assertThat(violations).isEmpty();
    }

    @Test
    void failures_are_injected_one_per_request() throws Exception {
        answers.fail(
                new AnswerFault.Status(503),
                new AnswerFault.ResetBefore(),
                new AnswerFault.Delay(SHORT));

        assertThat(put(url, body(""))).isEqualTo(503);
        assertThatThrownBy(() -> put(url, body(""))).isInstanceOf(IOException.class);
        assertThat(answer()).isEmpty();
        assertThat(put(url, body(""))).isEqualTo(200);

        assertThat(answers.requests(STACK, "KeyCheck", "r-1")).isEqualTo(3);
        assertThat(violations).isEmpty();
    }

    @Test
    void answer_that_is_not_confirmed_may_come_again() throws Exception {
        answers.fail(new AnswerFault.ResetAfter());

        assertThatThrownBy(() -> put(url, body(""))).isInstanceOf(IOException.class);
        assertThat(answer()).contains(body(""));
        assertThat(put(url, body(""))).isEqualTo(200);

        assertThat(violations).isEmpty();
    }
}
