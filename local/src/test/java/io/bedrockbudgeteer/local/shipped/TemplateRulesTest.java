package io.bedrockbudgeteer.local.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.local.template.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds for every resource of one kind in the shipped template.
class TemplateRulesTest {

    private static final Map<String, String> EVERYTHING =
            Map.of(
                    "AlertEmail", "someone@example.com",
                    "PermissionsBoundaryArn", "arn:aws:iam::111122223333:policy/boundary");

    private final Deployment deployment = ShippedTemplate.withKey(EVERYTHING);

    private List<Deployment.Resource> ofType(String type) {
        return deployment.resources().stream().filter(r -> r.type().equals(type)).toList();
    }

    @Test
    void no_partition_is_written_out() {
        assertThat(ShippedTemplate.text()).doesNotContain("arn:aws:");
    }

    @ParameterizedTest
    @CsvSource({"aws, us-east-1", "aws-us-gov, us-gov-west-1", "aws-cn, cn-north-1"})
    void every_arn_is_in_the_partition_of_the_stack(String partition, String region) {
        Deployment there = ShippedTemplate.withKey(partition, region, Map.of());
        int[] arns = {0};
        for (Deployment.Resource resource : there.resources()) {
            there.resolve(resource.properties(), ShippedTemplate.lookup(partition, region))
                    .ifPresent(properties ->
                            ShippedTemplate.scalars(
                                    properties,
                                    resource.logicalId(),
                                    (path, value) -> {
                                        if (!value.toString().startsWith("arn:")) return;
                                        arns[0]++;
                                        assertThat(value.toString())
                                                .as(path)
                                                .startsWith("arn:" + partition + ":");
                                    }));
        }
        assertThat(arns[0]).isGreaterThan(60);
    }

    @Test
    void every_role_has_the_boundary_and_a_name_with_the_environment() {
        List<Deployment.Resource> roles = ofType("AWS::IAM::Role");

        assertThat(roles).hasSize(7);
        for (Deployment.Resource role : roles) {
            Map<String, Object> properties =
                    ShippedTemplate.properties(deployment, role.logicalId());
            assertThat(properties)
                    .as(role.logicalId())
                    .containsEntry(
                            "PermissionsBoundary", "arn:aws:iam::111122223333:policy/boundary");
            assertThat(ShippedTemplate.at(properties, "RoleName").orElseThrow().toString())
                    .startsWith("bedrock-budgeteer-production-");
        }
    }

    @Test
    void the_three_service_roles_have_the_names_that_teams_already_know() {
        assertThat(List.of("LambdaExecutionRole", "StepFunctionsRole", "FirehoseDeliveryRole"))
                .extracting(id -> ShippedTemplate.properties(deployment, id).get("RoleName"))
                .containsExactly(
                        "bedrock-budgeteer-production-lambda-execution",
                        "bedrock-budgeteer-production-step-functions",
                        "bedrock-budgeteer-production-firehose-delivery");
    }

    /// Every policy statement is preceded or accompanied by a comment: the line after its Sid, or
    /// the line before a statement without one.
    @Test
    void every_policy_statement_says_why_it_is_there() {
        List<String> lines = ShippedTemplate.text().lines().toList();
        List<String> silent = new ArrayList<>();
        int statements = 0;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.endsWith("Effect: Allow") && !line.endsWith("Effect: Deny")) continue;
            statements++;
            if (!lines.get(i - 1).strip().startsWith("# "))
                silent.add((i + 1) + ": " + lines.get(i - 1).strip());
        }
        assertThat(statements).isGreaterThanOrEqualTo(40);
        assertThat(silent).isEmpty();
    }

    @Test
    void no_iam_statement_writes_to_every_resource() {
        int statements = 0;
        for (Deployment.Resource resource : deployment.resources()) {
            for (Map<?, ?> statement : identityStatements(resource)) {
                statements++;
                assertThat(statement.get("Resource"))
                        .as(resource.logicalId() + " " + statement.get("Sid"))
                        .isNotEqualTo("*");
                assertThat(ShippedTemplate.at(statement, "Action").orElseThrow().toString())
                        .as(resource.logicalId() + " " + statement.get("Sid"))
                        .doesNotContain("kms:*", "iam:*", "ssm:*");
            }
        }
        assertThat(statements).isGreaterThanOrEqualTo(25);
    }

    @Test
    void only_the_grants_role_may_put_a_key_policy_and_only_on_the_one_key() {
        List<String> writers = new ArrayList<>();
        for (Deployment.Resource resource : deployment.resources()) {
            for (Map<?, ?> statement : identityStatements(resource)) {
                if (!ShippedTemplate.at(statement, "Action")
                        .orElseThrow()
                        .toString()
                        .contains("PutKeyPolicy")) continue;
                writers.add(resource.logicalId());
                assertThat(statement.get("Resource"))
                        .isEqualTo(ShippedTemplate.keyArn("aws", "us-east-1"));
            }
        }
        assertThat(writers).containsExactly("KeyGrantsKeyAccess");
    }

    @SuppressWarnings("unchecked")
    private List<Map<?, ?>> identityStatements(Deployment.Resource resource) {
        Map<String, Object> properties =
                resource.type().startsWith("AWS::IAM::")
                        ? ShippedTemplate.properties(deployment, resource.logicalId())
                        : Map.of();
        List<Map<?, ?>> found = new ArrayList<>();
        List<Object> documents = new ArrayList<>();
        if (properties.containsKey("PolicyDocument"))
            documents.add(properties.get("PolicyDocument"));
        if (properties.get("Policies") instanceof List<?> list)
            list.forEach(p -> documents.add(((Map<String, Object>) p).get("PolicyDocument")));
        for (Object document : documents)
            ((List<?>) ShippedTemplate.at((Map<?, ?>) document, "Statement").orElseThrow())
                    .forEach(s -> found.add((Map<?, ?>) s));
        return found;
    }

    @Test
    void every_log_group_has_a_retention_and_guards_never_use_the_key() {
        List<Deployment.Resource> groups = ofType("AWS::Logs::LogGroup");

        assertThat(groups).hasSize(6);
        for (Deployment.Resource group : groups) {
            Map<String, Object> properties =
                    ShippedTemplate.properties(deployment, group.logicalId());
            assertThat(properties).as(group.logicalId()).containsKey("RetentionInDays");
            boolean ofAGuard = !properties.containsKey("LogGroupName");
            assertThat(properties.containsKey("KmsKeyId"))
                    .as(group.logicalId())
                    .isNotEqualTo(ofAGuard);
        }
        for (Deployment.Resource function : ofType("AWS::Lambda::Function")) {
            assertThat(ShippedTemplate.properties(deployment, function.logicalId()))
                    .doesNotContainKey("KmsKeyArn");
        }
    }

    /// The waits must fit: all runs of the asynchronous queue end before CloudFormation gives up.
    @ParameterizedTest
    @CsvSource({
        "KeyCheck, KeyCheck",
        "KeyGrants, KeyGrants",
        "KeyAlarms, KeyAlarms",
        "PoolBudgetParameter, SecureParameter"
    })
    void times_fit_together(String custom, String guard) {
        int timeout =
                number(ShippedTemplate.properties(deployment, guard + "Function").get("Timeout"));
        int service = number(ShippedTemplate.properties(deployment, custom).get("ServiceTimeout"));
        Map<String, Object> config = ShippedTemplate.properties(deployment, guard + "InvokeConfig");
        int age = number(config.get("MaximumEventAgeInSeconds"));

        assertThat(config)
                .containsEntry("MaximumRetryAttempts", 2)
                .containsEntry("Qualifier", "$LATEST");
        assertThat(service).isGreaterThanOrEqualTo(3 * timeout + 60 + 120);
        assertThat(age).isBetween(2 * timeout + 180, service - timeout);
    }

    private static int number(@org.jspecify.annotations.Nullable Object value) {
        return Integer.parseInt(String.valueOf(value));
    }

    @Test
    void everything_with_data_says_what_happens_to_it() {
        List<String> withData =
                List.of(
                        "AWS::DynamoDB::Table",
                        "AWS::S3::Bucket",
                        "AWS::Logs::LogGroup",
                        "AWS::SQS::Queue");
        List<Deployment.Resource> stores =
                deployment.resources().stream().filter(r -> withData.contains(r.type())).toList();
        String text = ShippedTemplate.text();

        assertThat(stores).hasSize(4 + 1 + 6 + 2);
        for (Deployment.Resource store : stores) {
            String block = text.substring(text.indexOf("\n  " + store.logicalId() + ":\n"));
            assertThat(block.substring(0, block.indexOf("Properties:")))
                    .as(store.logicalId())
                    .contains("DeletionPolicy:", "UpdateReplacePolicy:");
        }
        for (Deployment.Resource store :
                stores.stream().filter(r -> r.type().matches("AWS::(DynamoDB|S3)::.*")).toList()) {
            assertThat(store.deletionPolicy()).isEqualTo("RetainExceptOnCreate");
            assertThat(store.updateReplacePolicy()).isEqualTo("Retain");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"UserBudgetsTable", "UsageTrackingTable", "AuditLogsTable", "PricingTable"})
    void tables_are_on_demand_recoverable_and_encrypted_in_both_modes(String table) {
        Map<String, Object> keyed = ShippedTemplate.properties(deployment, table);
        Map<String, Object> owned = ShippedTemplate.properties(ShippedTemplate.withoutKey(), table);

        assertThat(keyed).containsEntry("BillingMode", "PAY_PER_REQUEST");
        assertThat(
                        ShippedTemplate.at(
                                keyed,
                                "PointInTimeRecoverySpecification",
                                "PointInTimeRecoveryEnabled"))
                .contains(true);
        assertThat(ShippedTemplate.at(keyed, "SSESpecification", "SSEType")).contains("KMS");
        assertThat(ShippedTemplate.at(keyed, "SSESpecification", "KMSMasterKeyId"))
                .contains(ShippedTemplate.keyArn("aws", "us-east-1"));
        assertThat(owned.get("SSESpecification")).isEqualTo(Map.of("SSEEnabled", false));
    }

    @Test
    void outputs_are_described() {
        assertThat(deployment.outputs()).hasSizeGreaterThanOrEqualTo(25);
        deployment
                .outputs()
                .forEach((name, output) -> assertThat(output.description()).as(name).isNotBlank());
    }

    @Test
    void the_readme_lists_every_parameter_with_its_default() {
        Map<?, ?> parameters =
                (Map<?, ?>)
                        ShippedTemplate.at(ShippedTemplate.template().tree(), "Parameters")
                                .orElseThrow();
        String readme = ShippedTemplate.text("README.md");

        assertThat(parameters).hasSize(16);
        parameters.forEach((name, declaration) -> {
            Object initial = ((Map<?, ?>) declaration).get("Default");
            String shown = String.valueOf(initial).isEmpty() ? "empty" : "`" + initial + "`";
            assertThat(readme).contains("| `" + name + "` | " + shown + " |");
        });
    }
}
