package io.bedrockbudgeteer.local.shipped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bedrockbudgeteer.local.KeyChoice;
import io.bedrockbudgeteer.local.KeySetUpRefused;
import io.bedrockbudgeteer.local.LocalStack;
import io.bedrockbudgeteer.local.account.Parameters.Parameter;
import io.bedrockbudgeteer.local.engine.Status;
import io.bedrockbudgeteer.local.report.RunReport;
import io.bedrockbudgeteer.local.template.TemplateException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Deployments that must fail: early, with the reason in the events, with nothing encrypted
/// created, and with the key as it was.
class RefusedDeploymentIT {

    private static final String GUIDE =
            ShippedTemplate.text("local/src/test/resources/policies/guide.json");
    private static final String GUIDE_WITHOUT_ROLES =
            ShippedTemplate.text("local/src/test/resources/policies/guide-without-roles.json");

    static Stream<Arguments> unsuitableKeys() {
        KeyChoice key = KeyChoice.standard();
        return Stream.of(
                Arguments.of("disabled", key.withState("Disabled"), "KEY008", "enable-key"),
                Arguments.of(
                        "pending deletion",
                        key.withState("PendingDeletion"),
                        "KEY009",
                        "cancel-key-deletion"),
                Arguments.of(
                        "pending import",
                        key.withState("PendingImport").withOrigin("EXTERNAL"),
                        "KEY010",
                        "import"),
                Arguments.of(
                        "unavailable",
                        key.withState("Unavailable").withOrigin("AWS_CLOUDHSM"),
                        "KEY011",
                        "key store"),
                Arguments.of("other Region", key.withRegion("eu-west-1"), "KEY003", "eu-west-1"),
                Arguments.of(
                        "other account", key.withAccount("999988887777"), "KEY004", "999988887777"),
                Arguments.of("asymmetric", key.withSpec("RSA_2048"), "KEY012", "RSA_2048"),
                Arguments.of("HMAC", key.withSpec("HMAC_256"), "KEY012", "HMAC_256"),
                Arguments.of("AWS managed", key.withManager("AWS"), "KEY005", "AWS"));
    }

    @Test
    void every_kind_of_unsuitable_key_is_in_the_table() {
        assertThat(unsuitableKeys()).hasSize(9);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unsuitableKeys")
    void an_unsuitable_key_stops_the_deployment_at_the_key_check(
            String name, KeyChoice choice, String finding, String words) {
        try (LocalStack stack = Stacks.withKey(choice)) {
            RunReport report = Stacks.failed(stack.deploy(), Status.ROLLBACK_COMPLETE);

            assertThat(Stacks.reasonOf(report, "KeyCheck")).contains(finding).contains(words);
            Stacks.nothingEncryptedWasCreated(report);
            Stacks.keyPolicyIsUntouched(report);
            assertThat(report.events())
                    .noneMatch(event -> event.logicalId().equals("LambdaExecutionRole"));
        }
    }

    @Test
    void a_key_that_does_not_exist_is_named() {
        String missing =
                "arn:aws:kms:us-east-1:123456789012:key/00000000-0000-0000-0000-000000000000";
        try (LocalStack stack = Stacks.builder().parameter("KmsKeyArn", missing).open()) {
            RunReport report = Stacks.failed(stack.deploy(), Status.ROLLBACK_COMPLETE);
            assertThat(Stacks.reasonOf(report, "KeyCheck")).contains("KEY006").contains(missing);
            Stacks.nothingEncryptedWasCreated(report);
        }
    }

    @Test
    void everything_that_is_wrong_with_a_key_is_said_at_once() {
        KeyChoice choice = KeyChoice.standard().withSpec("RSA_2048").withState("Disabled");
        try (LocalStack stack = Stacks.withKey(choice)) {
            RunReport report = Stacks.failed(stack.deploy(), Status.ROLLBACK_COMPLETE);
            assertThat(Stacks.reasonOf(report, "KeyCheck")).contains("KEY008").contains("KEY012");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "KmsKeyArn | 1234abcd-12ab-34cd-56ef-1234567890ab | not a bare id",
                "KmsKeyArn | alias/mine | not a bare id",
                "KmsKeyArn | arn:aws:s3:::bucket | not a bare id",
                "Environment | Production | lower-case",
                "AlertEmail | nobody | e-mail",
                "KeyPolicyMode | Maybe | CheckOnly",
                "KmsUsageThreshold | 0 | 1",
                "PermissionsBoundaryArn | boundary | IAM policy",
                "Colour | blue | Colour"
            })
    void a_wrong_parameter_is_refused_before_anything_is_created(
            String name, String value, String words) {
        try (LocalStack stack = Stacks.builder().parameter(name, value).open()) {
            assertThatThrownBy(stack::deploy)
                    .isInstanceOf(TemplateException.class)
                    .hasMessageContaining(name)
                    .hasMessageContaining(words);
            assertThat(stack.account().calls()).isEmpty();
        }
    }

    @Test
    void check_only_fails_with_the_statements_to_add_and_changes_nothing() {
        try (LocalStack stack =
                Stacks.builder()
                        .key(KeyChoice.standard().withPolicy(Stacks.DEFAULT_POLICY))
                        .parameter("KeyPolicyMode", "CheckOnly")
                        .open()) {
            RunReport report = Stacks.failed(stack.deploy(), Status.ROLLBACK_COMPLETE);

            assertThat(Stacks.reasonOf(report, "KeyGrants"))
                    .contains("POL009")
                    .contains(
                            "cloudtrail.amazonaws.com",
                            "logs.us-east-1.amazonaws.com",
                            "cloudwatch.amazonaws.com",
                            "sns.amazonaws.com")
                    .contains("kms:GenerateDataKey*")
                    .hasSizeLessThanOrEqualTo(4096);
            Stacks.nothingEncryptedWasCreated(report);
            Stacks.keyPolicyIsUntouched(report);
        }
    }

    @Test
    void what_check_only_asks_for_can_be_pasted_and_is_then_enough_and_stays() {
        try (LocalStack stack =
                Stacks.builder()
                        .key(KeyChoice.standard().withPolicy(Stacks.DEFAULT_POLICY))
                        .parameter("KeyPolicyMode", "CheckOnly")
                        .open()) {
            String reason =
                    Stacks.reasonOf(
                            Stacks.failed(stack.deploy(), Status.ROLLBACK_COMPLETE), "KeyGrants");
            String statements =
                    reason.substring(
                            reason.indexOf("Statement list: ") + 16,
                            reason.indexOf(" (log stream"));
            String key = stack.keyArn().orElseThrow();
            StringBuilder pasted = new StringBuilder(Stacks.DEFAULT_POLICY);
            pasted.insert(pasted.indexOf("\n  ]"), ",\n" + statements);
            stack.account().keys().putPolicy(stack.account().deployer(), key, pasted.toString());
            Stacks.succeeded(stack.delete());

            Stacks.keyPolicyIsUntouched(Stacks.succeeded(stack.deploy()));
            Stacks.keyPolicyIsUntouched(Stacks.succeeded(stack.delete()));
        }
    }

    @Test
    void a_deny_in_the_way_is_named_and_nothing_is_written() {
        String denied =
                Stacks.DEFAULT_POLICY.replace(
                        "\n  ]",
                        """
                        ,
                            {"Sid": "NoLogs", "Effect": "Deny", "Principal": {"Service": "logs.us-east-1.amazonaws.com"}, "Action": "kms:Encrypt", "Resource": "*"}
                          ]\
                        """);
        try (LocalStack stack = Stacks.withPolicy(denied)) {
            RunReport report = Stacks.failed(stack.deploy(), Status.ROLLBACK_COMPLETE);

            assertThat(Stacks.reasonOf(report, "KeyGrants"))
                    .contains("POL007")
                    .contains("NoLogs")
                    .contains("logs.us-east-1.amazonaws.com");
            Stacks.nothingEncryptedWasCreated(report);
            Stacks.keyPolicyIsUntouched(report);
        }
    }

    @Test
    void an_orphaned_principal_is_found_before_anything_exists() throws InterruptedException {
        try (LocalStack stack = Stacks.builder().open()) {
            stack.account()
                    .roles()
                    .create(
                            "/",
                            "left-the-company",
                            "{\"Version\":\"2012-10-17\",\"Statement\":[]}",
                            Optional.empty());
            Thread.sleep(11_000 / stack.account().timeScale());
            String policy =
                    Stacks.DEFAULT_POLICY.replace(
                            "\n  ]",
                            """
                            ,
                                {"Sid": "Former", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:role/left-the-company"}, "Action": "kms:Decrypt", "Resource": "*"}
                              ]\
                            """);
            String key = stack.newKey(KeyChoice.standard().withPolicy(policy));
            String orphan = stack.account().roles().uniqueId("left-the-company");
            stack.account().roles().delete("left-the-company");

            try (LocalStack second =
                    Stacks.builder().in(stack).parameter("KmsKeyArn", key).open()) {
                RunReport report = Stacks.failed(second.deploy(), Status.ROLLBACK_COMPLETE);
                assertThat(Stacks.reasonOf(report, "KeyCheck"))
                        .contains("POL003")
                        .contains(orphan)
                        .contains("Former");
                Stacks.nothingEncryptedWasCreated(report);
                Stacks.keyPolicyIsUntouched(report);
            }
            try (LocalStack third =
                    Stacks.builder()
                            .in(stack)
                            .parameter("KmsKeyArn", key)
                            .parameter("RepairPolicy", "true")
                            .open()) {
                RunReport report = Stacks.succeeded(third.deploy());
                assertThat(report.policyAfter()).doesNotContain(orphan).doesNotContain("Former");
                assertThat(report.outputs().toString())
                        .contains("POL023 info: Statement \"Former\" was taken out");
            }
        }
    }

    @Test
    void the_policy_of_older_instructions_is_refused_by_kms_because_its_roles_do_not_exist_yet() {
        assertThatThrownBy(() -> Stacks.withPolicy(GUIDE))
                .isInstanceOf(KeySetUpRefused.class)
                .hasMessageContaining("MalformedPolicyDocument")
                .hasMessageContaining("principals");
    }

    @Test
    void without_its_role_statement_that_policy_is_accepted_and_what_it_forgot_is_added() {
        try (LocalStack stack = Stacks.withPolicy(GUIDE_WITHOUT_ROLES)) {
            RunReport report = Stacks.succeeded(stack.deploy());

            assertThat(DeploymentIT.services(report.policyAfter()))
                    .contains("cloudtrail", "logs.us-east-1", "cloudwatch", "sns");
            assertThat(report.outputs().get("KeyFindings"))
                    .contains("POL019")
                    .contains("Allow AWS Services");
        }
    }

    @Test
    void an_alarm_that_cannot_be_made_takes_the_statements_back_out() {
        try (LocalStack stack =
                Stacks.builder()
                        .key(KeyChoice.standard().withPolicy(Stacks.DEFAULT_POLICY))
                        .parameter("KmsUsagePeriodSeconds", "61")
                        .open()) {
            String before = stack.account().keys().policy(stack.keyArn().orElseThrow());
            RunReport report = Stacks.failed(stack.deploy(), Status.ROLLBACK_COMPLETE);

            assertThat(Stacks.reasonOf(report, "KeyAlarms")).contains("ALM001").contains("61");
            Stacks.nothingEncryptedWasCreated(report);
            assertThat(report.policyAfter()).isEqualTo(before);
            assertThat(report.alarms()).isEmpty();
        }
    }

    @Test
    void a_parameter_of_somebody_else_is_refused_and_kept() {
        String name = "/bedrock-budgeteer/production/global/grace_period_seconds";
        try (LocalStack stack = Stacks.withKey(KeyChoice.standard())) {
            String before = stack.account().keys().policy(stack.keyArn().orElseThrow());
            stack.account()
                    .parameters()
                    .put(
                            new Parameter(
                                    name,
                                    "String",
                                    "not-to-be-seen-4711",
                                    Optional.empty(),
                                    1,
                                    Map.of()));
            RunReport report = Stacks.failed(stack.deploy(), Status.ROLLBACK_COMPLETE);

            assertThat(Stacks.reasonOf(report, "GracePeriodParameter"))
                    .contains("PAR001")
                    .contains(name)
                    .doesNotContain("not-to-be-seen-4711");
            assertThat(stack.account().parameters().all()).containsOnlyKeys(name);
            assertThat(stack.account().functions().logs().values())
                    .noneMatch(log -> log.contains("not-to-be-seen-4711"));
            assertThat(report.policyAfter()).isEqualTo(before);
        }
    }
}
