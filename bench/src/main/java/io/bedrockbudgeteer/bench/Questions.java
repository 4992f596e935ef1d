package io.bedrockbudgeteer.bench;

import static io.bedrockbudgeteer.keyguard.policy.Verdict.Kind.ALLOWED;
import static io.bedrockbudgeteer.keyguard.policy.Verdict.Kind.DENIED;

import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import java.util.List;
import java.util.Map;

/// The mixes of questions. Callers are roles that IAM policies give access, roles that the key
/// policy names, service principals, and roles of another account. Everything about each call is
/// known, so that an evaluator with two values has an answer too.
final class Questions {
    /// Questions in each mix.
    static final int COUNT = 16;

    private static final List<String> NO_IAM = List.of();
    private static final List<String> READ = List.of("kms:Decrypt", "kms:DescribeKey");
    private static final List<String> ALL = List.of("kms:*");
    private static final Map<String, String> DIRECT = Map.of();
    private static final Map<String, String> THROUGH_S3 =
            Map.of("kms:ViaService", "s3.us-east-1.amazonaws.com");
    private static final Arn ADMINISTRATOR = Names.role("key-administrator");
    private static final Arn PIPELINE = Names.role("pipeline");

    private Questions() {}

    static List<Question> of(Sample sample) {
        return sample == Sample.TYPICAL ? typical() : series(sample);
    }

    private static List<Question> typical() {
        Arn orders = Names.role("orders");
        Arn billing = Names.role("billing");
        Arn reports = Names.otherRole("reports");
        return List.of(
                Question.ofRole(PIPELINE, READ, "kms:Decrypt", DIRECT, ALLOWED),
                Question.ofRole(PIPELINE, READ, "kms:Encrypt", DIRECT, DENIED),
                Question.ofRole(orders, NO_IAM, "kms:GenerateDataKey", DIRECT, ALLOWED),
                Question.ofRole(billing, NO_IAM, "kms:Decrypt", DIRECT, ALLOWED),
                Question.ofRole(orders, NO_IAM, "kms:CreateGrant", grantForAws("true"), ALLOWED),
                Question.ofRole(orders, NO_IAM, "kms:CreateGrant", grantForAws("false"), DENIED),
                Question.ofRole(ADMINISTRATOR, NO_IAM, "kms:PutKeyPolicy", DIRECT, ALLOWED),
                Question.ofRole(ADMINISTRATOR, NO_IAM, "kms:ScheduleKeyDeletion", DIRECT, ALLOWED),
                Question.ofRole(orders, ALL, "kms:ScheduleKeyDeletion", DIRECT, DENIED),
                trail(Names.TRAIL, true),
                trail(Names.TRAIL + "-of-others", false),
                logs(Names.LOG_GROUP, true),
                Question.ofService("sns.amazonaws.com", "kms:Decrypt", from(Names.TOPIC), ALLOWED),
                Question.ofService(
                        "cloudwatch.amazonaws.com",
                        "kms:GenerateDataKey",
                        from(Names.ALARM),
                        ALLOWED),
                Question.ofRole(reports, READ, "kms:Decrypt", THROUGH_S3, ALLOWED),
                Question.ofRole(reports, READ, "kms:Decrypt", DIRECT, DENIED));
    }

    /// The same mix for every size: decided by what the smallest policy has, once by the first
    /// statement of its kind and once by the last.
    private static List<Question> series(Sample sample) {
        String firstUser = "orders-1";
        String lastUser = "billing-" + last(sample, 1);
        String lastGroup = Names.LOG_GROUP + "-" + last(sample, 2);
        Arn firstReports = Names.otherRole("reports-3");
        Arn lastReports = Names.otherRole("reports-" + last(sample, 3));
        return List.of(
                Question.ofRole(PIPELINE, READ, "kms:Decrypt", DIRECT, ALLOWED),
                Question.ofRole(PIPELINE, READ, "kms:Encrypt", DIRECT, DENIED),
                Question.ofRole(Names.role(firstUser), NO_IAM, "kms:Decrypt", DIRECT, ALLOWED),
                Question.ofRole(Names.role(lastUser), NO_IAM, "kms:Decrypt", DIRECT, ALLOWED),
                Question.ofRole(
                        Names.role(lastUser), NO_IAM, "kms:GenerateDataKey", DIRECT, ALLOWED),
                Question.ofRole(Names.role(lastUser), ALL, "kms:DisableKey", DIRECT, DENIED),
                Question.ofRole(ADMINISTRATOR, ALL, "kms:PutKeyPolicy", DIRECT, ALLOWED),
                Question.ofRole(ADMINISTRATOR, ALL, "kms:ScheduleKeyDeletion", DIRECT, ALLOWED),
                logs(Names.LOG_GROUP + "-2", true),
                logs(lastGroup, true),
                logs(Names.LOG_GROUP + "-of-others", false),
                Question.ofService(
                        "lambda.amazonaws.com", "kms:Decrypt", from(Names.TOPIC), DENIED),
                Question.ofRole(firstReports, READ, "kms:Decrypt", THROUGH_S3, ALLOWED),
                Question.ofRole(lastReports, READ, "kms:Decrypt", THROUGH_S3, ALLOWED),
                Question.ofRole(lastReports, READ, "kms:DescribeKey", THROUGH_S3, ALLOWED),
                Question.ofRole(lastReports, READ, "kms:Decrypt", DIRECT, DENIED));
    }

    /// Number of the last statement of a kind; two statements stand before the numbered ones.
    private static int last(Sample sample, int kind) {
        int numbered = KeyPolicy.read(sample.text()).statements().size() - 2;
        return numbered - (numbered - kind) % Statements.KINDS;
    }

    private static Question logs(String group, boolean allowed) {
        return Question.ofService(
                "logs.us-east-1.amazonaws.com",
                "kms:Encrypt",
                Map.of("kms:EncryptionContext:aws:logs:arn", group),
                allowed ? ALLOWED : DENIED);
    }

    private static Question trail(String trail, boolean allowed) {
        return Question.ofService(
                "cloudtrail.amazonaws.com",
                "kms:GenerateDataKey",
                Map.of("aws:SourceArn", trail, "kms:EncryptionContext:aws:cloudtrail:arn", trail),
                allowed ? ALLOWED : DENIED);
    }

    private static Map<String, String> from(String source) {
        return Map.of("aws:SourceArn", source, "aws:SourceAccount", Names.ACCOUNT);
    }

    private static Map<String, String> grantForAws(String value) {
        return Map.of("kms:GrantIsForAWSResource", value);
    }
}
