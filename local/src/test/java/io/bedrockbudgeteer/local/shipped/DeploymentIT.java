package io.bedrockbudgeteer.local.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bedrockbudgeteer.local.KeyChoice;
import io.bedrockbudgeteer.local.LocalStack;
import io.bedrockbudgeteer.local.account.ApiCall;
import io.bedrockbudgeteer.local.account.Parameters.Parameter;
import io.bedrockbudgeteer.local.engine.Order;
import io.bedrockbudgeteer.local.engine.StackEvent;
import io.bedrockbudgeteer.local.engine.Status;
import io.bedrockbudgeteer.local.report.RunReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Deployments of the shipped template that must work, with the packaged functions in processes of
/// their own.
class DeploymentIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void without_a_key_everything_deploys_and_nobody_calls_kms() {
        try (LocalStack stack = Stacks.builder().open()) {
            RunReport report = Stacks.succeeded(stack.deploy());

            assertThat(report.apiCalls())
                    .extracting(ApiCall::action)
                    .noneMatch(action -> action.startsWith("kms:"));
            assertThat(report.outputs())
                    .containsEntry("EncryptionMode", "AWS_OWNED")
                    .containsEntry("KmsKeyArn", "none");
            assertThat(report.alarms()).containsOnlyKeys("BedrockBudgeteer-Guard-DeadLetters");
            assertThat(report.parameters())
                    .hasSize(12)
                    .allSatisfy((name, parameter) -> {
                        assertThat(name).startsWith("/bedrock-budgeteer/production/");
                        assertThat(parameter.type()).isEqualTo("String");
                    });
            assertThat(report.resources()).doesNotContainKeys("KeyCheck", "KeyGrants", "KeyAlarms");
        }
    }

    @Test
    void on_a_key_with_the_default_policy_only_what_services_need_is_added() {
        try (LocalStack stack = Stacks.withPolicy(Stacks.DEFAULT_POLICY)) {
            RunReport report = Stacks.succeeded(stack.deploy());
            RunReport.PolicyChange policy = report.policies().getFirst();

            assertThat(policy.putBefore()).isEqualTo(Stacks.DEFAULT_POLICY);
            assertThat(services(policy.after()))
                    .containsExactly(
                            "cloudtrail",
                            "cloudtrail",
                            "cloudtrail",
                            "logs.us-east-1",
                            "cloudwatch",
                            "sns");
            assertThat(policy.after()).doesNotContain("role/bedrock-budgeteer");
            assertThat(Stacks.calls(report, "kms:PutKeyPolicy"))
                    .hasSize(1)
                    .allMatch(ApiCall::allowed);
            assertThat(report.outputs().get("KeyPolicyFindings")).contains("POL017");
        }
    }

    @Test
    void everything_encrypted_comes_after_the_guards_and_is_on_the_key() {
        try (LocalStack stack = Stacks.withKey(KeyChoice.standard())) {
            RunReport report = Stacks.succeeded(stack.deploy());
            String key = stack.keyArn().orElseThrow();

            assertThat(order(report))
                    .containsSubsequence(
                            "KeyCheck",
                            "LambdaExecutionRole",
                            "KeyGrants",
                            "KeyAlarms",
                            "UserBudgetsTable");
            assertThat(order(report))
                    .containsSubsequence("KeyAlarms", "Trail")
                    .containsSubsequence("KeyAlarms", "InvocationLogGroup");
            assertThat(property(report, "UserBudgetsTable", "/SSESpecification/KMSMasterKeyId"))
                    .isEqualTo(key);
            assertThat(
                            property(
                                    report,
                                    "LogsBucket",
                                    "/BucketEncryption/ServerSideEncryptionConfiguration/0/ServerSideEncryptionByDefault/KMSMasterKeyID"))
                    .isEqualTo(key);
            assertThat(property(report, "Trail", "/KMSKeyId")).isEqualTo(key);
            assertThat(property(report, "InvocationLogGroup", "/KmsKeyId")).isEqualTo(key);
            assertThat(property(report, "FirehoseLogGroup", "/KmsKeyId")).isEqualTo(key);
            assertThat(
                            property(
                                    report,
                                    "UsageLogsStream",
                                    "/DeliveryStreamEncryptionConfigurationInput/KeyARN"))
                    .isEqualTo(key);
            assertThat(property(report, "OperationalAlertsTopic", "/KmsMasterKeyId"))
                    .isEqualTo(key);
            assertThat(property(report, "DeadLetterQueue", "/KmsMasterKeyId")).isEqualTo(key);
            assertThat(report.parameters())
                    .hasSize(12)
                    .allSatisfy((name, parameter) -> {
                        assertThat(parameter.type()).as(name).isEqualTo("SecureString");
                        assertThat(parameter.keyId()).as(name).contains(key);
                    });
            assertThat(report.outputs())
                    .containsEntry("EncryptionMode", "CUSTOMER_MANAGED")
                    .containsEntry("KmsKeyArn", key);
            assertThat(report.undeliverable()).isEmpty();
        }
    }

    @Test
    void the_usage_alarm_watches_the_metric_that_kms_publishes() {
        try (LocalStack stack =
                Stacks.builder()
                        .key(KeyChoice.standard())
                        .parameters(
                                Map.of("KmsUsageThreshold", "500", "KmsUsagePeriodSeconds", "300"))
                        .open()) {
            RunReport report = Stacks.succeeded(stack.deploy());
            JsonNode alarm =
                    Objects.requireNonNull(report.alarms().get("BedrockBudgeteer-KMS-HighUsage"));
            List<String> operations = new ArrayList<>();
            for (JsonNode metric : alarm.path("Metrics")) {
                JsonNode stat = metric.path("MetricStat");
                if (stat.isMissingNode()) continue;
                assertThat(stat.at("/Metric/Namespace").asText()).isEqualTo("AWS/KMS");
                assertThat(stat.at("/Metric/MetricName").asText()).isEqualTo("SuccessfulRequest");
                assertThat(stat.path("Period").asInt()).isEqualTo(300);
                assertThat(stat.path("Stat").asText()).isEqualTo("Sum");
                assertThat(stat.path("Metric").toString()).contains(stack.keyArn().orElseThrow());
                stat.at("/Metric/Dimensions")
                        .forEach(d -> {
                            if (d.path("Name").asText().equals("Operation"))
                                operations.add(d.path("Value").asText());
                        });
            }
            assertThat(operations)
                    .contains(
                            "Encrypt",
                            "Decrypt",
                            "GenerateDataKey",
                            "GenerateDataKeyWithoutPlaintext",
                            "ReEncrypt");
            assertThat(alarm.path("Threshold").asDouble()).isEqualTo(500);
            assertThat(alarm.path("TreatMissingData").asText()).isEqualTo("notBreaching");
            assertThat(alarm.path("ComparisonOperator").asText()).isEqualTo("GreaterThanThreshold");
            assertThat(alarm.path("AlarmActions")).hasSize(1);
            assertThat(alarm.path("AlarmActions").get(0).asText())
                    .endsWith(":bedrock-budgeteer-production-operational-alerts");
            assertThat(report.outputs())
                    .containsEntry("KeyUsageAlarmName", "BedrockBudgeteer-KMS-HighUsage");
        }
    }

    @Test
    void another_environment_has_its_own_names_and_the_caller_may_choose_the_alarm_topic() {
        String topic = "arn:aws:sns:us-east-1:123456789012:on-call";
        try (LocalStack stack =
                Stacks.builder()
                        .key(KeyChoice.standard())
                        .parameters(
                                Map.of(
                                        "Environment",
                                        "staging",
                                        "AlarmTopicArn",
                                        topic,
                                        "AlertEmail",
                                        "ops@example.com"))
                        .open()) {
            RunReport report = Stacks.succeeded(stack.deploy());

            JsonNode alarm =
                    Objects.requireNonNull(
                            report.alarms().get("BedrockBudgeteer-KMS-HighUsage-staging"));
            assertThat(alarm.path("AlarmActions").get(0).asText()).isEqualTo(topic);
            assertThat(report.outputs().get("LambdaExecutionRoleArn"))
                    .endsWith(":role/bedrock-budgeteer-staging-lambda-execution");
            assertThat(report.resources())
                    .containsKeys("OperationalAlertsMail", "BudgetAlertsMail", "HighSeverityMail");
        }
    }

    @Test
    void on_a_key_that_does_not_delegate_to_iam_roles_get_statements_too() {
        try (LocalStack stack = Stacks.withPolicy(Stacks.NO_DELEGATION)) {
            RunReport report = Stacks.succeeded(stack.deploy());
            String after = report.policyAfter();

            assertThat(after)
                    .contains(
                            "role/bedrock-budgeteer-production-lambda-execution",
                            "role/bedrock-budgeteer-production-step-functions",
                            "role/bedrock-budgeteer-production-firehose-delivery",
                            "role/bedrock-budgeteer-production-secure-parameter");
            assertThat(services(after)).hasSize(6);
            assertThat(after).doesNotContain("\"kms:*\"");
            assertThat(Stacks.calls(report, "kms:PutKeyPolicy")).hasSize(1);
            assertThat(report.outputs().get("KeyFindings")).contains("POL010");
        }
    }

    @Test
    void role_statements_can_be_asked_for_where_iam_would_do() {
        try (LocalStack stack =
                Stacks.builder()
                        .key(KeyChoice.standard())
                        .parameter("RoleStatements", "Always")
                        .open()) {
            RunReport report = Stacks.succeeded(stack.deploy());
            assertThat(report.policyAfter())
                    .contains(
                            "role/bedrock-budgeteer-production-lambda-execution",
                            "role/bedrock-budgeteer-production-firehose-delivery");
        }
    }

    @Test
    void a_key_that_is_already_sufficient_is_not_written_to() {
        String sufficient;
        try (LocalStack first = Stacks.withPolicy(Stacks.DEFAULT_POLICY)) {
            sufficient =
                    Stacks.succeeded(first.deploy())
                            .policies()
                            .getFirst()
                            .putAfter()
                            .replace("\"BedrockBudgeteer", "\"SecurityTeam");
        }
        for (String mode : List.of("Patch", "CheckOnly")) {
            try (LocalStack stack =
                    Stacks.builder()
                            .key(KeyChoice.standard().withPolicy(sufficient))
                            .parameter("KeyPolicyMode", mode)
                            .open()) {
                RunReport report = Stacks.succeeded(stack.deploy());
                Stacks.keyPolicyIsUntouched(report);
                Stacks.succeeded(stack.delete());
                assertThat(stack.account().keys().policyAsPut(stack.keyArn().orElseThrow()))
                        .isEqualTo(sufficient);
            }
        }
    }

    @Test
    void an_alias_is_resolved_to_the_key_everywhere() {
        try (LocalStack stack = Stacks.withKey(KeyChoice.standard().withAlias("alias/budgeteer"))) {
            RunReport report = Stacks.succeeded(stack.deploy());
            String key = stack.keyArn().orElseThrow();

            assertThat(key).contains(":key/");
            assertThat(report.outputs()).containsEntry("KmsKeyArn", key);
            assertThat(property(report, "UserBudgetsTable", "/SSESpecification/KMSMasterKeyId"))
                    .isEqualTo(key);
            assertThat(report.outputs().get("KeyFindings")).contains("KEY019");
        }
    }

    @ParameterizedTest
    @CsvSource({"us-gov-west-1, aws-us-gov", "cn-north-1, aws-cn", "eu-central-1, aws"})
    void other_partitions_and_regions_work_the_same(String region, String partition) {
        try (LocalStack stack = Stacks.builder().region(region).key(KeyChoice.standard()).open()) {
            RunReport report = Stacks.succeeded(stack.deploy());

            assertThat(stack.keyArn().orElseThrow())
                    .startsWith("arn:" + partition + ":kms:" + region + ":");
            assertThat(services(report.policyAfter()))
                    .contains("logs." + region + (partition.equals("aws-cn") ? ".cn" : ""));
            if (!partition.equals("aws"))
                assertThat(report.policyAfter()).doesNotContain("arn:aws:");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void the_order_of_independent_resources_does_not_matter(long seed) {
        try (LocalStack stack =
                Stacks.builder().key(KeyChoice.standard()).order(new Order.Seeded(seed)).open()) {
            Stacks.succeeded(stack.deploy());
            Stacks.succeeded(stack.delete());
        }
    }

    @Test
    void deleting_the_stack_puts_the_key_policy_back_byte_for_byte() {
        String oddlyWritten =
                Stacks.DEFAULT_POLICY.replace("\n", "\r\n").replace("\"Id\"", "\t\"Id\"");
        try (LocalStack stack = Stacks.withPolicy(oddlyWritten)) {
            String key = stack.keyArn().orElseThrow();
            String asRead = stack.account().keys().policy(key);
            Stacks.succeeded(stack.deploy());
            RunReport report = Stacks.succeeded(stack.delete());

            assertThat(stack.account().keys().policy(key)).isEqualTo(asRead);
            assertThat(report.policyAfter()).isEqualTo(asRead);
            assertThat(report.alarms()).isEmpty();
            assertThat(report.parameters()).isEmpty();
            assertThat(
                            report.events().stream()
                                    .filter(e -> e.status() == Status.DELETE_SKIPPED)
                                    .map(StackEvent::logicalId))
                    .containsExactlyInAnyOrder(
                            "UserBudgetsTable",
                            "UsageTrackingTable",
                            "AuditLogsTable",
                            "PricingTable",
                            "LogsBucket");
            assertThat(report.policyAfter()).doesNotContain("AROA");
        }
    }

    @Test
    void the_statements_stay_when_that_is_asked_for() {
        try (LocalStack stack =
                Stacks.builder()
                        .key(KeyChoice.standard())
                        .parameter("OnStackDelete", "Keep")
                        .open()) {
            String patched = Stacks.succeeded(stack.deploy()).policyAfter();
            assertThat(Stacks.succeeded(stack.delete()).policyAfter()).isEqualTo(patched);
        }
    }

    @Test
    void after_a_delete_the_same_stack_can_be_deployed_again() {
        try (LocalStack stack = Stacks.withKey(KeyChoice.standard())) {
            String first = Stacks.succeeded(stack.deploy()).policyAfter();
            Stacks.succeeded(stack.delete());
            RunReport again = Stacks.succeeded(stack.deploy());
            assertThat(services(again.policyAfter())).isEqualTo(services(first));
        }
    }

    @Test
    void two_environments_share_a_key_and_each_takes_out_only_its_own() {
        try (LocalStack production = Stacks.withKey(KeyChoice.standard())) {
            String original = production.account().keys().policy(production.keyArn().orElseThrow());
            String alone = Stacks.succeeded(production.deploy()).policyAfter();
            try (LocalStack staging =
                    Stacks.builder()
                            .in(production)
                            .stackName("staging")
                            .parameters(
                                    Map.of(
                                            "Environment",
                                            "staging",
                                            "KmsKeyArn",
                                            production.keyArn().orElseThrow()))
                            .open()) {
                RunReport report = Stacks.succeeded(staging.deploy());
                assertThat(services(report.policyAfter())).hasSize(12);
                assertThat(report.undeliverable()).isEmpty();
                assertThat(Stacks.succeeded(staging.delete()).policyAfter()).isEqualTo(alone);
            }
            assertThat(Stacks.succeeded(production.delete()).policyAfter()).isEqualTo(original);
        }
    }

    @Test
    void nothing_secret_is_in_the_logs() {
        try (LocalStack stack = Stacks.withKey(KeyChoice.standard())) {
            Stacks.succeeded(stack.deploy());
            Stacks.succeeded(stack.delete());
            Map<String, String> logs = stack.account().functions().logs();

            assertThat(logs).hasSize(4);
            logs.forEach((function, text) ->
                    assertThat(text)
                            .as(function)
                            .isNotBlank()
                            .doesNotContain(
                                    "X-Amz-Signature", "Signature=", "AWS_SECRET_ACCESS_KEY"));
        }
    }

    @Test
    void an_operators_value_survives_the_way_to_a_key_and_back() {
        String name = "/bedrock-budgeteer/production/global/api_key_pool_budget_usd";
        try (LocalStack stack = Stacks.builder().open()) {
            Stacks.succeeded(stack.deploy());
            Parameter initial =
                    Objects.requireNonNull(stack.account().parameters().all().get(name));
            stack.account()
                    .parameters()
                    .put(
                            new Parameter(
                                    name,
                                    initial.type(),
                                    "750",
                                    Optional.empty(),
                                    initial.version() + 1,
                                    initial.tags()));

            String key = stack.newKey(KeyChoice.standard());
            RunReport keyed = Stacks.succeeded(stack.update(Map.of("KmsKeyArn", key)));
            Parameter secure = Objects.requireNonNull(stack.account().parameters().all().get(name));
            assertThat(secure.type()).isEqualTo("SecureString");
            assertThat(secure.value()).isEqualTo("750");
            assertThat(property(keyed, "UserBudgetsTable", "/SSESpecification/KMSMasterKeyId"))
                    .isEqualTo(key);

            Stacks.succeeded(stack.update(Map.of("KmsKeyArn", "")));
            Parameter plain = Objects.requireNonNull(stack.account().parameters().all().get(name));
            assertThat(plain.type()).isEqualTo("String");
            assertThat(plain.value()).isEqualTo("750");
        }
    }

    @Test
    void an_update_without_changes_does_nothing() {
        try (LocalStack stack = Stacks.withKey(KeyChoice.standard())) {
            Stacks.succeeded(stack.deploy());
            RunReport report = stack.update(Map.of());

            assertThat(report.events().stream().filter(e -> !e.isAboutStack())).isEmpty();
            Stacks.keyPolicyIsUntouched(report);
        }
    }

    /// Which service principals the statements of a policy name, in order.
    static List<String> services(String policy) {
        List<String> services = new ArrayList<>();
        try {
            for (JsonNode statement : JSON.readTree(policy).path("Statement")) {
                JsonNode service = statement.at("/Principal/Service");
                if (!service.isMissingNode())
                    services.add(service.asText().replace(".amazonaws.com", ""));
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return services;
    }

    /// Logical ids in the order in which their creation was complete.
    private static List<String> order(RunReport report) {
        return report.events().stream()
                .filter(e -> e.status() == Status.CREATE_COMPLETE)
                .map(StackEvent::logicalId)
                .toList();
    }

    private static String property(RunReport report, String logicalId, String pointer) {
        return JSON.valueToTree(
                        Objects.requireNonNull(report.resources().get(logicalId)).properties())
                .at(pointer)
                .asText();
    }
}
