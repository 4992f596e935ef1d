package io.bedrockbudgeteer.keyguard.policy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// What decides and what plans must work offline, in a test and on a laptop: no AWS client, no
/// network, no clock.
class PurityTest {

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.bedrockbudgeteer.keyguard");

    @Test
    void policy_requirement_plan_and_what_they_stand_on_know_no_aws_client() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "..json..", "..finding..", "..policy..", "..requirement..", "..plan..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("software.amazon..", "com.amazonaws..", "java.net.http..")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .check(CLASSES);
    }

    @Test
    void arrows_point_one_way() {
        noClasses()
                .that()
                .resideInAPackage("..json..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..finding..", "..policy..", "..requirement..", "..plan..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("..policy..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..requirement..", "..plan..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("..requirement..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..plan..")
                .check(CLASSES);
    }
}
