package io.bedrockbudgeteer.keyalarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.testing.AnswerEndpoint.Answer;
import io.bedrockbudgeteer.keyguard.testing.AwsError;
import io.bedrockbudgeteer.keyguard.testing.CustomResourceEvents;
import io.bedrockbudgeteer.keyguard.testing.FakeAws;
import io.bedrockbudgeteer.keyguard.testing.Invocations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyAlarmHandlerTest {
    private static final String KEY =
            "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    private static final String TOPIC =
            "arn:aws:sns:eu-central-1:111122223333:bedrock-budgeteer-production-operational-alerts";
    private static final String NAME = "BedrockBudgeteer-KMS-HighUsage";

    private final Invocations guard = new Invocations("Custom::KmsKeyAlarms", "KeyAlarms");
    private final FakeAws aws = guard.aws;
    private final KeyAlarmHandler handler = new KeyAlarmHandler(aws.environment());

    @AfterEach
    void close() {
        guard.close();
    }

    private static Map<String, Object> properties(Map<String, ?> more) {
        Map<String, Object> all =
                new LinkedHashMap<>(
                        Map.of(
                                "KeyArn",
                                KEY,
                                "Environment",
                                "production",
                                "Threshold",
                                "5000",
                                "PeriodSeconds",
                                "300",
                                "AlarmActions",
                                List.of(TOPIC)));
        all.putAll(more);
        return all;
    }

    private Map<String, Object> alarm(String name) {
        return Objects.requireNonNull(aws.cloudWatch.alarms().get(name), name);
    }

    @Test
    void the_alarm_sums_what_kms_really_publishes() {
        Answer answer = guard.create(handler, properties(Map.of()));
        assertThat(answer.data())
                .containsEntry("KeyArn", KEY)
                .containsEntry("UsageAlarmName", NAME)
                .containsEntry(
                        "UsageAlarmArn",
                        "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:" + NAME)
                .containsEntry("Findings", "none");
        Map<String, Object> alarm = alarm(NAME);
        assertThat(alarm)
                .containsEntry("ComparisonOperator", "GreaterThanThreshold")
                .containsEntry(
                        "Threshold", 5000L) // CBOR writes a whole number in its shortest form
                .containsEntry("EvaluationPeriods", 1L)
                .containsEntry("TreatMissingData", "notBreaching")
                .containsEntry("AlarmActions", List.of(TOPIC));
        assertThat(String.valueOf(alarm.get("AlarmDescription")))
                .contains("More than 5000")
                .contains("5 minutes")
                .contains(KEY);
        List<String> operations = new ArrayList<>();
        String expression = "";
        for (Object each : (List<?>) Objects.requireNonNull(alarm.get("Metrics"))) {
            Map<?, ?> query = (Map<?, ?>) each;
            if (!(query.get("MetricStat") instanceof Map<?, ?> stat)) {
                expression = String.valueOf(query.get("Expression"));
                continue;
            }
            assertThat(stat.get("Stat")).isEqualTo("Sum");
            assertThat(stat.get("Period")).isEqualTo(300L);
            operations.add(String.valueOf(stat.get("Metric")));
        }
        assertThat(operations)
                .hasSize(7)
                .allMatch(metric ->
                        metric.contains("AWS/KMS") && metric.contains("SuccessfulRequest"));
        assertThat(
                        operations.stream()
                                .filter(metric ->
                                        metric.contains("SourceKeyArn")
                                                && metric.contains("DestinationKeyArn")))
                .hasSize(1);
        assertThat(expression)
                .isEqualTo(
                        "SUM([FILL(m1,0),FILL(m2,0),FILL(m3,0),FILL(m4,0),FILL(m5,0),FILL(m6,0),FILL(m7,0)])");
    }

    @ParameterizedTest
    @CsvSource({"10", "20", "30", "60", "3600", "86400"})
    void periods_that_cloudwatch_takes_are_taken(String period) {
        assertThat(guard.create(handler, properties(Map.of("PeriodSeconds", period))).isSuccess())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"15,ALM001", "0,ALM001", "-60,ALM001", "90,ALM001", "86460,ALM001"})
    void other_periods_are_refused_before_any_call(String period, String rule) {
        assertThat(guard.create(handler, properties(Map.of("PeriodSeconds", period))).reason())
                .startsWith(rule + " error");
        assertThat(aws.calls()).isEmpty();
    }

    @Test
    void a_negative_threshold_is_refused() {
        assertThat(guard.create(handler, properties(Map.of("Threshold", "-1"))).reason())
                .startsWith("ALM002 error");
        assertThat(guard.create(handler, properties(Map.of("Threshold", "many"))).reason())
                .startsWith("Threshold is 'many', not a number");
    }

    @Test
    void another_environment_has_an_alarm_of_its_own_and_another_id() {
        Answer production = guard.create(handler, properties(Map.of()));
        Answer staging =
                guard.update(
                        handler,
                        production.physicalId(),
                        properties(Map.of("Environment", "staging")),
                        properties(Map.of()));
        assertThat(staging.data()).containsEntry("UsageAlarmName", NAME + "-staging");
        assertThat(staging.physicalId()).isNotEqualTo(production.physicalId());
        assertThat(aws.cloudWatch.alarms()).containsOnlyKeys(NAME, NAME + "-staging");
    }

    @Test
    void another_key_overwrites_the_alarm_and_keeps_the_id() {
        Answer first = guard.create(handler, properties(Map.of()));
        String other = KEY.replace("90ab", "90ac");
        Answer second =
                guard.update(
                        handler,
                        first.physicalId(),
                        properties(Map.of("KeyArn", other)),
                        properties(Map.of()));
        assertThat(second.physicalId()).isEqualTo(first.physicalId());
        assertThat(String.valueOf(alarm(NAME))).contains(other).doesNotContain(KEY);
    }

    @Test
    void delete_takes_the_alarm_away_and_may_come_twice() {
        Answer answer = guard.create(handler, properties(Map.of()));
        assertThat(guard.delete(handler, answer.physicalId(), properties(Map.of())).isSuccess())
                .isTrue();
        assertThat(aws.cloudWatch.alarms()).isEmpty();
        assertThat(guard.delete(handler, answer.physicalId(), properties(Map.of())).isSuccess())
                .isTrue();
        assertThat(guard.delete(handler, "made-up-id", Map.of()).isSuccess()).isTrue();
    }

    @Test
    void an_alarm_that_is_gone_when_it_is_to_be_deleted_is_no_failure() {
        guard.create(handler, properties(Map.of()));
        aws.fail(
                "cloudwatch:DeleteAlarms",
                1,
                new AwsError(404, "ResourceNotFound", "no such alarm"));
        assertThat(guard.delete(handler, "id", properties(Map.of())).isSuccess()).isTrue();
    }

    @Test
    void delete_leaves_the_alarm_of_another_stack_alone() {
        guard.create(handler, properties(Map.of()));
        Map<String, Object> theirs = new LinkedHashMap<>(alarm(NAME));
        theirs.put(
                "AlarmDescription",
                "Owned by stack arn:aws:cloudformation:eu-central-1:111122223333:stack/other/1");
        aws.cloudWatch.alarm(NAME, theirs);
        assertThat(guard.delete(handler, "id", properties(Map.of())).isSuccess()).isTrue();
        assertThat(aws.cloudWatch.alarms()).containsKey(NAME);
        assertThat(CustomResourceEvents.STACK).doesNotContain("stack/other");
    }

    @Test
    void a_refused_write_and_a_refused_delete_say_what_to_do() {
        aws.fail(
                "cloudwatch:PutMetricAlarm",
                1,
                new AwsError(
                        403,
                        "AccessDenied",
                        "User: x is not authorized to perform: cloudwatch:PutMetricAlarm"));
        assertThat(guard.create(handler, properties(Map.of())).reason())
                .startsWith("ALM003 error")
                .contains("not authorized to perform: cloudwatch:PutMetricAlarm");
        guard.create(handler, properties(Map.of()));
        aws.fail("cloudwatch:DeleteAlarms", 1, new AwsError(403, "AccessDenied", "no"));
        assertThat(guard.delete(handler, "id", properties(Map.of())).reason())
                .contains("aws cloudwatch delete-alarms");
    }

    @Test
    void more_than_five_actions_are_refused() {
        List<String> topics = List.of("a", "b", "c", "d", "e", "f");
        assertThat(guard.create(handler, properties(Map.of("AlarmActions", topics))).reason())
                .startsWith("ALM003 error");
    }

    @Test
    void the_sample_event_works() {
        assertThat(guard.run(handler, guard.sample("key-alarm-create.json")).isSuccess()).isTrue();
    }
}
