package io.bedrockbudgeteer.keyguard.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// Arrows point one way: commands → explain, report → source → console, and down to the library.
class ArchitectureTest {
    private static final String ROOT = "io.bedrockbudgeteer.keyguard.";
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(ROOT + "cli");

    @Test
    void the_console_knows_no_policy_and_no_command() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "cli.console..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + "cli",
                        ROOT + "cli.explain..",
                        ROOT + "policy..",
                        "picocli..",
                        "software.amazon..")
                .check(CLASSES);
    }

    @Test
    void questions_are_answered_without_the_aws_sdk_and_without_picocli() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "cli.explain..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + "cli",
                        ROOT + "key..",
                        ROOT + "aws..",
                        ROOT + "identity..",
                        "picocli..",
                        "software.amazon..",
                        "com.amazonaws..",
                        "com.fasterxml.jackson.databind..")
                .check(CLASSES);
    }

    @Test
    void facts_are_read_without_knowing_commands_or_how_they_are_shown() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "cli.source..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + "cli", ROOT + "cli.explain..", "picocli..")
                .check(CLASSES);
    }

    @Test
    void reports_are_written_without_knowing_commands_or_aws() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "cli.report..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + "cli",
                        ROOT + "cli.explain..",
                        ROOT + "aws..",
                        ROOT + "identity..",
                        "picocli..",
                        "software.amazon..",
                        "java.nio.channels..",
                        "java.net.http..")
                .check(CLASSES);
    }
}
