package io.bedrockbudgeteer.local.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The contract with programs: exactly these fields.
class JsonReportTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void one_operation_is_one_object_with_the_agreed_fields() throws Exception {
        JsonNode report = JSON.readTree(JsonReport.of(Reports.good()));

        assertThat(names(report))
                .containsExactly(
                        "status",
                        "events",
                        "outputs",
                        "policyBefore",
                        "policyAfter",
                        "apiCalls",
                        "alarms",
                        "deadLetters",
                        "notModelled");
        assertThat(names(report.at("/events/0")))
                .containsExactly("time", "logicalId", "type", "physicalId", "status", "reason");
        assertThat(names(report.at("/apiCalls/0")))
                .containsExactly("time", "caller", "action", "resource", "allowed", "decidedBy");
        assertThat(report.path("status").asText()).isEqualTo("CREATE_COMPLETE");
        assertThat(report.at("/events/0/time").asText()).isEqualTo("2026-11-24T10:15:00Z");
        assertThat(report.at("/apiCalls/0/allowed").isBoolean()).isTrue();
        assertThat(JSON.readTree(report.path("policyAfter").asText()).at("/Statement")).hasSize(3);
        assertThat(report.at("/alarms/0/AlarmName").asText())
                .isEqualTo("BedrockBudgeteer-KMS-HighUsage");
        assertThat(report.at("/alarms/0/StateValue").asText()).isEqualTo("INSUFFICIENT_DATA");
        assertThat(report.path("deadLetters")).isEmpty();
        assertThat(report.at("/outputs/KmsKeyArn").asText()).isEqualTo(Reports.KEY);
        assertThat(report.at("/notModelled")).hasSize(2);
    }

    @Test
    void a_dead_letter_has_the_whole_record_but_no_presigned_query() throws Exception {
        String text = JsonReport.of(Reports.bad());
        JsonNode letter = JSON.readTree(text).at("/deadLetters/0");

        assertThat(names(letter))
                .containsExactly(
                        "time", "function", "queue", "condition", "attempts", "refusal", "record");
        assertThat(letter.at("/record/requestContext/condition").asText())
                .isEqualTo(letter.path("condition").asText())
                .isEqualTo("RetriesExhausted");
        assertThat(letter.at("/record/requestPayload/ResponseURL").asText())
                .isEqualTo("https://bucket.s3.amazonaws.com/arn%3Aaws/KeyCheck?REDACTED");
        assertThat(text).contains("HTTP status 403").doesNotContain("X-Amz-Signature");
    }

    @Test
    void several_operations_are_a_list() throws Exception {
        JsonNode reports = JSON.readTree(JsonReport.of(List.of(Reports.good(), Reports.bad())));

        assertThat(reports.isArray()).isTrue();
        assertThat(reports.at("/1/status").asText()).isEqualTo("UPDATE_ROLLBACK_COMPLETE");
    }
}
