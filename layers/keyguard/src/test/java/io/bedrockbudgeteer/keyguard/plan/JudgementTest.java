package io.bedrockbudgeteer.keyguard.plan;

import static io.bedrockbudgeteer.keyguard.plan.Samples.DEFAULT_POLICY;
import static io.bedrockbudgeteer.keyguard.plan.Samples.KEY;
import static io.bedrockbudgeteer.keyguard.plan.Samples.NO_DELEGATION;
import static io.bedrockbudgeteer.keyguard.plan.Samples.requirements;
import static io.bedrockbudgeteer.keyguard.plan.Samples.role;
import static io.bedrockbudgeteer.keyguard.plan.Samples.situation;
import static io.bedrockbudgeteer.keyguard.plan.Samples.withIam;
import static io.bedrockbudgeteer.keyguard.plan.Samples.withStatement;
import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.finding.Rule;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.IdentityAccess;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a person reads where a requirement is not met: which calls, whose, what decides, and where
/// to mend it.
class JudgementTest {

    private static final Arn STEP_FUNCTIONS = role("step-functions");
    private static final Arn FIREHOSE = role("firehose-delivery");
    private static final String ALLOW_KMS =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"kms:*\",\"Resource\":\"*\"}]}";

    private static List<Finding> findings(Situation situation, String... purposes) {
        return Planner.add(situation, requirements(purposes), RoleStatements.LEAST, List.of())
                .findings();
    }

    /// The only finding about a policy with one more statement.
    private static Finding only(String statement, String... purposes) {
        List<Finding> findings =
                findings(situation(withStatement(statement.replace('\'', '"'))), purposes);
        assertThat(findings).hasSize(1);
        return findings.getFirst();
    }

    private static String deny(String principal, String action, String condition) {
        return "{'Sid':'Guard','Effect':'Deny','Principal':"
                + principal
                + ",'Action':"
                + action
                + ",'Resource':'*'"
                + (condition.isEmpty() ? "" : ",'Condition':" + condition)
                + "}";
    }

    private static String denyStepFunctions(String condition) {
        return deny("{'AWS':'" + STEP_FUNCTIONS + "'}", "'kms:*'", condition);
    }

    private static Finding iam(String policy, IdentityAccess access) {
        List<Finding> findings =
                findings(withIam(situation(policy), FIREHOSE, access), "FirehoseDelivery");
        return findings.stream()
                .filter(finding -> finding.rule() == Rule.IAM003)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_deny_of_a_role_is_told_with_the_calls_and_the_way_out() {
        Finding finding = only(denyStepFunctions(""), "StepFunctionsExecutions");
        assertThat(finding.rule()).isEqualTo(Rule.POL007);
        assertThat(finding.message())
                .isEqualTo(
                        "\"Guard\" denies kms:Decrypt, kms:GenerateDataKey to "
                                + STEP_FUNCTIONS
                                + "; no statement that is added can lift a Deny. Needed because: Executions encrypt and decrypt their own data.");
        assertThat(finding.fix())
                .isEqualTo(
                        "Except "
                                + STEP_FUNCTIONS
                                + " from the Deny \"Guard\", for example with a condition on aws:PrincipalArn, or delete it.");
    }

    @Test
    void a_deny_of_a_service_can_except_services() {
        Finding finding =
                only(deny("{'Service':'cloudtrail.amazonaws.com'}", "'kms:*'", ""), "TrailDecrypt");
        assertThat(finding.fix())
                .isEqualTo(
                        "Except cloudtrail.amazonaws.com from the Deny \"Guard\", for example with a condition on aws:PrincipalIsAWSService, or delete it.");
    }

    @Test
    void actions_read_as_the_requirement_writes_them_where_all_of_a_pattern_are_meant() {
        String trail = "{'Service':'cloudtrail.amazonaws.com'}";
        assertThat(only(deny(trail, "'kms:GenerateDataKey*'", ""), "TrailDataKeys").message())
                .startsWith("\"Guard\" denies kms:GenerateDataKey* to cloudtrail.amazonaws.com;");
        assertThat(only(deny(trail, "'kms:GenerateDataKeyPair*'", ""), "TrailDataKeys").message())
                .startsWith(
                        "\"Guard\" denies kms:GenerateDataKeyPair, kms:GenerateDataKeyPairWithoutPlaintext to cloudtrail.amazonaws.com;");
        assertThat(
                        only(
                                        deny(
                                                "{'Service':'logs.us-east-1.amazonaws.com'}",
                                                "['kms:ReEncrypt*','kms:Encrypt']",
                                                ""),
                                        "LogGroups")
                                .message())
                .startsWith(
                        "\"Guard\" denies kms:Encrypt, kms:ReEncrypt* to logs.us-east-1.amazonaws.com;");
    }

    @Test
    void a_call_that_a_role_makes_itself_comes_without_a_service() {
        // IAM User Guide, AWS global condition context keys: aws:ViaAWSService is false, and
        // aws:SourceArn not there, in a call that the principal makes itself.
        for (String condition :
                List.of(
                        "{'StringNotEquals':{'kms:ViaService':'dynamodb.us-east-1.amazonaws.com'}}",
                        "{'Bool':{'aws:ViaAWSService':'false'}}",
                        "{'Null':{'aws:SourceArn':'true'},'StringNotLike':{'kms:ViaService':'*'}}",
                        "{'Null':{'aws:SourceAccount':'true','kms:ViaService':'true'}}"))
            assertThat(
                            only(
                                            denyStepFunctions(condition),
                                            "StepFunctionsExecutions",
                                            "StepFunctionsTables")
                                    .message())
                    .as(condition)
                    .contains("Executions encrypt");
    }

    @Test
    void a_call_through_a_service_says_so() {
        for (String condition :
                List.of(
                        "{'Bool':{'aws:ViaAWSService':'true'}}",
                        "{'StringLike':{'kms:ViaService':'dynamodb.*'}}"))
            assertThat(
                            only(
                                            denyStepFunctions(condition),
                                            "StepFunctionsExecutions",
                                            "StepFunctionsTables")
                                    .message())
                    .as(condition)
                    .startsWith(
                            "\"Guard\" denies kms:Decrypt, kms:Encrypt, kms:ReEncrypt*, kms:GenerateDataKey*, kms:DescribeKey to ")
                    .contains("Workflows read and write the encrypted tables.");
    }

    @Test
    void what_a_service_sends_beside_the_documented_keys_is_not_known() {
        // Only for principals of IAM it is known that the keys of a service call are not there.
        Finding finding =
                only(
                        deny(
                                "{'Service':'logs.us-east-1.amazonaws.com'}",
                                "'kms:*'",
                                "{'Null':{'aws:SourceArn':'true'}}"),
                        "LogGroups");
        assertThat(finding.rule()).isEqualTo(Rule.POL015);
        assertThat(finding.message())
                .isEqualTo(
                        "\"Guard\" decides whether the key can be used by logs.us-east-1.amazonaws.com (Amazon CloudWatch Logs). It depends on aws:SourceArn, which is not known here.");
    }

    @Test
    void what_aws_does_not_document_is_quoted() {
        Finding finding =
                only(
                        deny(
                                "{'AWS':'" + STEP_FUNCTIONS + "'}",
                                "'kms:Decrypt'",
                                "{'Bool':{'aws:SecureTransport':'maybe'}}"),
                        "StepFunctionsExecutions");
        assertThat(finding.rule()).isEqualTo(Rule.POL015);
        assertThat(finding.message())
                .startsWith(
                        "\"Guard\" decides whether the key can be used by "
                                + STEP_FUNCTIONS
                                + " (AWS Step Functions). Guard may deny kms:Decrypt for ")
                .contains("\"maybe\" is neither true nor false")
                .doesNotContain("It depends on");
    }

    @Test
    void a_role_without_an_iam_policy_gets_the_statement_to_add() {
        Finding finding =
                iam(DEFAULT_POLICY, IdentityAccess.of(FIREHOSE, List.of(), Optional.empty()));
        assertThat(finding.message())
                .isEqualTo(
                        "No IAM policy lets "
                                + FIREHOSE
                                + " do kms:Decrypt, kms:GenerateDataKey; the key policy leaves that to IAM. Needed because: The delivery stream writes to the encrypted bucket.");
        assertThat(finding.fix())
                .isEqualTo(
                        "Add to the role's IAM policy: {\"Effect\":\"Allow\",\"Action\":[\"kms:Decrypt\",\"kms:GenerateDataKey\"],\"Resource\":\""
                                + KEY
                                + "\",\"Condition\":{\"StringEquals\":{\"kms:ViaService\":\"s3.us-east-1.amazonaws.com\"}}}");
    }

    @Test
    void a_deny_in_an_iam_policy_is_named() {
        Finding finding =
                iam(
                        DEFAULT_POLICY,
                        IdentityAccess.of(
                                FIREHOSE,
                                List.of(
                                        ALLOW_KMS.replace(
                                                "[{",
                                                "[{\"Sid\":\"NoKms\",\"Effect\":\"Deny\",\"Action\":\"kms:GenerateDataKey\",\"Resource\":\"*\"},{")),
                                Optional.empty()));
        assertThat(finding.message())
                .startsWith(
                        "\"identity policy, NoKms\" keeps "
                                + FIREHOSE
                                + " from kms:GenerateDataKey; the key policy leaves that to IAM.");
    }

    @Test
    void a_boundary_is_named_as_a_second_place_to_mend() {
        IdentityAccess bounded =
                IdentityAccess.of(
                        FIREHOSE,
                        List.of(ALLOW_KMS),
                        Optional.of("{\"Version\":\"2012-10-17\",\"Statement\":[]}"));
        for (String policy : List.of(DEFAULT_POLICY, NO_DELEGATION)) {
            Finding finding = iam(policy, bounded);
            assertThat(finding.message())
                    .startsWith("No IAM policy lets " + FIREHOSE + " do kms:Decrypt, ")
                    .contains(
                            "; the key policy would let it, but IAM does not, or its permissions boundary does not. Needed because: ");
            assertThat(finding.fix())
                    .startsWith("Add to the role's IAM policy, and to its boundary: {");
        }
    }

    @Test
    void iam_that_was_not_looked_at_or_not_readable_is_told_apart() {
        Situation situation = situation(DEFAULT_POLICY);
        Situation notLookedAt =
                new Situation(
                        situation.key(),
                        situation.policy(),
                        Map.of(),
                        List.of(),
                        situation.caller(),
                        situation.owner());
        String message =
                "The IAM policies of "
                        + FIREHOSE
                        + " are not known, and the key policy leaves kms:Decrypt, kms:GenerateDataKey to them";
        assertThat(findings(notLookedAt, "FirehoseDelivery"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.rule()).isEqualTo(Rule.IAM002);
                    assertThat(finding.message()).isEqualTo(message + ".");
                });
        assertThat(
                        findings(
                                withIam(
                                        situation,
                                        FIREHOSE,
                                        IdentityAccess.unknown(FIREHOSE, "AccessDenied")),
                                "FirehoseDelivery"))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.message()).isEqualTo(message + " (AccessDenied)."));
    }
}
