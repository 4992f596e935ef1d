package io.bedrockbudgeteer.local.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.plan.Owner;
import io.bedrockbudgeteer.keyguard.plan.Plan;
import io.bedrockbudgeteer.keyguard.plan.Planner;
import io.bedrockbudgeteer.keyguard.plan.RoleStatements;
import io.bedrockbudgeteer.keyguard.plan.Situation;
import io.bedrockbudgeteer.keyguard.plan.StatementChange;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.IdentityAccess;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.requirement.Requirement;
import io.bedrockbudgeteer.keyguard.requirement.Requirements;
import io.bedrockbudgeteer.keyguard.requirement.StackNames;
import io.bedrockbudgeteer.local.template.Deployment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The list of requirements and the role policies in the template say the same.
class RequirementsInTemplateTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Arn KEY = Arn.parse(ShippedTemplate.keyArn("aws", "us-east-1"));
    private static final String DEFAULT_POLICY =
            """
            {"Version":"2012-10-17","Id":"key-default-1","Statement":[{"Sid":"Enable IAM User Permissions","Effect":"Allow",\
            "Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:*","Resource":"*"}]}\
            """;

    private final Deployment deployment = ShippedTemplate.withKey(Map.of());

    @Test
    void
            with_delegation_the_role_policies_of_the_template_are_enough_and_only_services_are_missing() {
        Plan plan = plan(role -> statementsOf(role));

        assertThat(plan.findings()).filteredOn(Finding::isError).isEmpty();
        assertThat(plan).isInstanceOf(Plan.Change.class);
        Plan.Change change = (Plan.Change) plan;
        assertThat(change.changes())
                .extracting(StatementChange::purpose)
                .containsExactlyInAnyOrder(
                        "TrailDataKeys",
                        "TrailDescribeKey",
                        "TrailDecrypt",
                        "LogGroups",
                        "AlarmTopic",
                        "NoticeQueue");
        assertThat(change.after()).allMatch(row -> row.verdict().isAllowed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"production", "staging"})
    void the_names_that_the_library_gives_an_environment_are_those_of_the_template(
            String environment) {
        Deployment stack = ShippedTemplate.withKey(Map.of("Environment", environment));
        Map<String, Object> properties = ShippedTemplate.properties(stack, "KeyGrants");
        StackNames names = Requirements.names(KEY, environment);

        assertThat(names.resources()).hasSize(6);
        names.resources()
                .forEach((name, arns) ->
                        assertThat(properties.get(name))
                                .as(name)
                                .isEqualTo(name.equals("TrailArn") ? arns.getFirst() : arns));
        assertThat(names.roleArns()).hasSize(4);
        names.roleArns()
                .forEach((purpose, arn) ->
                        assertThat(
                                        ShippedTemplate.properties(stack, purpose + "Role")
                                                .get("RoleName"))
                                .isEqualTo(arn.resourceName()));
    }

    @Test
    void no_statement_of_a_role_policy_on_the_key_could_be_left_out() {
        int tried = 0;
        for (String role :
                List.of(
                        "LambdaExecution",
                        "StepFunctions",
                        "FirehoseDelivery",
                        "SecureParameter")) {
            int count = statementsOf(role).size();
            for (int leftOut = 0; leftOut < count; leftOut++) {
                int index = leftOut;
                tried++;
                Plan plan =
                        plan(other -> {
                            List<Object> statements = new ArrayList<>(statementsOf(other));
                            if (other.equals(role)) statements.remove(index);
                            return statements;
                        });
                assertThat(plan.findings())
                        .as(role + " without statement " + (index + 1))
                        .anyMatch(f -> f.rule().id().equals("IAM003"));
            }
        }
        assertThat(tried).isEqualTo(3 + 2 + 1 + 1);
    }

    @Test
    void role_policies_grant_exactly_the_actions_of_the_requirements() {
        Map<String, List<String>> wanted = new LinkedHashMap<>();
        for (Requirement requirement : Requirements.of(names())) {
            String caller = requirement.caller().toString();
            for (String role : roleArns().keySet()) {
                if (caller.contains(Objects.requireNonNull(roleArns().get(role)).toString()))
                    wanted.computeIfAbsent(role, r -> new ArrayList<>())
                            .addAll(requirement.actions());
            }
        }
        assertThat(wanted).hasSize(4);
        wanted.forEach((role, actions) -> {
            List<String> granted = new ArrayList<>();
            for (Object statement : statementsOf(role)) {
                Object action = Objects.requireNonNull(((Map<?, ?>) statement).get("Action"));
                if (action instanceof List<?> list) list.forEach(a -> granted.add(a.toString()));
                else granted.add(action.toString());
            }
            assertThat(granted).as(role).containsExactlyInAnyOrderElementsOf(actions);
        });
    }

    private interface Statements {
        List<Object> of(String role);
    }

    private Plan plan(Statements statements) {
        Map<Arn, IdentityAccess> roles = new LinkedHashMap<>();
        roleArns()
                .forEach((role, arn) ->
                        roles.put(
                                arn,
                                IdentityAccess.of(
                                        arn,
                                        List.of(document(statements.of(role))),
                                        Optional.empty())));
        Arn guard =
                Arn.parse("arn:aws:iam::111122223333:role/bedrock-budgeteer-production-key-grants");
        IdentityAccess caller =
                IdentityAccess.of(
                        guard, List.of(document(statementsOf("KeyGrants"))), Optional.empty());
        Situation situation =
                new Situation(
                        KEY,
                        KeyPolicy.read(DEFAULT_POLICY),
                        roles,
                        List.of(),
                        caller,
                        new Owner(
                                "arn:aws:cloudformation:us-east-1:111122223333:stack/s/1",
                                "KeyGrants"));
        return Planner.add(situation, Requirements.of(names()), RoleStatements.LEAST, List.of());
    }

    private static Map<String, Arn> roleArns() {
        String prefix = "arn:aws:iam::111122223333:role/bedrock-budgeteer-production-";
        return Map.of(
                "LambdaExecution", Arn.parse(prefix + "lambda-execution"),
                "StepFunctions", Arn.parse(prefix + "step-functions"),
                "FirehoseDelivery", Arn.parse(prefix + "firehose-delivery"),
                "SecureParameter", Arn.parse(prefix + "secure-parameter"));
    }

    /// The names exactly as the template hands them to the grants function.
    private StackNames names() {
        Map<String, Object> properties = ShippedTemplate.properties(deployment, "KeyGrants");
        Map<String, List<String>> resources = new LinkedHashMap<>();
        resources.put(
                "TrailArn", List.of(Objects.requireNonNull(properties.get("TrailArn")).toString()));
        for (String name :
                List.of(
                        "LogGroupArns",
                        "AlarmArns",
                        "TopicArns",
                        "StateMachineArns",
                        "ParameterArns")) {
            resources.put(
                    name,
                    ((List<?>) Objects.requireNonNull(properties.get(name)))
                            .stream().map(Object::toString).toList());
        }
        return new StackNames(KEY, "production", roleArns(), resources);
    }

    private List<Object> statementsOf(String role) {
        Map<?, ?> document =
                (Map<?, ?>)
                        ShippedTemplate.at(
                                        ShippedTemplate.properties(deployment, role + "KeyAccess"),
                                        "PolicyDocument")
                                .orElseThrow();
        return List.copyOf((List<?>) Objects.requireNonNull(document.get("Statement")));
    }

    private static String document(List<Object> statements) {
        try {
            return JSON.writeValueAsString(
                    Map.of("Version", "2012-10-17", "Statement", statements));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
