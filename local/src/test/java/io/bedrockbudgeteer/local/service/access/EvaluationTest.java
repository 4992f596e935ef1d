package io.bedrockbudgeteer.local.service.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.account.Principal;
import io.bedrockbudgeteer.local.service.access.Decision.Result;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The rules of policy evaluation as a table. Rows follow the pages that the evaluation names.
class EvaluationTest {
    private static final String ACCOUNT = "111122223333";
    private static final String KEY =
            "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    private static final String ROLE = "arn:aws:iam::111122223333:role/app/reader";
    private static final String SESSION = "arn:aws:sts::111122223333:assumed-role/reader/s";
    private static final String ROOT = "\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:root\"}";
    private static final String ME = "\"Principal\":{\"AWS\":\"" + ROLE + "\"}";
    private static final String DECRYPT = "\"Action\":\"kms:Decrypt\",\"Resource\":\"*\"";
    private static final String IDENTITY =
            "{\"Effect\":\"Allow\",\"Action\":\"kms:Decrypt\",\"Resource\":\"" + KEY + "\"}";

    /// @param keyPolicy statements
    /// @param identity statements of the role's policy
    /// @param context keys beside the global ones
    /// @param expected a result, or empty for "not modelled"
    record Row(
            String name,
            String keyPolicy,
            String identity,
            Map<String, String> context,
            Optional<Result> expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        // Who is meant.
        add(rows, "role by ARN", allow(ME, DECRYPT), "", Result.ALLOWED);
        add(rows, "session by ARN", allow(aws(SESSION), DECRYPT), "", Result.ALLOWED);
        add(
                rows,
                "other session of the role",
                allow(aws(SESSION + "2"), DECRYPT),
                "",
                Result.NO_RESOURCE_POLICY);
        add(
                rows,
                "role ARN without its path",
                allow(aws(ROLE.replace("/app", "")), DECRYPT),
                "",
                Result.NO_RESOURCE_POLICY);
        add(
                rows,
                "own unique id",
                allow(aws("AROAAAAAAAAAAAAAAAAAA"), DECRYPT),
                "",
                Result.ALLOWED);
        add(
                rows,
                "unique id of an earlier role",
                allow(aws("AROABBBBBBBBBBBBBBBBB"), DECRYPT),
                "",
                Result.NO_RESOURCE_POLICY);
        add(rows, "everybody", allow("\"Principal\":\"*\"", DECRYPT), "", Result.ALLOWED);
        add(rows, "every AWS identity", allow(aws("*"), DECRYPT), "", Result.ALLOWED);
        add(rows, "account and identity policy", allow(ROOT, DECRYPT), IDENTITY, Result.ALLOWED);
        add(rows, "account alone", allow(ROOT, DECRYPT), "", Result.NO_IDENTITY_POLICY);
        add(rows, "account by its number", allow(aws(ACCOUNT), DECRYPT), IDENTITY, Result.ALLOWED);
        add(
                rows,
                "another account",
                allow(aws("arn:aws:iam::444455556666:root"), DECRYPT),
                IDENTITY,
                Result.NO_RESOURCE_POLICY);
        add(
                rows,
                "identity policy alone",
                allow(aws("arn:aws:iam::111122223333:role/x"), DECRYPT),
                IDENTITY,
                Result.NO_RESOURCE_POLICY);
        add(
                rows,
                "service principal for a role",
                allow("\"Principal\":{\"Service\":\"sns.amazonaws.com\"}", DECRYPT),
                IDENTITY,
                Result.NO_RESOURCE_POLICY);
        add(
                rows,
                "role in a list",
                allow("\"Principal\":{\"AWS\":[\"" + ACCOUNT + "\",\"" + ROLE + "\"]}", DECRYPT),
                "",
                Result.ALLOWED);
        // Denies.
        add(
                rows,
                "deny beats allow",
                allow(ME, DECRYPT) + "," + deny("\"Principal\":\"*\"", DECRYPT),
                IDENTITY,
                Result.DENIED_BY_RESOURCE_POLICY);
        add(
                rows,
                "deny of the account hits its roles",
                allow(ME, DECRYPT) + "," + deny(ROOT, DECRYPT),
                "",
                Result.DENIED_BY_RESOURCE_POLICY);
        add(
                rows,
                "deny in the identity policy beats a direct allow",
                allow(ME, DECRYPT),
                IDENTITY.replace("Allow", "Deny"),
                Result.DENIED_BY_IDENTITY_POLICY);
        add(
                rows,
                "deny for everybody else with all forms listed",
                allow(ME, DECRYPT)
                        + ","
                        + deny(not(ROLE, SESSION, "arn:aws:iam::111122223333:root"), DECRYPT),
                "",
                Result.ALLOWED);
        add(
                rows,
                "deny for everybody else without me",
                allow(ME, DECRYPT) + "," + deny(not("arn:aws:iam::111122223333:role/x"), DECRYPT),
                "",
                Result.DENIED_BY_RESOURCE_POLICY);
        unclear(
                rows,
                "deny for everybody else that lists me in part",
                allow(ME, DECRYPT) + "," + deny(not(ROLE), DECRYPT));
        unclear(
                rows,
                "allow for everybody else",
                allow(not("arn:aws:iam::111122223333:role/x"), DECRYPT));
        // Actions and resources.
        add(
                rows,
                "action in another case",
                allow(ME, "\"Action\":\"KMS:decrypt\",\"Resource\":\"*\""),
                "",
                Result.ALLOWED);
        add(
                rows,
                "action pattern",
                allow(ME, "\"Action\":[\"kms:Enc*\",\"kms:De?rypt\"],\"Resource\":\"*\""),
                "",
                Result.ALLOWED);
        add(
                rows,
                "other action",
                allow(ME, "\"Action\":\"kms:Encrypt\",\"Resource\":\"*\""),
                "",
                Result.NO_RESOURCE_POLICY);
        add(
                rows,
                "all actions of all services",
                allow(ME, "\"Action\":\"*\",\"Resource\":\"*\""),
                "",
                Result.ALLOWED);
        add(
                rows,
                "all but another action",
                allow(ME, "\"NotAction\":\"kms:Put*\",\"Resource\":\"*\""),
                "",
                Result.ALLOWED);
        add(
                rows,
                "all but this action",
                allow(ME, "\"NotAction\":\"kms:D*\",\"Resource\":\"*\""),
                "",
                Result.NO_RESOURCE_POLICY);
        add(
                rows,
                "no action has no effect",
                allow(ME, "\"Resource\":\"*\""),
                "",
                Result.NO_RESOURCE_POLICY);
        add(
                rows,
                "no resource has no effect",
                allow(ME, "\"Action\":\"kms:*\""),
                "",
                Result.NO_RESOURCE_POLICY);
        add(
                rows,
                "own ARN as resource",
                allow(ME, "\"Action\":\"kms:*\",\"Resource\":\"" + KEY + "\""),
                "",
                Result.ALLOWED);
        add(
                rows,
                "other key as resource",
                allow(ME, "\"Action\":\"kms:*\",\"Resource\":\"" + KEY + "0\""),
                "",
                Result.NO_RESOURCE_POLICY);
        unclear(
                rows,
                "pattern as resource of a key policy",
                allow(ME, "\"Action\":\"kms:*\",\"Resource\":\"arn:aws:kms:*:*:key/*\""));
        unclear(
                rows,
                "NotResource in a key policy",
                allow(ME, "\"Action\":\"kms:*\",\"NotResource\":\"x\""));
        add(
                rows,
                "identity resource pattern",
                allow(ROOT, DECRYPT),
                onKey("arn:aws:kms:*:111122223333:key/*"),
                Result.ALLOWED);
        add(
                rows,
                "incomplete identity resource",
                allow(ROOT, DECRYPT),
                onKey("arn:aws:kms:*"),
                Result.ALLOWED);
        add(
                rows,
                "alias is no identity resource",
                allow(ROOT, DECRYPT),
                onKey("arn:aws:kms:us-east-1:111122223333:alias/x"),
                Result.NO_IDENTITY_POLICY);
        add(
                rows,
                "all but this resource",
                allow(ROOT, DECRYPT),
                "{\"Effect\":\"Allow\",\"Action\":\"kms:*\",\"NotResource\":\"" + KEY + "\"}",
                Result.NO_IDENTITY_POLICY);
        row(
                rows,
                "identity resource that matches across a colon",
                allow(ROOT, DECRYPT),
                onKey("arn:aws:kms:*:key/*"),
                Map.of(),
                Optional.empty());
        // Conditions: one key, one operator.
        when(
                rows,
                "equal text",
                "StringEquals",
                "kms:ViaService",
                "\"s3.us-east-1.amazonaws.com\"",
                "s3.us-east-1.amazonaws.com",
                true);
        when(
                rows,
                "text in another case",
                "StringEquals",
                "kms:ViaService",
                "\"S3.us-east-1.amazonaws.com\"",
                "s3.us-east-1.amazonaws.com",
                false);
        when(
                rows,
                "case ignored",
                "StringEqualsIgnoreCase",
                "kms:ViaService",
                "\"S3\"",
                "s3",
                true);
        when(
                rows,
                "key name in another case",
                "StringEquals",
                "KMS:viaservice",
                "\"s3\"",
                "s3",
                true);
        when(
                rows,
                "operator in another case",
                "stringequals",
                "kms:ViaService",
                "\"s3\"",
                "s3",
                true);
        when(rows, "star is literal", "StringEquals", "kms:ViaService", "\"s3*\"", "s3.x", false);
        when(
                rows,
                "like",
                "StringLike",
                "kms:ViaService",
                "\"dynamodb.*.amazonaws.com\"",
                "dynamodb.eu-west-1.amazonaws.com",
                true);
        when(
                rows,
                "one of several",
                "StringEquals",
                "kms:ViaService",
                "[\"a\",\"s3\"]",
                "s3",
                true);
        when(
                rows,
                "none of several",
                "StringNotEquals",
                "kms:ViaService",
                "[\"a\",\"s3\"]",
                "s3",
                false);
        when(
                rows,
                "negated and other",
                "StringNotEquals",
                "kms:ViaService",
                "[\"a\",\"b\"]",
                "s3",
                true);
        when(rows, "empty list", "StringEquals", "kms:ViaService", "[]", "s3", false);
        when(rows, "empty list negated", "StringNotEquals", "kms:ViaService", "[]", "s3", true);
        when(rows, "absent", "StringEquals", "kms:ViaService", "\"s3\"", "", false);
        when(rows, "absent and negated", "StringNotEquals", "kms:ViaService", "\"s3\"", "", true);
        when(
                rows,
                "absent with IfExists",
                "StringEqualsIfExists",
                "kms:ViaService",
                "\"s3\"",
                "",
                true);
        when(
                rows,
                "present with IfExists",
                "StringEqualsIfExists",
                "kms:ViaService",
                "\"s3\"",
                "sns",
                false);
        when(rows, "Null true on absent", "Null", "kms:ViaService", "\"true\"", "", true);
        when(rows, "Null false on absent", "Null", "kms:ViaService", "false", "", false);
        when(rows, "Null false on present", "Null", "kms:ViaService", "\"false\"", "s3", true);
        when(rows, "Bool", "Bool", "aws:SecureTransport", "true", "", true);
        when(rows, "Bool false", "Bool", "aws:SecureTransport", "\"false\"", "", false);
        when(
                rows,
                "number",
                "NumericLessThanEquals",
                "kms:RotationPeriodInDays",
                "365",
                "90",
                true);
        when(
                rows,
                "number too large",
                "NumericLessThan",
                "kms:RotationPeriodInDays",
                "\"90\"",
                "90.0",
                false);
        when(
                rows,
                "date",
                "DateGreaterThan",
                "aws:CurrentTime",
                "\"2020-01-01T00:00:00Z\"",
                "",
                true);
        when(rows, "date as seconds", "DateLessThan", "aws:EpochTime", "\"1\"", "", false);
        when(
                rows,
                "ARN pattern",
                "ArnLike",
                "aws:SourceArn",
                "\"arn:aws:cloudtrail:*:111122223333:trail/*\"",
                "arn:aws:cloudtrail:us-east-1:111122223333:trail/t",
                true);
        when(
                rows,
                "ArnEquals takes patterns too",
                "ArnEquals",
                "aws:SourceArn",
                "\"arn:aws:s3:::*\"",
                "arn:aws:s3:::bucket",
                true);
        when(
                rows,
                "sixth part may hold colons",
                "ArnLike",
                "aws:SourceArn",
                "\"arn:aws:logs:us-east-1:111122223333:log-group:*\"",
                "arn:aws:logs:us-east-1:111122223333:log-group:a:b",
                true);
        when(
                rows,
                "too few parts",
                "ArnLike",
                "aws:SourceArn",
                "\"arn:aws:s3\"",
                "arn:aws:s3:::bucket",
                false);
        when(
                rows,
                "variable",
                "StringEquals",
                "aws:SourceAccount",
                "\"${aws:PrincipalAccount}\"",
                ACCOUNT,
                true);
        when(
                rows,
                "variable without a value",
                "StringEquals",
                "aws:SourceAccount",
                "\"${aws:username}\"",
                ACCOUNT,
                false);
        when(
                rows,
                "negated variable without a value",
                "StringNotEquals",
                "aws:SourceAccount",
                "\"${aws:username}\"",
                ACCOUNT,
                true);
        when(
                rows,
                "encryption context key in another case",
                "StringEquals",
                "kms:EncryptionContext:TENANT",
                "\"a\"",
                "a",
                true);
        add(
                rows,
                "two conditions, one false",
                allow(
                        ME,
                        DECRYPT
                                + ",\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"true\"},\"StringEquals\":{\"kms:ViaService\":\"s3\"}}"),
                "",
                Result.NO_RESOURCE_POLICY);
        add(
                rows,
                "a known false condition decides over an unknown one",
                allow(
                        ME,
                        DECRYPT
                                + ",\"Condition\":{\"StringEquals\":{\"aws:SourceIp\":\"x\",\"kms:ViaService\":\"s3\"}}"),
                "",
                Result.NO_RESOURCE_POLICY);
        unclear(rows, "unknown key", conditioned("StringEquals", "aws:SourceIp", "\"1.2.3.4\""));
        unclear(rows, "unknown operator", conditioned("StringMatches", "kms:ViaService", "\"x\""));
        unclear(rows, "IP address", conditioned("IpAddress", "kms:ViaService", "\"1.2.3.4\""));
        unclear(
                rows,
                "star as the whole ARN pattern",
                conditioned("ArnLike", "aws:PrincipalArn", "\"*\""));
        unclear(
                rows,
                "ARN pattern that matches across a colon",
                conditioned("ArnLike", "aws:PrincipalArn", "\"arn:aws:*:role/app/*\""));
        add(
                rows,
                "an allow elsewhere decides over an unknown condition",
                conditioned("StringEquals", "aws:SourceIp", "\"x\"") + "," + allow(ME, DECRYPT),
                "",
                Result.ALLOWED);
        unclear(
                rows,
                "a deny with an unknown condition",
                allow(ME, DECRYPT)
                        + ","
                        + deny(
                                "\"Principal\":\"*\"",
                                DECRYPT
                                        + ",\"Condition\":{\"StringEquals\":{\"aws:SourceIp\":\"x\"}}"));
        unclear(
                rows,
                "unknown element",
                "{\"Effect\":\"Allow\"," + ME + "," + DECRYPT + ",\"Condition2\":{}}");
        // Sets.
        when(
                rows,
                "some value",
                "ForAnyValue:StringEquals",
                "kms:EncryptionContextKeys",
                "[\"a\",\"b\"]",
                "b",
                true);
        when(
                rows,
                "all values",
                "ForAllValues:StringEquals",
                "kms:EncryptionContextKeys",
                "[\"a\"]",
                "a",
                true);
        when(
                rows,
                "all values on absent",
                "ForAllValues:StringEquals",
                "kms:EncryptionContextKeys",
                "[\"a\"]",
                "",
                true);
        when(
                rows,
                "some value on absent",
                "ForAnyValue:StringEquals",
                "kms:EncryptionContextKeys",
                "[\"a\"]",
                "",
                false);
        when(
                rows,
                "some value outside",
                "ForAnyValue:StringNotEquals",
                "kms:EncryptionContextKeys",
                "[\"a\"]",
                "b",
                true);
        unclear(
                rows,
                "some value with IfExists on absent",
                conditioned("ForAnyValue:StringEqualsIfExists", "kms:ViaService", "\"x\""));
        return rows;
    }

    @ParameterizedTest
    @MethodSource("rows")
    void key_policy_with_identity_policy(Row row) {
        check(row, role(row.identity()));
    }

    @Test
    void no_row_has_disappeared() {
        assertThat(rows()).hasSize(88);
    }

    static List<Row> rowsForServices() {
        String sns = "\"Principal\":{\"Service\":\"sns.amazonaws.com\"}";
        List<Row> rows = new ArrayList<>();
        add(rows, "its own name", allow(sns, DECRYPT), "", Result.ALLOWED);
        add(rows, "everybody", allow("\"Principal\":\"*\"", DECRYPT), "", Result.ALLOWED);
        add(
                rows,
                "regional name",
                allow(sns.replace("sns.", "sns.us-east-1."), DECRYPT),
                "",
                Result.NO_RESOURCE_POLICY);
        add(
                rows,
                "account never covers a service",
                allow(ROOT, DECRYPT),
                "",
                Result.NO_RESOURCE_POLICY);
        add(
                rows,
                "deny for everybody else with its name",
                allow(sns, DECRYPT)
                        + ","
                        + deny("\"NotPrincipal\":{\"Service\":\"sns.amazonaws.com\"}", DECRYPT),
                "",
                Result.ALLOWED);
        add(
                rows,
                "deny for everybody else without its name",
                allow(sns, DECRYPT) + "," + deny(not(ROLE), DECRYPT),
                "",
                Result.DENIED_BY_RESOURCE_POLICY);
        add(
                rows,
                "deny of every AWS identity",
                allow(sns, DECRYPT) + "," + deny(aws("*"), DECRYPT),
                "",
                Result.DENIED_BY_RESOURCE_POLICY);
        add(
                rows,
                "deny outside an organisation without a guard",
                allow(sns, DECRYPT)
                        + ","
                        + deny(
                                "\"Principal\":\"*\"",
                                DECRYPT
                                        + ",\"Condition\":{\"StringNotEquals\":{\"aws:PrincipalOrgID\":\"o-1\"}}"),
                "",
                Result.DENIED_BY_RESOURCE_POLICY);
        add(
                rows,
                "the same with a guard",
                allow(sns, DECRYPT)
                        + ","
                        + deny(
                                "\"Principal\":\"*\"",
                                DECRYPT
                                        + ",\"Condition\":{\"StringNotEquals\":{\"aws:PrincipalOrgID\":\"o-1\"},\"Bool\":{\"aws:PrincipalIsAWSService\":\"false\"}}"),
                "",
                Result.ALLOWED);
        row(
                rows,
                "source ARN",
                allow(
                        sns,
                        DECRYPT
                                + ",\"Condition\":{\"ArnLike\":{\"aws:SourceArn\":\"arn:aws:sns:*:111122223333:*\"}}"),
                "",
                Map.of("aws:SourceArn", "arn:aws:sns:us-east-1:111122223333:t"),
                Optional.of(Result.ALLOWED));
        add(
                rows,
                "source ARN that the service does not send",
                allow(
                        sns,
                        DECRYPT
                                + ",\"Condition\":{\"ArnLike\":{\"aws:SourceArn\":\"arn:aws:sns:*:111122223333:*\"}}"),
                "",
                Result.NO_RESOURCE_POLICY);
        unclear(rows, "allow for every AWS identity", allow(aws("*"), DECRYPT));
        unclear(
                rows,
                "allow for every service",
                allow("\"Principal\":{\"Service\":\"*\"}", DECRYPT));
        unclear(
                rows,
                "deny by the principal's ARN",
                allow(sns, DECRYPT)
                        + ","
                        + deny(
                                "\"Principal\":\"*\"",
                                DECRYPT
                                        + ",\"Condition\":{\"ArnNotLike\":{\"aws:PrincipalArn\":\""
                                        + ROLE
                                        + "\"}}"));
        return rows;
    }

    @ParameterizedTest
    @MethodSource("rowsForServices")
    void key_policy_for_a_service_principal(Row row) {
        check(row, Who.service(new Principal.Service("sns.amazonaws.com")));
    }

    @Test
    void no_row_for_services_has_disappeared() {
        assertThat(rowsForServices()).hasSize(14);
    }

    private static void check(Row row, Who who) {
        Evaluation evaluation =
                new Evaluation(who, "kms:Decrypt", KEY, context(who, row.context()));
        if (row.expected().isEmpty()) {
            assertThatThrownBy(() ->
                            evaluation.byKey(policy(row.keyPolicy()), ACCOUNT, List.of(), Map.of()))
                    .isInstanceOf(NotModelledException.class);
        } else {
            assertThat(
                            evaluation
                                    .byKey(policy(row.keyPolicy()), ACCOUNT, List.of(), Map.of())
                                    .result())
                    .isEqualTo(row.expected().get());
        }
    }

    private static void add(
            List<Row> rows, String name, String keyPolicy, String identity, Result expected) {
        row(rows, name, keyPolicy, identity, Map.of(), Optional.of(expected));
    }

    private static void unclear(List<Row> rows, String name, String keyPolicy) {
        row(rows, name, keyPolicy, "", Map.of(), Optional.empty());
    }

    /// One condition on an Allow for the role; an empty value stands for an absent key.
    private static void when(
            List<Row> rows,
            String name,
            String operator,
            String key,
            String listed,
            String value,
            boolean holds) {
        Map<String, String> context = value.isEmpty() ? Map.of() : Map.of(key, value);
        row(
                rows,
                name,
                conditioned(operator, key, listed),
                "",
                context,
                Optional.of(holds ? Result.ALLOWED : Result.NO_RESOURCE_POLICY));
    }

    private static void row(
            List<Row> rows,
            String name,
            String keyPolicy,
            String identity,
            Map<String, String> context,
            Optional<Result> expected) {
        rows.add(new Row(name, keyPolicy, identity, context, expected));
    }

    private static Policy policy(String statements) {
        return Policy.of("{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}");
    }

    private static Who role(String identity) {
        List<Who.Named> policies =
                identity.isEmpty() ? List.of() : List.of(new Who.Named("inline", policy(identity)));
        return new Who(
                new Principal.Session(ROLE, "s"),
                ACCOUNT,
                Optional.of("AROAAAAAAAAAAAAAAAAAA"),
                policies);
    }

    private static Context context(Who who, Map<String, String> more) {
        Context.Builder context =
                Contexts.global(
                                who,
                                "us-east-1",
                                ACCOUNT,
                                false,
                                Instant.parse("2026-01-01T00:00:00Z"))
                        .absentPrefix("kms:EncryptionContext:")
                        .absent(
                                "kms:ViaService",
                                "kms:EncryptionContextKeys",
                                "kms:RotationPeriodInDays");
        more.forEach((key, value) -> context.put(key, value));
        return context.build();
    }

    private static String conditioned(String operator, String key, String listed) {
        return allow(
                ME,
                DECRYPT + ",\"Condition\":{\"" + operator + "\":{\"" + key + "\":" + listed + "}}");
    }

    private static String allow(String principal, String rest) {
        return "{\"Effect\":\"Allow\"," + principal + "," + rest + "}";
    }

    private static String deny(String principal, String rest) {
        return "{\"Effect\":\"Deny\"," + principal + "," + rest + "}";
    }

    private static String aws(String principal) {
        return "\"Principal\":{\"AWS\":\"" + principal + "\"}";
    }

    private static String not(String... principals) {
        return "\"NotPrincipal\":{\"AWS\":[\"" + String.join("\",\"", principals) + "\"]}";
    }

    private static String onKey(String resource) {
        return "{\"Effect\":\"Allow\",\"Action\":\"kms:Decrypt\",\"Resource\":\""
                + resource
                + "\"}";
    }
}
