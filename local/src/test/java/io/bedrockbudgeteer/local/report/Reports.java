package io.bedrockbudgeteer.local.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bedrockbudgeteer.local.account.ApiCall;
import io.bedrockbudgeteer.local.account.DeadLetter;
import io.bedrockbudgeteer.local.engine.StackEvent;
import io.bedrockbudgeteer.local.engine.Status;
import io.bedrockbudgeteer.local.report.RunReport.DeadLetterView;
import io.bedrockbudgeteer.local.report.RunReport.ParameterView;
import io.bedrockbudgeteer.local.report.RunReport.PolicyChange;
import io.bedrockbudgeteer.local.report.RunReport.ResourceView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Two made-up reports with everything in them: one that went well and one that did not.
final class Reports {
    static final String KEY =
            "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    private static final String STACK =
            "arn:aws:cloudformation:us-east-1:111122223333:stack/shop/3f2a8e10-0000-4000-8000-000000000001";
    private static final String ROLE =
            "arn:aws:sts::111122223333:assumed-role/bedrock-budgeteer-production-key-grants/shop-KeyGrants-1";

    private static final String ROOT =
            """
            {"Sid":"Enable IAM User Permissions","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},\
            "Action":"kms:*","Resource":"*"}\
            """;
    private static final String OLD =
            """
            {"Sid":"BedrockBudgeteerLogs","Effect":"Allow","Principal":{"Service":"logs.us-east-1.amazonaws.com"},\
            "Action":"kms:Decrypt","Resource":"*"}\
            """;
    private static final String CHANGED =
            """
            {"Sid":"BedrockBudgeteerLogs","Effect":"Allow","Principal":{"Service":"logs.us-east-1.amazonaws.com"},\
            "Action":["kms:Decrypt","kms:Encrypt"],"Resource":"*"}\
            """;
    private static final String ADDED =
            """
            {"Sid":"BedrockBudgeteerTrail0123456789abcdef0123","Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},\
            "Action":"kms:GenerateDataKey*","Resource":"*","Condition":{"StringEquals":{"aws:SourceArn":\
            "arn:aws:cloudtrail:us-east-1:111122223333:trail/bedrock-budgeteer-production-trail"}}}\
            """;

    private Reports() {}

    private static StackEvent event(
            int second, String id, String type, String physical, Status status, String reason) {
        return new StackEvent(
                Instant.parse("2026-11-24T10:15:00Z").plusSeconds(second),
                id,
                type,
                physical,
                status,
                reason);
    }

    private static ApiCall call(
            String caller, String action, String resource, boolean allowed, String decidedBy) {
        return new ApiCall(
                Instant.parse("2026-11-24T10:15:01Z"),
                caller,
                action,
                resource,
                allowed,
                decidedBy);
    }

    /// Made from a raw record, as a run makes it.
    private static DeadLetterView letter(String refusal) {
        return DeadLetterView.of(
                new DeadLetter(
                        Instant.parse("2026-11-24T10:15:02Z"),
                        "shop-KeyCheckFunction-1",
                        "arn:aws:sqs:us-east-1:111122223333:shop-GuardDeadLetterQueue-1",
                        "RetriesExhausted",
                        3,
                        """
                        {"version":"1.0","requestContext":{"condition":"RetriesExhausted","approximateInvokeCount":3},
                        "requestPayload":{"RequestType":"Update","LogicalResourceId":"KeyCheck",
                        "ResponseURL":"https://bucket.s3.amazonaws.com/arn%3Aaws/KeyCheck?X-Amz-Signature=5ec2e7"},
                        "responsePayload":{"errorMessage":"The answer was not delivered: HTTP status 403."}}
                        """,
                        refusal));
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    static RunReport good() {
        return new RunReport(
                "create",
                "shop",
                Status.CREATE_COMPLETE,
                "",
                List.of(
                        event(
                                0,
                                "shop",
                                StackEvent.STACK,
                                STACK,
                                Status.CREATE_IN_PROGRESS,
                                "User Initiated"),
                        event(
                                0,
                                "KeyGrants",
                                "Custom::KmsKeyGrants",
                                "",
                                Status.CREATE_IN_PROGRESS,
                                ""),
                        event(
                                3,
                                "KeyGrants",
                                "Custom::KmsKeyGrants",
                                "g",
                                Status.CREATE_IN_PROGRESS,
                                "Resource creation Initiated"),
                        event(
                                3,
                                "KeyGrants",
                                "Custom::KmsKeyGrants",
                                "g",
                                Status.CREATE_COMPLETE,
                                ""),
                        event(
                                4,
                                "UsageLogsStreamWithARatherLongName",
                                "AWS::KinesisFirehose::DeliveryStream",
                                "",
                                Status.CREATE_IN_PROGRESS,
                                ""),
                        event(5, "shop", StackEvent.STACK, STACK, Status.CREATE_COMPLETE, "")),
                Map.of("KmsKeyArn", KEY),
                List.of(
                        new PolicyChange(
                                KEY,
                                "{\"Version\":\"2012-10-17\",\"Statement\":["
                                        + ROOT
                                        + ","
                                        + OLD
                                        + "]}",
                                "{\"Version\":\"2012-10-17\",\"Statement\":["
                                        + ROOT
                                        + ","
                                        + CHANGED
                                        + ","
                                        + ADDED
                                        + "]}",
                                "",
                                "")),
                List.of(
                        call(
                                ROLE,
                                "kms:GetKeyPolicy",
                                KEY,
                                true,
                                "statement \"Enable IAM User Permissions\" and identity policy guard"),
                        call(
                                ROLE,
                                "kms:GetKeyPolicy",
                                KEY,
                                true,
                                "statement \"Enable IAM User Permissions\" and identity policy guard"),
                        call(
                                ROLE,
                                "cloudwatch:PutMetricAlarm",
                                "BedrockBudgeteer-KMS-HighUsage",
                                true,
                                "identity policy guard"),
                        call(
                                ROLE,
                                "ssm:PutParameter",
                                "arn:aws:ssm:us-east-1:111122223333:parameter/a",
                                true,
                                "identity policy guard"),
                        call(
                                ROLE,
                                "ssm:PutParameter",
                                "arn:aws:ssm:us-east-1:111122223333:parameter/b",
                                true,
                                "identity policy guard"),
                        call(
                                "cloudtrail.amazonaws.com",
                                "kms:GenerateDataKey",
                                KEY,
                                true,
                                "statement \"BedrockBudgeteerTrail\""),
                        call(
                                ROLE,
                                "iam:GetRole",
                                "bedrock-budgeteer-production-lambda-execution",
                                true,
                                "identity policy guard")),
                Map.of(
                        "BedrockBudgeteer-KMS-HighUsage",
                        json(
                                "{\"AlarmName\":\"BedrockBudgeteer-KMS-HighUsage\",\"Threshold\":10000,\"EvaluationPeriods\":1,"
                                        + "\"ComparisonOperator\":\"GreaterThanThreshold\"}")),
                Map.of("BedrockBudgeteer-KMS-HighUsage", "INSUFFICIENT_DATA"),
                List.of(),
                Map.of(
                        "/bedrock-budgeteer/production/cost/period",
                        new ParameterView("SecureString", Optional.of(KEY), 1)),
                List.of(
                        "Cost",
                        "Accepted without effect on AWS::KinesisFirehose::DeliveryStream: Tags, ExtendedS3DestinationConfiguration"),
                List.of(),
                List.of(),
                Map.of("key-grants", "all is well"),
                Map.of("KeyGrants", new ResourceView("Custom::KmsKeyGrants", "g", Map.of())),
                Duration.ofMillis(4_321),
                20);
    }

    static RunReport bad() {
        return new RunReport(
                "update",
                "shop",
                Status.UPDATE_ROLLBACK_COMPLETE,
                "The following resource(s) failed to update: [Trail].",
                List.of(
                        event(
                                0,
                                "shop",
                                StackEvent.STACK,
                                STACK,
                                Status.UPDATE_IN_PROGRESS,
                                "User Initiated"),
                        event(
                                1,
                                "Trail",
                                "AWS::CloudTrail::Trail",
                                "t",
                                Status.UPDATE_FAILED,
                                "Resource handler returned message: \"Insufficient permissions to access S3 bucket shop-bucket or KMS key "
                                        + KEY
                                        + ". (Status Code: 400, Error Code: InsufficientEncryptionPolicyException)\""),
                        event(
                                1,
                                "KeyCheck",
                                "Custom::KmsKeyCheck",
                                "c",
                                Status.UPDATE_FAILED,
                                "CloudFormation did not receive a response from your Custom Resource."),
                        event(
                                2,
                                "shop",
                                StackEvent.STACK,
                                STACK,
                                Status.UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS,
                                ""),
                        event(
                                2,
                                "shop",
                                StackEvent.STACK,
                                STACK,
                                Status.UPDATE_ROLLBACK_COMPLETE,
                                "")),
                Map.of(),
                List.of(
                        new PolicyChange(
                                KEY,
                                "{\"Statement\":[" + ROOT + "," + OLD + "]}",
                                "{\"Statement\":[" + ROOT + "]}",
                                "",
                                "")),
                List.of(
                        call(
                                "cloudtrail.amazonaws.com",
                                "kms:GenerateDataKey",
                                KEY,
                                false,
                                "no statement names the caller")),
                Map.of(
                        "BedrockBudgeteer-Guard-DeadLetters",
                        json(
                                "{\"AlarmName\":\"BedrockBudgeteer-Guard-DeadLetters\",\"Threshold\":0,\"EvaluationPeriods\":1,"
                                        + "\"ComparisonOperator\":\"GreaterThanThreshold\"}")),
                Map.of("BedrockBudgeteer-Guard-DeadLetters", "ALARM"),
                List.of(letter(""), letter("The specified queue does not exist")),
                Map.of(),
                List.of("Cost"),
                List.of("function key-check called kms:Nonsense, which is not modelled"),
                List.of(
                        "Delivery from alarm a to topic arn:aws:sns:us-east-1:111122223333:news would fail: no statement"),
                Map.of(
                        "key-check",
                        "one\n\n{\"level\":\"ERROR\",\"message\":\"java.lang.NoClassDefFoundError: "
                                + "io/bedrockbudgeteer/keyguard/Something\"}\n"),
                Map.of(),
                Duration.ofMillis(950),
                1);
    }
}
