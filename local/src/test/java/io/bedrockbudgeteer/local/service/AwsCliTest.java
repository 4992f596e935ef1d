package io.bedrockbudgeteer.local.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bedrockbudgeteer.local.account.Account;
import io.bedrockbudgeteer.local.account.Account.StackEventSummary;
import io.bedrockbudgeteer.local.account.Account.StackSummary;
import io.bedrockbudgeteer.local.service.access.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The AWS CLI, where it is installed, as an independent reader of all wire formats. Skipped
/// elsewhere.
class AwsCliTest {
    private final LocalAccount account = new LocalAccount(Scene.options());

    @BeforeEach
    void cli_is_installed() {
        boolean installed = false;
        try {
            Process process =
                    new ProcessBuilder("aws", "--version").redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            installed = process.waitFor() == 0;
        } catch (IOException | InterruptedException e) {
            installed = false;
        }
        assumeTrue(installed, "SKIPPED: the AWS CLI is not installed");
    }

    @AfterEach
    void close() {
        account.close();
    }

    @Test
    void reads_and_writes_key_policies_alarms_parameters_roles_and_stacks() throws Exception {
        String key = account.keys().create(Scene.key(Optional.empty()));
        account.keys().alias("alias/customer", key);
        account.stacks(new OneStack());

        assertThat(aws("sts", "get-caller-identity").path("Arn").asText())
                .isEqualTo("arn:aws:sts::111122223333:assumed-role/deployer/deploy");
        assertThat(
                        aws("kms", "describe-key", "--key-id", "alias/customer")
                                .path("KeyMetadata")
                                .path("Arn")
                                .asText())
                .isEqualTo(key);
        aws("kms", "put-key-policy", "--key-id", key, "--policy", Scene.policy());
        String policy = aws("kms", "get-key-policy", "--key-id", key).path("Policy").asText();
        assertThat(policy).contains("\"Sid\" : \"Enable IAM User Permissions\"");
        aws(
                "cloudwatch",
                "put-metric-alarm",
                "--alarm-name",
                "usage",
                "--namespace",
                "AWS/KMS",
                "--metric-name",
                "SuccessfulRequest",
                "--dimensions",
                "Name=KeyArn,Value=" + key,
                "Name=Operation,Value=Decrypt",
                "--statistic",
                "Sum",
                "--period",
                "3600",
                "--evaluation-periods",
                "1",
                "--threshold",
                "10.5",
                "--comparison-operator",
                "GreaterThanThreshold");
        JsonNode alarm =
                aws("cloudwatch", "describe-alarms", "--alarm-names", "usage")
                        .path("MetricAlarms")
                        .path(0);
        assertThat(alarm.path("StateValue").asText()).isEqualTo("INSUFFICIENT_DATA");
        assertThat(alarm.path("Threshold").asDouble()).isEqualTo(10.5);
        assertThat(alarm.has("StateUpdatedTimestamp")).isTrue();

        aws(
                "ssm",
                "put-parameter",
                "--name",
                "/app/secret",
                "--type",
                "SecureString",
                "--value",
                "v",
                "--key-id",
                key);
        assertThat(
                        aws("ssm", "get-parameter", "--name", "/app/secret", "--with-decryption")
                                .path("Parameter")
                                .path("Value")
                                .asText())
                .isEqualTo("v");

        assertThat(
                        aws(
                                        "iam",
                                        "get-role-policy",
                                        "--role-name",
                                        "deployer",
                                        "--policy-name",
                                        "administrator")
                                .path("PolicyDocument")
                                .path("Statement")
                                .path(0)
                                .path("Effect")
                                .asText())
                .isEqualTo("Allow");

        JsonNode stack =
                aws("cloudformation", "describe-stacks", "--stack-name", "app")
                        .path("Stacks")
                        .path(0);
        assertThat(stack.path("StackStatus").asText()).isEqualTo("CREATE_COMPLETE");
        assertThat(stack.path("Outputs").path(0).path("OutputValue").asText()).isEqualTo("value");
        JsonNode events =
                aws("cloudformation", "describe-stack-events", "--stack-name", "app")
                        .path("StackEvents");
        assertThat(events.path(0).path("LogicalResourceId").asText()).isEqualTo("Second");

        assertThat(account.violations()).isEmpty();
    }

    private JsonNode aws(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "aws",
                                "--endpoint-url",
                                account.endpoint().toString(),
                                "--region",
                                Scene.REGION,
                                "--output",
                                "json"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(account.deployerKeys().environment());
        builder.environment().put("AWS_PAGER", "");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output.isBlank() ? Json.MAPPER.createObjectNode() : Json.read(output);
    }

    private static final class OneStack implements Account.StackView {
        private static final String ARN =
                "arn:aws:cloudformation:us-east-1:111122223333:stack/app/1";

        @Override
        public Optional<StackSummary> stack(String nameOrArn) {
            return nameOrArn.equals("app") || nameOrArn.equals(ARN)
                    ? Optional.of(new StackSummary("app", ARN, "CREATE_COMPLETE", ""))
                    : Optional.empty();
        }

        @Override
        public Map<String, String> outputs(String nameOrArn) {
            return Map.of("Key", "value");
        }

        @Override
        public List<StackEventSummary> events(String nameOrArn) {
            return List.of(
                    new StackEventSummary(
                            Instant.EPOCH, "First", "p1", "AWS::SNS::Topic", "CREATE_COMPLETE", ""),
                    new StackEventSummary(
                            Instant.EPOCH,
                            "Second",
                            "p2",
                            "AWS::SNS::Topic",
                            "CREATE_COMPLETE",
                            "why"));
        }
    }
}
