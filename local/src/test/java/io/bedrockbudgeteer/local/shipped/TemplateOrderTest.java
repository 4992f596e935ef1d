package io.bedrockbudgeteer.local.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.local.template.Deployment;
import io.bedrockbudgeteer.local.template.StaticOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The order of a deployment must follow from data: key check, roles, key grants, key alarms, then
/// everything encrypted.
class TemplateOrderTest {

    private static final Set<String> GUARDS = Set.of("KeyCheck", "KeyGrants", "KeyAlarms");

    /// Resources that may hold the key before the chain is complete, and how much of it they must
    /// wait for.
    private static final Map<String, Set<String>> EXCEPTIONS =
            Map.of(
                    "KeyCheck", Set.of(),
                    "KeyCheckRole", Set.of(),
                    "KeyGrants", Set.of("KeyCheck"),
                    "KeyGrantsKeyAccess", Set.of("KeyCheck"),
                    "KeyAlarms", Set.of("KeyCheck", "KeyGrants"),
                    "LambdaExecutionKeyAccess", Set.of("KeyCheck"),
                    "StepFunctionsKeyAccess", Set.of("KeyCheck"),
                    "FirehoseDeliveryKeyAccess", Set.of("KeyCheck"),
                    "SecureParameterKeyAccess", Set.of("KeyCheck"));

    @Test
    void every_resource_that_holds_the_key_waits_for_all_three_guards() {
        Deployment deployment = ShippedTemplate.withKey(Map.of());
        Map<String, List<String>> holders = holdersOfTheKey(deployment);

        assertThat(holders)
                .as("resources that hold the key")
                .hasSize(EXCEPTIONS.size() + 4 + 1 + 1 + 2 + 1 + 3 + 1 + 12);
        holders.forEach((logicalId, paths) ->
                assertThat(ShippedTemplate.needs(deployment, logicalId))
                        .as(logicalId + " holds the key at " + paths)
                        .containsAll(EXCEPTIONS.getOrDefault(logicalId, GUARDS)));
    }

    @Test
    void the_parameter_itself_is_used_by_the_key_check_and_its_role_only() {
        StaticOrder order = new StaticOrder(ShippedTemplate.withKey(Map.of()));
        Set<String> users =
                order.mentionsOf("KmsKeyArn").stream()
                        .map(StaticOrder.Use::logicalId)
                        .collect(Collectors.toSet());

        assertThat(users).containsExactlyInAnyOrder("KeyCheck", "KeyCheckRole");
    }

    @Test
    void the_key_check_runs_before_any_role_of_the_application_exists() {
        Deployment deployment = ShippedTemplate.withKey(Map.of());
        Set<String> before = ShippedTemplate.needs(deployment, "KeyCheck");

        assertThat(before)
                .contains(
                        "KeyCheckRole",
                        "KeyCheckFunction",
                        "KeyCheckLogGroup",
                        "KeyCheckInvokeConfig");
        for (String role :
                List.of("LambdaExecutionRole", "StepFunctionsRole", "FirehoseDeliveryRole")) {
            assertThat(before).doesNotContain(role);
            assertThat(ShippedTemplate.needs(deployment, role)).contains("KeyCheck");
        }
    }

    @Test
    void the_grants_wait_for_every_role_and_every_policy_on_the_key() {
        Deployment deployment = ShippedTemplate.withKey(Map.of());
        List<String> policies = new ArrayList<>(EXCEPTIONS.keySet());
        policies.removeIf(id -> !id.endsWith("KeyAccess"));

        assertThat(policies).hasSize(5);
        assertThat(ShippedTemplate.needs(deployment, "KeyGrants"))
                .containsAll(policies)
                .contains(
                        "LambdaExecutionRole",
                        "StepFunctionsRole",
                        "FirehoseDeliveryRole",
                        "SecureParameterRole",
                        "KeyGrantsRole");
    }

    @ParameterizedTest
    @CsvSource({
        "KeyCheck, KeyCheckRole, KeyCheckLogGroup, KeyCheckInvokeConfig",
        "KeyGrants, KeyGrantsRole, KeyGrantsLogGroup, KeyGrantsInvokeConfig",
        "KeyAlarms, KeyAlarmsRole, KeyAlarmsLogGroup, KeyAlarmsInvokeConfig",
        "PoolBudgetParameter, SecureParameterRole, SecureParameterLogGroup, SecureParameterInvokeConfig"
    })
    void role_log_group_and_retry_settings_outlive_the_custom_resource(
            String custom, String role, String logGroup, String config) {
        assertThat(ShippedTemplate.needs(ShippedTemplate.withKey(Map.of()), custom))
                .contains(role, logGroup, config);
    }

    @Test
    void without_a_key_there_are_no_key_guards_and_nothing_names_a_key() {
        Deployment deployment = ShippedTemplate.withoutKey();

        assertThat(deployment.resources())
                .extracting(Deployment.Resource::type)
                .doesNotContain(
                        "Custom::KmsKeyCheck", "Custom::KmsKeyGrants", "Custom::KmsKeyAlarms");
        for (Deployment.Resource resource : deployment.resources()) {
            deployment
                    .resolve(resource.properties(), ShippedTemplate.lookup("aws", "us-east-1"))
                    .ifPresent(properties ->
                            ShippedTemplate.scalars(
                                    properties,
                                    resource.logicalId(),
                                    (path, value) ->
                                            assertThat(value.toString())
                                                    .as(path)
                                                    .doesNotContain(":kms:")));
        }
    }

    private static Map<String, List<String>> holdersOfTheKey(Deployment deployment) {
        String arn = ShippedTemplate.keyArn("aws", "us-east-1");
        Map<String, List<String>> holders = new LinkedHashMap<>();
        for (Deployment.Resource resource : deployment.resources()) {
            deployment
                    .resolve(resource.properties(), ShippedTemplate.lookup("aws", "us-east-1"))
                    .ifPresent(properties ->
                            ShippedTemplate.scalars(
                                    properties,
                                    resource.logicalId(),
                                    (path, value) -> {
                                        if (value.equals(arn))
                                            holders.computeIfAbsent(
                                                            resource.logicalId(),
                                                            id -> new ArrayList<>())
                                                    .add(path);
                                    }));
        }
        return holders;
    }
}
