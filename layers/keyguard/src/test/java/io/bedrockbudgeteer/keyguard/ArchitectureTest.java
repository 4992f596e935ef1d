package io.bedrockbudgeteer.keyguard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Arrows point one way: handlers and command line → key → plan → policy.
class ArchitectureTest {
    private static final String ROOT = "io.bedrockbudgeteer.keyguard.";

    /// What each package may use of the library. Every package is listed, so a new one has to be
    /// put in its place.
    private static final Map<String, Set<String>> MAY_USE =
            Map.ofEntries(
                    Map.entry("json", Set.of()),
                    Map.entry("finding", Set.of()),
                    Map.entry("policy", Set.of("json", "finding")),
                    Map.entry("requirement", Set.of("policy", "json", "finding")),
                    Map.entry("plan", Set.of("requirement", "policy", "json", "finding")),
                    Map.entry("aws", Set.of()),
                    Map.entry("start", Set.of()),
                    Map.entry("customresource", Set.of("start", "aws", "json", "finding")),
                    Map.entry("stack", Set.of("aws")),
                    Map.entry("identity", Set.of("aws", "policy", "finding")),
                    Map.entry("alarm", Set.of("aws", "finding")),
                    Map.entry(
                            "key",
                            Set.of("aws", "plan", "requirement", "policy", "json", "finding")));

    /// Which package alone holds which client.
    private static final Map<String, String> HOLDERS =
            Map.of(
                    "software.amazon.awssdk.services.kms", "key",
                    "software.amazon.awssdk.services.iam", "identity",
                    "software.amazon.awssdk.services.cloudwatch", "alarm",
                    "software.amazon.awssdk.services.cloudformation", "stack");

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.bedrockbudgeteer.keyguard");

    static Stream<String> packages() {
        return MAY_USE.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void a_package_uses_only_what_lies_below_it(String name) {
        List<String> forbidden = new ArrayList<>();
        for (String other : MAY_USE.keySet())
            if (!other.equals(name) && !MAY_USE.getOrDefault(name, Set.of()).contains(other))
                forbidden.add(ROOT + other + "..");
        noClasses()
                .that()
                .resideInAPackage(ROOT + name + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden.toArray(new String[0]))
                .check(CLASSES);
    }

    @Test
    void every_package_has_its_place() {
        assertThat(
                        CLASSES.stream()
                                .map(type -> type.getPackageName().substring(ROOT.length()))
                                .distinct())
                .containsExactlyInAnyOrderElementsOf(MAY_USE.keySet());
    }

    @Test
    void decisions_know_no_aws_sdk() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + "json..",
                        ROOT + "finding..",
                        ROOT + "policy..",
                        ROOT + "requirement..",
                        ROOT + "plan..",
                        ROOT + "customresource..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon.awssdk..")
                .check(CLASSES);
    }

    /// What decides and what plans must work offline, in a test and on a laptop.
    @Test
    void decisions_know_no_lambda_types_no_network_and_no_clock() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + "json..",
                        ROOT + "finding..",
                        ROOT + "policy..",
                        ROOT + "requirement..",
                        ROOT + "plan..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("software.amazon..", "com.amazonaws..", "java.net.http..")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .check(CLASSES);
    }

    static Stream<String> clients() {
        return HOLDERS.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("clients")
    void each_client_is_held_by_one_package(String client) {
        // The factory builds all of them.
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + HOLDERS.get(client) + "..", ROOT + "aws..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(client + "..")
                .check(CLASSES);
    }

    @Test
    void no_class_of_the_library_uses_a_heavy_http_client_or_reflective_json() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net.http..",
                        "com.fasterxml.jackson.databind..",
                        "software.amazon.awssdk.http.apache..",
                        "java.util.logging..")
                .check(CLASSES);
    }
}
