package io.bedrockbudgeteer.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bedrockbudgeteer.local.account.Principal;
import io.bedrockbudgeteer.local.service.Client.Answer;
import io.bedrockbudgeteer.local.service.access.Json;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// CloudWatch alarms over CBOR, as the SDK sends them, and over JSON, as the AWS CLI does.
class AlarmsTest {
    private final LocalAccount account = new LocalAccount(Scene.options());
    private final Client client = new Client(account, account.deployerKeys());

    @AfterEach
    void close() {
        account.close();
    }

    static ObjectNode alarm() {
        ObjectNode alarm =
                Json.MAPPER
                        .createObjectNode()
                        .put("AlarmName", "usage")
                        .put("Namespace", "AWS/KMS")
                        .put("MetricName", "SuccessfulRequest")
                        .put("Statistic", "Sum")
                        .put("Period", 3600)
                        .put("EvaluationPeriods", 1)
                        .put("Threshold", 10_000.0)
                        .put("ComparisonOperator", "GreaterThanThreshold")
                        .put("TreatMissingData", "notBreaching");
        alarm.putArray("Dimensions")
                .add(
                        Json.MAPPER
                                .createObjectNode()
                                .put("Name", "KeyArn")
                                .put("Value", "arn:aws:kms:us-east-1:111122223333:key/1"))
                .add(
                        Json.MAPPER
                                .createObjectNode()
                                .put("Name", "Operation")
                                .put("Value", "Decrypt"));
        alarm.putArray("AlarmActions").add("arn:aws:sns:us-east-1:111122223333:alerts");
        return alarm;
    }

    private Answer put(ObjectNode alarm) {
        return client.cbor("PutMetricAlarm", Json.text(alarm));
    }

    @Test
    void alarm_is_put_described_set_and_deleted() {
        assertThat(put(alarm()).status()).isEqualTo(200);
        Answer described =
                client.cbor("DescribeAlarms", "{\"AlarmNames\":[\"usage\",\"missing\"]}");
        assertThat(described.json().path("MetricAlarms")).hasSize(1);
        JsonNode alarm = described.json().path("MetricAlarms").path(0);
        assertThat(alarm.path("AlarmArn").asText())
                .isEqualTo("arn:aws:cloudwatch:us-east-1:111122223333:alarm:usage");
        assertThat(alarm.path("StateValue").asText()).isEqualTo("INSUFFICIENT_DATA");
        assertThat(alarm.path("ActionsEnabled").asBoolean()).isTrue();
        assertThat(alarm.path("Threshold").asDouble()).isEqualTo(10_000);

        client.cbor(
                "SetAlarmState",
                "{\"AlarmName\":\"usage\",\"StateValue\":\"ALARM\",\"StateReason\":\"test\"}");
        put(alarm());
        assertThat(
                        client.cbor("DescribeAlarms", "{\"StateValue\":\"ALARM\"}")
                                .json()
                                .path("MetricAlarms"))
                .hasSize(1);
        assertThat(client.cbor("DeleteAlarms", "{\"AlarmNames\":[\"usage\",\"missing\"]}").status())
                .isEqualTo(200);
        assertThat(client.cbor("DescribeAlarms", "{}").json().path("MetricAlarms")).isEmpty();
        assertThat(
                        client.cbor(
                                        "SetAlarmState",
                                        "{\"AlarmName\":\"usage\",\"StateValue\":\"OK\",\"StateReason\":\"r\"}")
                                .code())
                .endsWith("#ResourceNotFound");
        assertThat(account.violations()).isEmpty();
    }

    @Test
    void json_protocol_sees_the_same_alarms() {
        put(alarm());
        Answer described =
                client.json(
                        "monitoring",
                        "GraniteServiceVersion20100801.DescribeAlarms",
                        "application/x-amz-json-1.0",
                        "{\"AlarmNamePrefix\":\"us\"}");
        assertThat(described.json().path("MetricAlarms").path(0).path("AlarmName").asText())
                .isEqualTo("usage");
    }

    /// @param change makes a good alarm bad
    record Bad(String code, String message, Consumer<ObjectNode> change) {
        @Override
        public String toString() {
            return message;
        }
    }

    static List<Bad> badAlarms() {
        return List.of(
                new Bad(
                        "MissingRequiredParameterException",
                        "AlarmName",
                        a -> a.remove("AlarmName")),
                new Bad(
                        "MissingRequiredParameterException",
                        "EvaluationPeriods",
                        a -> a.remove("EvaluationPeriods")),
                new Bad(
                        "MissingRequiredParameterException",
                        "ComparisonOperator",
                        a -> a.remove("ComparisonOperator")),
                new Bad(
                        "MissingRequiredParameterException",
                        "Threshold",
                        a -> a.remove("Threshold")),
                new Bad("MissingRequiredParameterException", "Period", a -> a.remove("Period")),
                new Bad(
                        "InvalidParameterCombinationException",
                        "Statistic",
                        a -> a.remove("Statistic")),
                new Bad(
                        "ValidationError",
                        "TreatMissingData",
                        a -> a.put("TreatMissingData", "Missing")),
                new Bad(
                        "ValidationError",
                        "ComparisonOperator",
                        a -> a.put("ComparisonOperator", "MoreThan")),
                new Bad("ValidationError", "multiple of 60", a -> a.put("Period", 90)),
                new Bad(
                        "ValidationError",
                        "EvaluationPeriods * Period",
                        a -> a.put("EvaluationPeriods", 169)),
                new Bad("ValidationError", "DatapointsToAlarm", a -> a.put("DatapointsToAlarm", 2)),
                new Bad(
                        "ValidationError",
                        "Invalid arn syntax",
                        a -> a.putArray("AlarmActions").add("alerts")),
                new Bad(
                        "InvalidParameterCombinationException",
                        "together with Metrics",
                        a -> a.putArray("Metrics").addObject().put("Id", "m")),
                new Bad(
                        "ValidationError",
                        "SEARCH",
                        a -> query(a, "q", "SEARCH('x', 'Sum', 60)", true)),
                new Bad("ValidationError", "return data", a -> query(a, "q", "m1+1", false)),
                new Bad("ValidationError", "not matching", a -> query(a, "Q", "m1+1", true)),
                new Bad(
                        "MissingRequiredParameterException",
                        "Metrics Insights",
                        a -> query(a, "q", "SELECT SUM(x) FROM SCHEMA(\"a\")", true)));
    }

    private static void query(ObjectNode alarm, String id, String expression, boolean returned) {
        alarm.remove(List.of("Namespace", "MetricName", "Statistic", "Period", "Dimensions"));
        alarm.putArray("Metrics")
                .addObject()
                .put("Id", id)
                .put("Expression", expression)
                .put("ReturnData", returned);
    }

    @ParameterizedTest
    @MethodSource("badAlarms")
    void alarm_is_refused(Bad bad) {
        ObjectNode alarm = alarm();
        bad.change().accept(alarm);

        Answer answer = put(alarm);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("com.amazonaws.cloudwatch#" + bad.code());
        assertThat(answer.message()).contains(bad.message());
        assertThat(account.alarms().all()).isEmpty();
    }

    @Test
    void no_bad_alarm_has_disappeared() {
        assertThat(badAlarms()).hasSize(17);
    }

    @Test
    void alarm_on_a_metric_that_kms_does_not_publish_is_a_violation() {
        put(alarm().put("MetricName", "NumberOfRequestsSucceeded"));
        ObjectNode withoutOperation = alarm().put("AlarmName", "second");
        withoutOperation.putArray("Dimensions").addObject().put("Name", "KeyArn").put("Value", "k");
        put(withoutOperation);
        ObjectNode insights = alarm().put("AlarmName", "third");
        query(insights, "q", "SELECT SUM(KeyUsage) FROM SCHEMA(\"AWS/KMS\", KeyArn)", true);
        ((ObjectNode) insights.path("Metrics").path(0)).put("Period", 3600);
        put(insights);

        assertThat(account.alarms().all()).hasSize(3);
        assertThat(account.violations())
                .containsExactly(
                        "alarm usage: KMS publishes no metric NumberOfRequestsSucceeded with dimensions [KeyArn, Operation]",
                        "alarm second: KMS publishes no metric SuccessfulRequest with dimensions [KeyArn]",
                        "alarm third: KMS publishes no metric KeyUsage with dimensions [KeyArn]");
    }

    @Test
    void query_over_all_operations_of_a_key_is_fine() {
        ObjectNode insights = alarm();
        query(
                insights,
                "q",
                "SELECT SUM(SuccessfulRequest) FROM SCHEMA(\"AWS/KMS\", KeyArn, Operation) WHERE KeyArn = 'k'",
                true);
        ((ObjectNode) insights.path("Metrics").path(0)).put("Period", 3600);
        assertThat(put(insights).status()).isEqualTo(200);
        assertThat(account.violations()).isEmpty();
    }

    @Test
    void calls_are_authorised_by_the_arn_of_the_alarm() {
        Principal.Session role =
                Scene.role(
                        account,
                        "alarm",
                        Scene.allow(
                                "[\"cloudwatch:PutMetricAlarm\",\"cloudwatch:DescribeAlarms\"]",
                                "arn:aws:cloudwatch:*:111122223333:alarm:usage"));
        Client limited = new Client(account, account.keysOf(role));

        assertThat(limited.cbor("PutMetricAlarm", Json.text(alarm())).status()).isEqualTo(200);
        Answer refused =
                limited.cbor("PutMetricAlarm", Json.text(alarm().put("AlarmName", "other")));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.queryError()).contains("AccessDenied;Sender");
        assertThat(limited.cbor("DescribeAlarms", "{\"AlarmNames\":[\"usage\"]}").status())
                .isEqualTo(200);
        assertThat(
                        limited.cbor("DescribeAlarms", "{\"AlarmNames\":[\"usage\",\"other\"]}")
                                .status())
                .isEqualTo(403);
        assertThat(limited.cbor("DescribeAlarms", "{\"AlarmNamePrefix\":\"usage\"}").message())
                .contains("alarm:*");
        ObjectNode tagged = alarm();
        tagged.putArray("Tags").addObject().put("Key", "k").put("Value", "v");
        assertThat(limited.cbor("PutMetricAlarm", Json.text(tagged)).message())
                .contains("cloudwatch:TagResource");
    }
}
