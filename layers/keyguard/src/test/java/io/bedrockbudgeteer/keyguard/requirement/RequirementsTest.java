package io.bedrockbudgeteer.keyguard.requirement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bedrockbudgeteer.keyguard.finding.Pages;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import io.bedrockbudgeteer.keyguard.policy.AccessRequest;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.Caller;
import io.bedrockbudgeteer.keyguard.policy.Evaluator;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequirementsTest {

    private static final Arn KEY =
            Arn.parse(
                    "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab");

    private static final Map<String, List<String>> RESOURCES =
            Map.of(
                    "TrailArn", List.of("arn:aws:cloudtrail:us-east-1:111122223333:trail/t"),
                    "LogGroupArns",
                            List.of(
                                    "arn:aws:logs:us-east-1:111122223333:log-group:/a",
                                    "arn:aws:logs:us-east-1:111122223333:log-group:/b"),
                    "AlarmArns", List.of("arn:aws:cloudwatch:us-east-1:111122223333:alarm:a-*"),
                    "TopicArns",
                            List.of(
                                    "arn:aws:sns:us-east-1:111122223333:a",
                                    "arn:aws:sns:us-east-1:111122223333:b"),
                    "StateMachineArns",
                            List.of("arn:aws:states:us-east-1:111122223333:stateMachine:s"),
                    "ParameterArns", List.of("arn:aws:ssm:us-east-1:111122223333:parameter/p/*"));

    private static Map<String, Arn> roles(String partition) {
        Map<String, Arn> roles = new HashMap<>();
        for (String role : Placeholders.ROLES)
            roles.put(role, Arn.parse("arn:" + partition + ":iam::111122223333:role/" + role));
        return roles;
    }

    private static List<Requirement> all() {
        return Requirements.of(new StackNames(KEY, "production", roles("aws"), RESOURCES));
    }

    @Test
    void purposes_are_unique_and_fit_into_a_sid() {
        assertThat(all())
                .hasSize(13)
                .extracting(Requirement::purpose)
                .doesNotHaveDuplicates()
                .allMatch(purpose -> purpose.matches("[A-Z][A-Za-z]+"));
        assertThat(Requirements.templates()).hasSize(13);
    }

    @Test
    void a_requirement_applies_only_when_the_stack_has_role_and_resource() {
        assertThat(Requirements.of(new StackNames(KEY, "dev", Map.of(), Map.of()))).isEmpty();
        assertThat(
                        Requirements.of(
                                new StackNames(
                                        KEY,
                                        "dev",
                                        Map.of(),
                                        Map.of("TrailArn", RESOURCES.get("TrailArn")))))
                .extracting(Requirement::purpose)
                .containsExactly("TrailDataKeys", "TrailDescribeKey", "TrailDecrypt");
        assertThat(
                        Requirements.of(
                                new StackNames(
                                        KEY, "dev", Map.of(), Map.of("LogGroupArns", List.of()))))
                .isEmpty();
        assertThat(
                        Requirements.of(
                                new StackNames(
                                        KEY,
                                        "dev",
                                        Map.of(
                                                "LambdaExecution",
                                                Arn.parse("arn:aws:iam::111122223333:role/r")),
                                        Map.of())))
                .extracting(Requirement::purpose)
                .containsExactly("LambdaExecutionTables", "LambdaExecutionTopics");
    }

    @Test
    void a_list_gives_one_request_per_element_and_one_condition_with_all() {
        Requirement logs =
                all().stream()
                        .filter(requirement -> requirement.purpose().equals("LogGroups"))
                        .findFirst()
                        .orElseThrow();
        assertThat(logs.requests()).hasSize(2);
        assertThat(logs.caller()).isEqualTo(new Caller.Service("logs.us-east-1.amazonaws.com"));
        assertThat(JsonText.object(logs.statement()))
                .isEqualTo(
                        """
                        {"Effect":"Allow","Principal":{"Service":"logs.us-east-1.amazonaws.com"},\
                        "Action":["kms:Encrypt","kms:Decrypt","kms:ReEncrypt*","kms:GenerateDataKey*"],"Resource":"*",\
                        "Condition":{"ArnEquals":{"kms:EncryptionContext:aws:logs:arn":\
                        ["arn:aws:logs:us-east-1:111122223333:log-group:/a","arn:aws:logs:us-east-1:111122223333:log-group:/b"]}}}\
                        """);
    }

    @Test
    void action_patterns_stand_for_their_single_actions() {
        Requirement logs =
                all().stream()
                        .filter(requirement -> requirement.purpose().equals("LogGroups"))
                        .findFirst()
                        .orElseThrow();
        assertThat(logs.singleActions())
                .containsExactly(
                        "kms:Encrypt",
                        "kms:Decrypt",
                        "kms:ReEncryptFrom",
                        "kms:ReEncryptTo",
                        "kms:GenerateDataKey",
                        "kms:GenerateDataKeyPair",
                        "kms:GenerateDataKeyPairWithoutPlaintext",
                        "kms:GenerateDataKeyWithoutPlaintext");
    }

    @Test
    void each_statement_gives_exactly_what_its_requests_ask() {
        for (Requirement requirement : all()) {
            KeyPolicy policy =
                    KeyPolicy.read(
                            JsonText.object(Map.of("Statement", List.of(requirement.statement()))));
            assertThat(policy.statements().getFirst().unscopedServices()).isEmpty();
            for (String action : requirement.singleActions()) {
                for (Map<String, List<String>> request : requirement.requests()) {
                    Map<String, Optional<List<String>>> context = new HashMap<>();
                    request.forEach((key, values) -> context.put(key, Optional.of(values)));
                    AccessRequest asked =
                            new AccessRequest(requirement.caller(), action, KEY, context, true);
                    assertThat(
                                    Evaluator.evaluate(policy, Optional.empty(), List.of(), asked)
                                            .isAllowed())
                            .as("%s %s", requirement, action)
                            .isTrue();
                    AccessRequest stranger =
                            new AccessRequest(requirement.caller(), action, KEY, Map.of(), true);
                    assertThat(
                                    Evaluator.evaluate(
                                                    policy, Optional.empty(), List.of(), stranger)
                                            .isAllowed())
                            .as("%s %s", requirement, action)
                            .isFalse();
                }
            }
        }
    }

    @Test
    void other_partitions_have_their_own_arns_but_the_same_service_names() {
        Arn key = Arn.parse("arn:aws-cn:kms:cn-north-1:111122223333:key/k");
        List<Requirement> chinese =
                Requirements.of(
                        new StackNames(
                                key,
                                "dev",
                                roles("aws-cn"),
                                Map.of(
                                        "TrailArn",
                                                List.of(
                                                        "arn:aws-cn:cloudtrail:cn-north-1:111122223333:trail/t"),
                                        "LogGroupArns",
                                                List.of(
                                                        "arn:aws-cn:logs:cn-north-1:111122223333:log-group:/a"))));
        String statements = JsonText.write(chinese.stream().map(Requirement::statement).toList());
        assertThat(statements)
                .contains(
                        "arn:aws-cn:cloudtrail:*:111122223333:trail/*",
                        "\"cloudtrail.amazonaws.com\"",
                        "\"s3.cn-north-1.amazonaws.com\"")
                // The one principal here that is regional and has the suffix of its partition.
                .contains("\"logs.cn-north-1.amazonaws.com.cn\"")
                .doesNotContain("arn:aws:", "us-east-1", "${");
    }

    @Test
    void names_that_the_list_does_not_know_or_that_are_no_arns_are_refused() {
        Map<String, Arn> none = Map.of();
        assertThatThrownBy(() ->
                        Requirements.of(
                                new StackNames(
                                        KEY,
                                        "dev",
                                        none,
                                        Map.of("BucketArn", List.of("arn:aws:s3:::b")))))
                .hasMessageContaining("BucketArn");
        assertThatThrownBy(() ->
                        Requirements.of(
                                new StackNames(
                                        KEY, "dev", none, Map.of("TopicArns", List.of("alerts")))))
                .hasMessageContaining("TopicArns: \"alerts\" is not an ARN");
        assertThatThrownBy(() ->
                        Requirements.of(
                                new StackNames(
                                        KEY,
                                        "dev",
                                        none,
                                        Map.of(
                                                "TopicArns",
                                                List.of("arn:aws:sns:us-east-1:1:${x}")))))
                .hasMessageContaining("must not contain ${");
        assertThatThrownBy(() ->
                        Requirements.of(new StackNames(KEY, "dev", Map.of("Admin", KEY), Map.of())))
                .hasMessageContaining("role Admin");
        assertThatThrownBy(() ->
                        Requirements.of(
                                new StackNames(KEY, "dev", Map.of("StepFunctions", KEY), Map.of())))
                .hasMessageContaining("is not the ARN of a role");
        assertThatThrownBy(() ->
                        Requirements.of(
                                new StackNames(
                                        KEY,
                                        "dev",
                                        none,
                                        Map.of(
                                                "TrailArn",
                                                List.of(
                                                        "arn:aws:cloudtrail:us-east-1:1:trail/a",
                                                        "arn:aws:cloudtrail:us-east-1:1:trail/b")))))
                .hasMessageContaining("TrailArn has 2 values");
    }

    @Test
    void the_page_shows_every_requirement() throws IOException {
        Pages.assertUpToDate("docs/requirements.md", page());
    }

    private static String page() {
        StringBuilder page =
                new StringBuilder(
                        """
                        # Who must be able to do what on the key

                        Service principals get statements in the key policy. Roles get them only where the key policy does not leave access to IAM
                        (or with `RoleStatements: Always`); otherwise the same permissions stand in their IAM policies. `Resource` is always `"*"`, which
                        means "this key" in a key policy. Names in `${}` are filled in for each stack; a list stands for all its values.

                        <!-- Generated from requirements.json by the tests; do not edit. -->
                        """);
        for (RequirementTemplate entry : Requirements.templates()) {
            page.append("\n## ")
                    .append(entry.purpose())
                    .append("\n\n")
                    .append(entry.about("why"))
                    .append("\n\n");
            page.append("- Who: ")
                    .append(
                            entry.service()
                                    .map(name -> "`" + name + "`")
                                    .orElseGet(
                                            () -> "the " + entry.role().orElseThrow() + " role"));
            page.append(" (").append(entry.about("service")).append(")\n");
            page.append("- Actions: ")
                    .append(
                            String.join(
                                    ", ",
                                    entry.actions().stream()
                                            .map(action -> "`" + action + "`")
                                            .toList()))
                    .append("\n");
            entry.condition()
                    .forEach((operator, keys) ->
                            keys.forEach((key, values) ->
                                    page.append("- Only if: `")
                                            .append(operator)
                                            .append("` `")
                                            .append(key)
                                            .append("` = `")
                                            .append(values.getFirst())
                                            .append("`\n")));
            if (!entry.about("note").isEmpty())
                page.append("- Note: ").append(entry.about("note")).append("\n");
            page.append("- Source: ").append(entry.about("source")).append("\n");
        }
        return page.toString();
    }
}
