package io.bedrockbudgeteer.local.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.local.template.Deployment;
import io.bedrockbudgeteer.local.template.StaticOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What Lambda gives up lands in one queue, whatever the state of the key.
class DeadLettersInTemplateTest {
    private static final String QUEUE = "GuardDeadLetterQueue";
    private static final String QUEUE_ARN = "arn:aws:x:us-east-1:111122223333:" + QUEUE;

    private final Deployment deployment = ShippedTemplate.withKey(Map.of());

    private static List<String> ofType(Deployment deployment, String type) {
        return deployment.resources().stream()
                .filter(resource -> resource.type().equals(type))
                .map(Deployment.Resource::logicalId)
                .toList();
    }

    @Test
    void each_guard_function_has_the_queue_as_its_destination_in_both_modes() {
        assertDestinations(deployment, 4);
        assertDestinations(ShippedTemplate.withoutKey(), 1);
    }

    private static void assertDestinations(Deployment deployment, int guards) {
        List<String> functions = new ArrayList<>();
        for (String config : ofType(deployment, "AWS::Lambda::EventInvokeConfig")) {
            Map<String, Object> properties = ShippedTemplate.properties(deployment, config);
            functions.add(Objects.requireNonNull(properties.get("FunctionName")).toString());
            assertThat(properties.get("DestinationConfig"))
                    .as(config)
                    .isEqualTo(Map.of("OnFailure", Map.of("Destination", QUEUE_ARN)));
        }
        assertThat(functions)
                .hasSize(guards)
                .containsExactlyInAnyOrderElementsOf(
                        ofType(deployment, "AWS::Lambda::Function").stream()
                                .map(id -> "ref-" + id)
                                .toList());
    }

    /// Lambda refuses a destination that the role may not send to, so the permission is part of the
    /// role itself: a policy of its own could come later.
    @ParameterizedTest
    @ValueSource(strings = {"KeyCheck", "KeyGrants", "KeyAlarms", "SecureParameter"})
    void each_guard_role_may_send_to_this_queue_and_do_nothing_else_with_it(String guard) {
        List<Map<?, ?>> statements = new ArrayList<>();
        List<?> policies =
                (List<?>)
                        ShippedTemplate.at(
                                        ShippedTemplate.properties(deployment, guard + "Role"),
                                        "Policies")
                                .orElseThrow();
        for (Object policy : policies) {
            ((List<?>)
                            ShippedTemplate.at((Map<?, ?>) policy, "PolicyDocument", "Statement")
                                    .orElseThrow())
                    .forEach(statement -> statements.add((Map<?, ?>) statement));
        }
        assertThat(statements)
                .filteredOn(statement -> statement.toString().contains("sqs:"))
                .singleElement()
                .isEqualTo(
                        Map.of(
                                "Sid",
                                "HandOverWhatWasGivenUp",
                                "Effect",
                                "Allow",
                                "Action",
                                "sqs:SendMessage",
                                "Resource",
                                QUEUE_ARN));
    }

    @ParameterizedTest
    @CsvSource({
        "KeyCheck, KeyCheck",
        "KeyGrants, KeyGrants",
        "KeyAlarms, KeyAlarms",
        "PoolBudgetParameter, SecureParameter"
    })
    void queue_then_permission_then_destination_then_the_first_event(String custom, String guard) {
        assertThat(ShippedTemplate.needs(deployment, guard + "Role")).contains(QUEUE);
        assertThat(ShippedTemplate.needs(deployment, guard + "InvokeConfig"))
                .contains(QUEUE, guard + "Role", guard + "Function");
        assertThat(ShippedTemplate.needs(deployment, custom))
                .contains(QUEUE, guard + "InvokeConfig");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_queue_needs_nothing_and_has_no_key(boolean withKey) {
        Deployment either = withKey ? deployment : ShippedTemplate.withoutKey();

        assertThat(ShippedTemplate.needs(either, QUEUE)).isEmpty();
        assertThat(ShippedTemplate.properties(either, QUEUE))
                .isEqualTo(Map.of("MessageRetentionPeriod", 345_600, "SqsManagedSseEnabled", true));
        assertThat(new StaticOrder(either).mentionsOf("KmsKeyArn").stream())
                .noneMatch(use -> use.logicalId().startsWith("GuardDeadLetter"));
    }

    @Test
    void nobody_may_use_the_queue_without_tls_and_the_queue_policy_allows_nothing() {
        assertThat(
                        ShippedTemplate.at(
                                        ShippedTemplate.properties(deployment, QUEUE + "Policy"),
                                        "PolicyDocument",
                                        "Statement")
                                .orElseThrow())
                .isEqualTo(
                        List.of(
                                Map.of(
                                        "Sid",
                                        "TlsOnly",
                                        "Effect",
                                        "Deny",
                                        "Principal",
                                        "*",
                                        "Action",
                                        "sqs:*",
                                        "Resource",
                                        QUEUE_ARN,
                                        "Condition",
                                        Map.of("Bool", Map.of("aws:SecureTransport", "false")))));
    }

    @ParameterizedTest
    @CsvSource({
        "production, BedrockBudgeteer-Guard-DeadLetters",
        "staging, BedrockBudgeteer-Guard-DeadLetters-staging"
    })
    void the_alarm_watches_the_queue_and_reaches_the_encrypted_topic(
            String environment, String name) {
        Deployment there = ShippedTemplate.withKey(Map.of("Environment", environment));
        Map<String, Object> alarm = ShippedTemplate.properties(there, "GuardDeadLetterAlarm");
        String topic =
                "arn:aws:sns:us-east-1:111122223333:bedrock-budgeteer-"
                        + environment
                        + "-operational-alerts";

        assertThat(alarm)
                .containsEntry("AlarmName", name)
                .containsEntry("Namespace", "AWS/SQS")
                .containsEntry("MetricName", "ApproximateNumberOfMessagesVisible")
                .containsEntry(
                        "Dimensions",
                        List.of(Map.of("Name", "QueueName", "Value", QUEUE + ".QueueName")))
                .containsEntry("Threshold", 0)
                .containsEntry("ComparisonOperator", "GreaterThanThreshold")
                .containsEntry("AlarmActions", List.of(topic));
        // The key policy lets CloudWatch use the key for the alarms of this list only.
        assertThat(ShippedTemplate.properties(there, "KeyGrants").get("AlarmArns"))
                .isEqualTo(
                        List.of(
                                "arn:aws:cloudwatch:us-east-1:111122223333:alarm:"
                                        + name.replace("Guard-DeadLetters", "KMS-HighUsage"),
                                "arn:aws:cloudwatch:us-east-1:111122223333:alarm:" + name));
        assertThat(ShippedTemplate.properties(there, "OperationalAlertsTopicPolicy").toString())
                .contains("111122223333:GuardDeadLetterAlarm");
    }

    @Test
    void the_alarm_goes_to_another_topic_when_there_is_one() {
        String topic = "arn:aws:sns:us-east-1:111122223333:mine";
        Deployment there = ShippedTemplate.withKey(Map.of("AlarmTopicArn", topic));

        assertThat(ShippedTemplate.properties(there, "GuardDeadLetterAlarm"))
                .containsEntry("AlarmActions", List.of(topic));
    }

    @Test
    void the_alarm_does_not_wait_for_the_key() {
        assertThat(ShippedTemplate.needs(deployment, "GuardDeadLetterAlarm"))
                .containsExactly(QUEUE);
    }
}
