package io.bedrockbudgeteer.local.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bedrockbudgeteer.local.KeyChoice;
import io.bedrockbudgeteer.local.LocalStack;
import io.bedrockbudgeteer.local.account.ApiCall;
import io.bedrockbudgeteer.local.account.Queues.Message;
import io.bedrockbudgeteer.local.engine.Status;
import io.bedrockbudgeteer.local.lambda.AnswerFault;
import io.bedrockbudgeteer.local.report.Ink;
import io.bedrockbudgeteer.local.report.JsonReport;
import io.bedrockbudgeteer.local.report.RunReport;
import io.bedrockbudgeteer.local.report.TextReport;
import io.bedrockbudgeteer.local.service.access.Json;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A guard that cannot deliver its answer: Lambda gives the event up, and it lands in the queue.
class DeadLetterIT {
    private static final String ALARM = "BedrockBudgeteer-Guard-DeadLetters";

    /// One refusal for each attempt of Lambda. S3 answers so when the URL has expired or an
    /// endpoint policy is in the way, and a guard does not try again within one attempt.
    private static final AnswerFault REFUSED = new AnswerFault.Status(403);

    @Test
    void answer_that_is_refused_three_times_becomes_a_dead_letter_although_the_key_is_disabled()
            throws Exception {
        try (LocalStack stack =
                Stacks.builder()
                        .key(KeyChoice.standard().withState("Disabled"))
                        .withoutRollback()
                        .open()) {
            stack.account().answers().fail(REFUSED, REFUSED, REFUSED);
            RunReport report = Stacks.failed(stack.deploy(), Status.CREATE_FAILED);

            assertThat(Stacks.reasonOf(report, "KeyCheck"))
                    .contains("did not receive a response from your Custom Resource");
            Stacks.nothingEncryptedWasCreated(report);
            Stacks.keyPolicyIsUntouched(report);

            JsonNode record = theRecord(stack, report);
            assertThat(record.at("/requestContext/condition").asText())
                    .isEqualTo("RetriesExhausted");
            assertThat(record.at("/requestContext/approximateInvokeCount").asInt()).isEqualTo(3);
            assertThat(record.at("/requestContext/functionArn").asText())
                    .contains(":function:bedrock-budgeteer-KeyCheckFunction-")
                    .endsWith(":$LATEST");
            assertThat(record.at("/requestPayload/RequestType").asText()).isEqualTo("Create");
            assertThat(record.at("/requestPayload/LogicalResourceId").asText())
                    .isEqualTo("KeyCheck");
            assertThat(record.at("/responseContext/functionError").asText()).isEqualTo("Unhandled");
            assertThat(record.at("/responsePayload/errorMessage").asText())
                    .contains("The answer was not delivered: HTTP status 403");
            // The URL is in the event, where it belongs, and nowhere else.
            assertThat(record.path("requestPayload").toString()).contains("X-Amz-Signature");
            assertThat(record.path("responsePayload").toString()).doesNotContain("X-Amz-");

            assertThat(Stacks.calls(report, "sqs:SendMessage"))
                    .singleElement()
                    .satisfies(call -> {
                        assertThat(call.caller())
                                .contains("assumed-role/bedrock-budgeteer-production-key-check/");
                        assertThat(call.allowed()).isTrue();
                        assertThat(call.decidedBy()).contains("HandOverWhatWasGivenUp");
                    });
            assertThat(report.alarmStates()).containsEntry(ALARM, "ALARM");

            RunReport gone = Stacks.succeeded(stack.delete());
            assertThat(gone.deadLetters()).isEmpty();
            assertThat(gone.alarms()).isEmpty();
            assertThat(stack.inventory().all("AWS::SQS::Queue")).isEmpty();
        }
    }

    @Test
    void what_is_printed_names_the_dead_letter_and_hides_the_presigned_url() throws Exception {
        try (LocalStack stack = Stacks.withKey(KeyChoice.standard())) {
            stack.account().answers().fail(REFUSED, REFUSED, REFUSED);
            RunReport report = Stacks.failed(stack.deploy(), Status.ROLLBACK_COMPLETE);

            // The queue went with the roll-back; the report still knows.
            assertThat(stack.inventory().all("AWS::SQS::Queue")).isEmpty();
            String json = JsonReport.of(report);
            assertThat(Json.read(json).path("deadLetters")).hasSize(1);
            JsonNode letter = Json.read(json).at("/deadLetters/0");
            assertThat(letter.path("condition").asText()).isEqualTo("RetriesExhausted");
            assertThat(letter.at("/record/requestPayload/ResponseURL").asText())
                    .startsWith("http://127.0.0.1:")
                    .endsWith("?REDACTED");
            String text =
                    String.join("\n", new TextReport(Ink.PLAIN, ZoneOffset.UTC).tail(report, true));
            assertThat(text.replaceAll("\\s+", " "))
                    .contains("Dead letters - Create of KeyCheck was given up by")
                    .contains("after 3 attempts: RetriesExhausted");
            assertThat(json).doesNotContain("X-Amz-");
            assertThat(text).doesNotContain("X-Amz-");
        }
    }

    @Test
    void without_a_key_an_update_that_is_not_answered_leaves_its_letter_and_the_next_one_works()
            throws Exception {
        try (LocalStack stack = Stacks.builder().open()) {
            RunReport first = Stacks.succeeded(stack.deploy());
            assertThat(first.alarmStates()).containsExactly(Map.entry(ALARM, "OK"));
            assertThat(first.outputs())
                    .containsEntry("GuardDeadLetterAlarmName", ALARM)
                    .containsKey("GuardDeadLetterQueueUrl");

            stack.account().answers().fail(REFUSED, REFUSED, REFUSED);
            RunReport report =
                    Stacks.failed(
                            stack.update(Map.of("LogRetentionDays", "14")),
                            Status.UPDATE_ROLLBACK_COMPLETE);

            assertThat(Stacks.reasonOf(report, "LogRetentionCopyParameter"))
                    .contains("did not receive a response from your Custom Resource");
            assertThat(theRecord(stack, report).at("/requestPayload/RequestType").asText())
                    .isEqualTo("Update");
            assertThat(report.alarmStates()).containsEntry(ALARM, "ALARM");
            assertThat(report.apiCalls())
                    .extracting(ApiCall::action)
                    .noneMatch(action -> action.startsWith("kms:"));

            RunReport again = Stacks.succeeded(stack.update(Map.of("LogRetentionDays", "14")));
            assertThat(again.deadLetters()).isEmpty();
            // Nobody has looked yet.
            assertThat(again.alarmStates()).containsEntry(ALARM, "ALARM");
            Stacks.succeeded(stack.delete());
        }
    }

    /// The one message in the queue.
    private static JsonNode theRecord(LocalStack stack, RunReport report) throws IOException {
        String url = report.resource("GuardDeadLetterQueue").physicalId();
        String arn =
                "arn:aws:sqs:us-east-1:"
                        + Stacks.ACCOUNT
                        + ":"
                        + url.substring(url.lastIndexOf('/') + 1);
        List<Message> messages = stack.account().queues().messages(arn);
        assertThat(messages).hasSize(1);
        assertThat(report.deadLetters())
                .singleElement()
                .satisfies(letter -> {
                    assertThat(letter.queue()).isEqualTo(arn);
                    assertThat(letter.refusal()).isEmpty();
                });
        return Json.read(messages.getFirst().body());
    }
}
