package io.bedrockbudgeteer.local.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.local.KeyChoice;
import io.bedrockbudgeteer.local.LocalStack;
import io.bedrockbudgeteer.local.LocalStackBuilder;
import io.bedrockbudgeteer.local.account.ApiCall;
import io.bedrockbudgeteer.local.engine.StackEvent;
import io.bedrockbudgeteer.local.engine.Status;
import io.bedrockbudgeteer.local.report.RunReport;
import io.bedrockbudgeteer.local.template.ProjectTemplate;
import java.util.List;
import java.util.Set;

/// Builders and questions that the end-to-end tests share. Everything runs on the shipped template
/// and the packaged zips.
final class Stacks {

    static final String ACCOUNT = "123456789012";

    /// The policy that KMS gives a new key, written as a person would.
    static final String DEFAULT_POLICY =
            """
            {
              "Version": "2012-10-17",
              "Id": "key-default-1",
              "Statement": [
                {
                  "Sid": "Enable IAM User Permissions",
                  "Effect": "Allow",
                  "Principal": {"AWS": "arn:aws:iam::123456789012:root"},
                  "Action": "kms:*",
                  "Resource": "*"
                }
              ]
            }
            """;

    /// Administration is left to IAM, the use of the key is not: only the deploying role is named
    /// for it.
    static final String NO_DELEGATION =
            """
            {
              "Version": "2012-10-17",
              "Statement": [
                {
                  "Sid": "AdministrationThroughIam",
                  "Effect": "Allow",
                  "Principal": {"AWS": "arn:aws:iam::123456789012:root"},
                  "Action": ["kms:Describe*", "kms:Get*", "kms:List*", "kms:PutKeyPolicy", "kms:EnableKeyRotation", "kms:ScheduleKeyDeletion"],
                  "Resource": "*"
                },
                {
                  "Sid": "DeployersMakeEncryptedResources",
                  "Effect": "Allow",
                  "Principal": {"AWS": "arn:aws:iam::123456789012:role/deployer"},
                  "Action": ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey", "kms:CreateGrant"],
                  "Resource": "*"
                }
              ]
            }
            """;

    /// Types that must not exist when the key guards have not let the key through.
    static final Set<String> ENCRYPTED =
            Set.of(
                    "AWS::DynamoDB::Table",
                    "AWS::S3::Bucket",
                    "AWS::CloudTrail::Trail",
                    "AWS::KinesisFirehose::DeliveryStream",
                    "AWS::SNS::Topic",
                    "AWS::SQS::Queue",
                    "Custom::SecureParameter");

    private Stacks() {}

    static LocalStackBuilder builder() {
        return LocalStack.builder().template(ProjectTemplate.file());
    }

    static LocalStack withKey(KeyChoice key) {
        return builder().key(key).open();
    }

    static LocalStack withPolicy(String policy) {
        return withKey(KeyChoice.standard().withPolicy(policy));
    }

    /// A deployment that must succeed, with the whole report in the message when it does not.
    static RunReport succeeded(RunReport report) {
        assertThat(report.success())
                .as(() ->
                        report.operation()
                                + " ended "
                                + report.status()
                                + " "
                                + report.reason()
                                + "\n"
                                + failures(report)
                                + "\nviolations: "
                                + report.violations())
                .isTrue();
        return report;
    }

    static RunReport failed(RunReport report, Status status) {
        assertThat(report.status()).as(() -> failures(report)).isEqualTo(status);
        assertThat(report.violations()).isEmpty();
        return report;
    }

    private static String failures(RunReport report) {
        StringBuilder text = new StringBuilder();
        for (StackEvent event : report.events()) {
            if (event.status().name().endsWith("_FAILED"))
                text.append(event.logicalId()).append(": ").append(event.reason()).append('\n');
        }
        return text.toString();
    }

    /// Why one resource failed.
    static String reasonOf(RunReport report, String logicalId) {
        return report.eventsOf(logicalId).stream()
                .filter(event -> event.status().name().endsWith("_FAILED"))
                .map(StackEvent::reason)
                .findFirst()
                .orElseThrow(() ->
                        new AssertionError(logicalId + " did not fail:\n" + failures(report)));
    }

    static List<ApiCall> calls(RunReport report, String action) {
        return report.apiCalls().stream().filter(call -> call.action().equals(action)).toList();
    }

    /// Nothing that would hold data under the key was ever created. The queue of what Lambda gives
    /// up is never under the key.
    static void nothingEncryptedWasCreated(RunReport report) {
        assertThat(
                        report.events().stream()
                                .filter(event -> ENCRYPTED.contains(event.type()))
                                .map(StackEvent::logicalId)
                                .filter(id -> !id.equals("GuardDeadLetterQueue")))
                .isEmpty();
        assertThat(
                        report.events().stream()
                                .filter(event -> event.type().equals("AWS::Logs::LogGroup"))
                                .map(StackEvent::logicalId))
                .allMatch(id ->
                        Set.of(
                                        "KeyCheckLogGroup",
                                        "KeyGrantsLogGroup",
                                        "KeyAlarmsLogGroup",
                                        "SecureParameterLogGroup")
                                .contains(id));
    }

    /// Not a byte of the text that was last put has changed, and nobody put another one.
    static void keyPolicyIsUntouched(RunReport report) {
        RunReport.PolicyChange policy = report.policies().getFirst();
        assertThat(policy.putAfter()).isEqualTo(policy.putBefore());
        assertThat(calls(report, "kms:PutKeyPolicy")).isEmpty();
    }
}
