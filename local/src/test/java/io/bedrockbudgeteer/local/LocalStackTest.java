package io.bedrockbudgeteer.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bedrockbudgeteer.local.account.Account.StackEventSummary;
import io.bedrockbudgeteer.local.account.Account.StackSummary;
import io.bedrockbudgeteer.local.account.ApiCall;
import io.bedrockbudgeteer.local.engine.OperationRefused;
import io.bedrockbudgeteer.local.engine.Status;
import io.bedrockbudgeteer.local.report.RunReport;
import io.bedrockbudgeteer.local.template.TemplateException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The facade on the real simulated account, with a small template and no functions.
class LocalStackTest {
    static final Path TEMPLATE = Path.of("src/test/resources/stacks/logs.yaml");
    private static final String ROOT =
            """
            {"Sid":"Root","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"kms:*","Resource":"*"}\
            """;
    private static final String LOGS =
            """
            {"Sid":"Logs","Effect":"Allow","Principal":{"Service":"logs.us-east-1.amazonaws.com"},\
            "Action":["kms:Encrypt","kms:Decrypt","kms:ReEncrypt*","kms:GenerateDataKey*"],"Resource":"*",\
            "Condition":{"ArnEquals":{"kms:EncryptionContext:aws:logs:arn":"arn:aws:logs:us-east-1:123456789012:log-group:/app/shop"}}}\
            """;
    private static final String ALARMS =
            """
            {"Sid":"Alarms","Effect":"Allow","Principal":{"Service":"cloudwatch.amazonaws.com"},\
            "Action":["kms:Decrypt","kms:GenerateDataKey*"],"Resource":"*"}\
            """;

    static String policy(String... statements) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[" + String.join(",", statements) + "]}";
    }

    private static LocalStackBuilder shop() {
        return LocalStack.builder().template(TEMPLATE).stackName("shop");
    }

    @Test
    void a_deployment_without_a_key_asks_kms_nothing() {
        try (LocalStack stack = shop().open()) {
            RunReport report = stack.deploy();

            assertThat(report.success()).isTrue();
            assertThat(report.status()).isEqualTo(Status.CREATE_COMPLETE);
            assertThat(report.apiCalls())
                    .extracting(ApiCall::action)
                    .noneMatch(action -> action.startsWith("kms:"));
            assertThat(report.outputs())
                    .containsEntry("TopicArn", "arn:aws:sns:us-east-1:123456789012:shop-news");
            assertThat(report.policyBefore()).isEmpty();
            assertThat(report.alarms()).containsOnlyKeys("shop-errors");
            assertThat(report.resource("Group").physicalId()).isEqualTo("/app/shop");
            assertThat(report.notModelled())
                    .contains("Accepted without effect on AWS::SNS::Topic: DisplayName");
        }
    }

    @Test
    void a_key_that_does_not_let_the_log_service_in_stops_the_log_group() {
        try (LocalStack stack = shop().key(KeyChoice.standard()).open()) {
            RunReport report = stack.deploy();

            assertThat(report.success()).isFalse();
            assertThat(report.status()).isEqualTo(Status.ROLLBACK_COMPLETE);
            assertThat(report.reason())
                    .isEqualTo("The following resource(s) failed to create: [Group].");
            assertThat(report.apiCalls())
                    .anySatisfy(call -> {
                        assertThat(call.caller()).isEqualTo("logs.us-east-1.amazonaws.com");
                        assertThat(call.allowed()).isFalse();
                    });
            assertThat(report.resources()).isEmpty();
        }
    }

    @Test
    void a_key_that_lets_the_services_in_is_used_and_its_policy_stays() {
        try (LocalStack stack =
                shop().key(KeyChoice.standard().withPolicy(policy(ROOT, LOGS, ALARMS))).open()) {
            RunReport report = stack.deploy();

            assertThat(report.success()).as("%s", report.events()).isTrue();
            assertThat(report.policyAfter()).isEqualTo(report.policyBefore()).contains("Logs");
            assertThat(report.undeliverable()).isEmpty();
            assertThat(stack.keyArn())
                    .hasValueSatisfying(arn ->
                            assertThat(report.policies().getFirst().keyArn()).isEqualTo(arn));
        }
    }

    @Test
    void deliveries_that_would_fail_are_found() {
        try (LocalStack stack =
                shop().key(KeyChoice.standard().withPolicy(policy(ROOT, LOGS))).open()) {
            RunReport report = stack.deploy();

            assertThat(report.success()).isTrue();
            assertThat(report.undeliverable())
                    .singleElement()
                    .asString()
                    .contains("alarm shop-errors", "arn:aws:sns:us-east-1:123456789012:shop-news");
        }
    }

    @Test
    void an_alias_is_passed_as_its_arn_and_works() {
        KeyChoice choice =
                KeyChoice.standard().withPolicy(policy(ROOT, LOGS, ALARMS)).withAlias("budget");
        try (LocalStack stack = shop().key(choice).open()) {
            RunReport report = stack.deploy();

            assertThat(report.success()).as("%s", report.events()).isTrue();
            assertThat(report.resource("Group").properties())
                    .containsEntry("KmsKeyId", "arn:aws:kms:us-east-1:123456789012:alias/budget");
            assertThat(report.policyAfter()).contains("Logs");
        }
    }

    @Test
    void updates_keep_parameters_that_are_not_named() {
        try (LocalStack stack = shop().parameter("Text", "hello").open()) {
            stack.deploy();
            RunReport report = stack.update(Map.of("Days", "30"));

            assertThat(report.status()).isEqualTo(Status.UPDATE_COMPLETE);
            assertThat(report.resource("Topic").properties()).containsEntry("DisplayName", "hello");
            assertThat(report.resource("Group").properties())
                    .containsEntry("RetentionInDays", "30");
            assertThat(stack.update(Map.of("Days", "30")).events()).isEmpty();
        }
    }

    @Test
    void a_hidden_parameter_that_changes_is_an_update_and_is_not_in_the_report() {
        try (LocalStack stack = shop().open()) {
            stack.deploy();
            RunReport report = stack.update(Map.of("Secret", "s3cret"));

            assertThat(report.eventsOf("Parameter")).isNotEmpty();
            assertThat(report.toString()).doesNotContain("s3cret");
        }
    }

    @Test
    void refused_parameters_leave_everything_as_it_was() {
        try (LocalStack stack = shop().open()) {
            stack.deploy();

            assertThatThrownBy(() -> stack.update(Map.of("Days", "8")))
                    .isInstanceOf(TemplateException.class);
            assertThatThrownBy(() -> stack.update(Map.of("Nonsense", "8")))
                    .isInstanceOf(TemplateException.class);
            assertThat(stack.update(Map.of()).status()).isEqualTo(Status.CREATE_COMPLETE);
        }
    }

    @Test
    void a_stack_can_be_deleted_and_deployed_again_under_its_name() {
        try (LocalStack stack = shop().open()) {
            stack.deploy();
            String first = stack.stackId().orElseThrow();

            assertThatThrownBy(stack::deploy).isInstanceOf(OperationRefused.class);
            assertThat(stack.delete().status()).isEqualTo(Status.DELETE_COMPLETE);
            assertThat(stack.account().alarms().all()).isEmpty();
            assertThatThrownBy(stack::delete).isInstanceOf(OperationRefused.class);
            assertThat(stack.deploy().status()).isEqualTo(Status.CREATE_COMPLETE);
            assertThat(stack.stackId()).isNotEqualTo(Optional.of(first));
        }
    }

    @Test
    void two_stacks_share_an_account_and_its_names() {
        try (LocalStack first = shop().open();
                LocalStack second = shop().stackName("shop").in(first).open();
                LocalStack third = shop().stackName("other").in(first).open()) {
            first.deploy();

            assertThat(second.deploy().eventsOf("Group"))
                    .anySatisfy(event -> assertThat(event.reason()).contains("already exists"));
            assertThat(third.deploy().success()).isTrue();
            assertThat(first.account().alarms().all())
                    .containsOnlyKeys("shop-errors", "other-errors");
        }
    }

    @Test
    void the_account_tells_about_its_stacks() {
        try (LocalStack stack = shop().open()) {
            stack.deploy();

            assertThat(stack.simulation().stack("shop").map(StackSummary::status))
                    .contains("CREATE_COMPLETE");
            assertThat(stack.simulation().all()).hasSize(1);
            assertThat(stack.simulation().outputs("shop")).containsKey("TopicArn");
            assertThat(stack.simulation().events("shop"))
                    .extracting(StackEventSummary::status)
                    .contains("CREATE_COMPLETE");
            String arn = stack.stackId().orElseThrow();
            stack.delete();
            assertThat(stack.simulation().stack("shop")).isEmpty();
            assertThat(stack.simulation().stack(arn).map(StackSummary::status))
                    .contains("DELETE_COMPLETE");
        }
    }

    @Test
    void a_policy_that_names_roles_to_come_is_refused_with_what_to_do() {
        String names =
                """
                {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:role/later"},"Action":"kms:Decrypt","Resource":"*"}\
                """;
        LocalStackBuilder builder =
                shop().key(KeyChoice.standard().withPolicy(policy(ROOT, names)));

        assertThatThrownBy(builder::open)
                .isInstanceOf(KeySetUpRefused.class)
                .hasMessageContaining("MalformedPolicyDocumentException")
                .hasMessageContaining("the roles of the stack come with the stack");
    }

    @Test
    void a_policy_that_locks_the_administrator_out_is_refused_with_what_to_do() {
        assertThatThrownBy(() -> shop().key(KeyChoice.standard().withPolicy(policy(LOGS))).open())
                .isInstanceOf(KeySetUpRefused.class)
                .hasMessageContaining("will not allow you to update")
                .hasMessageContaining("--account");
    }

    @Test
    void the_same_seed_makes_the_same_names() {
        try (LocalStack one = shop().seed(9).open();
                LocalStack other = shop().seed(9).open()) {
            one.deploy();
            other.deploy();

            assertThat(one.stackId()).isEqualTo(other.stackId());
        }
    }
}
