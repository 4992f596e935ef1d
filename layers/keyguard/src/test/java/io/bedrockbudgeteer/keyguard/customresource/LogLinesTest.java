package io.bedrockbudgeteer.keyguard.customresource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bedrockbudgeteer.keyguard.aws.AwsCall;
import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import io.bedrockbudgeteer.keyguard.testing.AnswerEndpoint;
import io.bedrockbudgeteer.keyguard.testing.CustomResourceEvents;
import io.bedrockbudgeteer.keyguard.testing.FakeContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The log is JSON that queries find their way in, and each invocation leaves one metric.
class LogLinesTest {
    private final AnswerEndpoint endpoint = new AnswerEndpoint();
    private final CustomResourceEvents events =
            new CustomResourceEvents(endpoint, GuardUnderTest.TYPE, "KeyGuard");
    private final FakeContext context = new FakeContext(60_000);

    @AfterEach
    void close() {
        endpoint.close();
    }

    private List<Json.Obj> lines() {
        return context.log()
                .lines()
                .filter(line -> !line.isBlank())
                .map(JsonReader::readObject)
                .toList();
    }

    private Json.Obj metric() {
        List<Json.Obj> metrics =
                lines().stream().filter(line -> line.get("_aws").isPresent()).toList();
        assertThat(metrics).hasSize(1);
        return metrics.getFirst();
    }

    private static String word(Json.Obj line, String name) {
        return line.string(name).orElse("");
    }

    @Test
    void every_line_is_json_with_time_level_and_request() {
        GuardUnderTest.succeeding().invoke(events.create(Map.of("KmsKeyArn", "k")), context);
        List<Json.Obj> messages =
                lines().stream().filter(line -> line.get("_aws").isEmpty()).toList();
        assertThat(messages)
                .extracting(line -> word(line, "event"))
                .containsExactly("request", "answer", "answer-delivered");
        assertThat(messages)
                .allSatisfy(line -> {
                    assertThat(
                                    Duration.between(
                                            Instant.parse(word(line, "timestamp")), Instant.now()))
                            .isBetween(Duration.ZERO, Duration.ofMinutes(5));
                    assertThat(word(line, "level")).isEqualTo("INFO");
                    assertThat(word(line, "AWSRequestId")).isEqualTo(context.getAwsRequestId());
                    assertThat(word(line, "logicalResourceId")).isEqualTo("KeyGuard");
                    assertThat(word(line, "requestId")).isNotEmpty();
                });
    }

    @Test
    void a_metric_tells_type_request_and_ending() {
        GuardUnderTest.succeeding().invoke(events.create(Map.of("KmsKeyArn", "k")), context);
        Json.Obj metric = metric();
        assertThat(word(metric, "ResourceType")).isEqualTo(GuardUnderTest.TYPE);
        assertThat(word(metric, "RequestType")).isEqualTo("Create");
        assertThat(word(metric, "Status")).isEqualTo("SUCCESS");
        assertThat(metric.get("Requests")).isPresent();
        assertThat(metric.get("Duration")).isPresent();
        Json.Obj header = (Json.Obj) metric.get("_aws").orElseThrow();
        Json.Obj definition =
                (Json.Obj)
                        ((Json.Arr) header.get("CloudWatchMetrics").orElseThrow())
                                .items()
                                .getFirst();
        assertThat(word(definition, "Namespace")).isEqualTo("BedrockBudgeteer/KeyGuard");
        // Each dimension and each metric that is declared stands in the line.
        for (Json dimension :
                ((Json.Arr)
                                ((Json.Arr) definition.get("Dimensions").orElseThrow())
                                        .items()
                                        .getFirst())
                        .items())
            assertThat(word(metric, ((Json.Str) dimension).value())).isNotEmpty();
        for (Json declared : ((Json.Arr) definition.get("Metrics").orElseThrow()).items())
            assertThat(metric.get(word((Json.Obj) declared, "Name")))
                    .containsInstanceOf(Json.Num.class);
    }

    @Test
    void a_failure_an_undelivered_answer_and_an_event_without_answer_are_told_apart() {
        new GuardUnderTest((_, _) -> Outcome.failure("no"))
                .invoke(events.delete("id", Map.of()), context);
        assertThat(word(metric(), "Status")).isEqualTo("FAILED");
        assertThat(word(metric(), "RequestType")).isEqualTo("Delete");

        FakeContext second = new FakeContext(60_000);
        endpoint.react(403);
        assertThatThrownBy(() ->
                        GuardUnderTest.succeeding()
                                .invoke(events.create(Map.of("KmsKeyArn", "k")), second))
                .isInstanceOf(CannotAnswer.class);
        assertThat(second.log()).contains("\"Status\":\"UNDELIVERED\"");

        FakeContext third = new FakeContext(60_000);
        assertThatThrownBy(() ->
                        GuardUnderTest.succeeding().invoke("{\"RequestType\":\"Nope\"}", third))
                .isInstanceOf(CannotAnswer.class);
        assertThat(third.log())
                .contains("\"Status\":\"UNANSWERABLE\"")
                .contains("\"RequestType\":\"Unknown\"");
        FakeContext fourth = new FakeContext(60_000);
        assertThatThrownBy(() -> GuardUnderTest.succeeding().invoke("not json", fourth))
                .isInstanceOf(CannotAnswer.class);
        assertThat(fourth.log()).contains("\"Status\":\"UNANSWERABLE\"");
    }

    @Test
    void an_aws_call_is_logged_with_its_time() {
        new GuardUnderTest(
                        (request, work) -> {
                            work.journal().awsCall(new AwsCall("kms:DescribeKey", "ok", 2, 17));
                            return Outcome.success(request.id(), Map.of("KeyArn", "k"));
                        })
                .invoke(events.create(Map.of("KmsKeyArn", "k")), context);
        assertThat(context.log())
                .contains(
                        "\"attempts\":2,\"millis\":17,\"operation\":\"kms:DescribeKey\",\"result\":\"ok\"");
    }
}
