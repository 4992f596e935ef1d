package io.bedrockbudgeteer.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// The shipped template through the whole front end, with and without a key.
class ProjectTemplateTest {

    private static final Map<String, String> KEY =
            Map.of(
                    "KmsKeyArn",
                    "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab");

    @Test
    void without_a_key_no_guard_of_the_key_is_deployed() {
        Deployment deployment =
                Deployment.of(Template.read(ProjectTemplate.file()), Map.of(), Places.VIRGINIA);

        assertThat(deployment.dependencies().keySet())
                .contains("LambdaExecutionRole")
                .doesNotContain("KeyCheck", "KeyGrants", "KeyAlarms");
        assertThat(deployment.outputs())
                .containsKey("EncryptionMode")
                .doesNotContainKey("KeyFindings");
        assertThat(deployment.resolve(output(deployment, "EncryptionMode"), new FakeLookup()))
                .contains("AWS_OWNED");
    }

    @Test
    void with_a_key_the_guards_come_one_after_the_other() {
        Deployment deployment =
                Deployment.of(Template.read(ProjectTemplate.file()), KEY, Places.VIRGINIA);
        StaticOrder order = new StaticOrder(deployment);

        assertThat(order.needs("KeyAlarms")).contains("KeyGrants", "KeyCheck", "KeyCheckFunction");
        assertThat(order.needs("KeyGrants"))
                .contains("KeyCheck", "LambdaExecutionRole")
                .doesNotContain("KeyAlarms");
        assertThat(order.needs("KeyCheck")).doesNotContain("KeyGrants", "LambdaExecutionRole");
        assertThat(deployment.resolve(output(deployment, "EncryptionMode"), new FakeLookup()))
                .contains("CUSTOMER_MANAGED");
    }

    @Test
    void every_property_resolves_in_both_modes() {
        for (Map<String, String> parameters : Set.of(Map.<String, String>of(), KEY)) {
            Deployment deployment =
                    Deployment.of(
                            Template.read(ProjectTemplate.file()), parameters, Places.VIRGINIA);
            for (Deployment.Resource resource : deployment.resources()) {
                assertThat(
                                deployment.resolve(
                                        resource.properties(),
                                        "Resources." + resource.logicalId(),
                                        new FakeLookup()))
                        .as(resource.logicalId())
                        .isPresent();
            }
        }
    }

    @Test
    void the_names_of_another_environment_are_written_into_the_layer() {
        Deployment deployment =
                Deployment.of(
                        Template.read(ProjectTemplate.file()),
                        Map.of("Environment", "staging"),
                        Places.VIRGINIA);

        Deployment.Resource layer =
                deployment.resources().stream()
                        .filter(resource -> resource.type().equals("AWS::Lambda::LayerVersion"))
                        .findFirst()
                        .orElseThrow();
        assertThat(layer.logicalId()).matches("KeyguardLayer[0-9a-f]{10}");
        assertThat(
                        deployment
                                .resolve(layer.properties(), new FakeLookup())
                                .map(Map.class::cast)
                                .orElseThrow()
                                .get("LayerName"))
                .isEqualTo("bedrock-budgeteer-staging-keyguard");
    }

    @Test
    void the_examples_are_templates_too() throws IOException {
        Path folder = ProjectTemplate.file().resolveSibling("examples");
        Assumptions.assumeTrue(
                Files.isDirectory(folder), "no folder examples beside template.yaml");
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                Template template = Template.read(file);
                Map<String, String> missing = new LinkedHashMap<>();
                ParameterValues.definitions(template)
                        .forEach((name, definition) -> {
                            if (definition.defaultValue().isEmpty()) {
                                missing.put(
                                        name,
                                        "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab");
                            }
                        });
                assertThat(Deployment.of(template, missing, Places.VIRGINIA).resources())
                        .as(file.toString())
                        .isNotEmpty();
            }
        }
    }

    private static Object output(Deployment deployment, String name) {
        return Optional.ofNullable(deployment.outputs().get(name)).orElseThrow().value();
    }
}
