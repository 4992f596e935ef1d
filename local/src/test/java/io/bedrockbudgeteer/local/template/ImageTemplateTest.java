package io.bedrockbudgeteer.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `packaging/template` makes of the shipped template.
class ImageTemplateTest {
    private static final List<String> FUNCTIONS =
            List.of("key-check", "secure-parameter", "key-grants", "key-alarm");

    @TempDir private static Path folder;
    private static Path file;

    @BeforeAll
    static void derive() throws Exception {
        file = folder.resolve("template.yaml");
        Process process =
                new ProcessBuilder(
                                "sh",
                                ProjectTemplate.folder().resolve("packaging/template").toString())
                        .redirectOutput(file.toFile())
                        .start();
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void guard_functions_are_images_with_the_handlers_of_the_shipped_template() throws Exception {
        List<String> shipped = Files.readAllLines(ProjectTemplate.file());
        List<String> derived = Files.readAllLines(file);

        assertThat(derived.stream().filter(line -> line.contains("DockerContext:")).toList())
                .isEqualTo(
                        FUNCTIONS.stream()
                                .map(name -> "      DockerContext: packaging/target/images/" + name)
                                .toList());
        assertThat(derived.stream().filter(line -> line.contains("Command: [")).toList())
                .isEqualTo(
                        shipped.stream()
                                .filter(line -> line.contains("Handler: "))
                                .map(line ->
                                        "        Command: ["
                                                + line.strip().substring("Handler: ".length())
                                                + "]")
                                .toList())
                .hasSameSizeAs(FUNCTIONS);
        assertThat(derived)
                .noneMatch(line ->
                        line.contains("CodeUri:")
                                || line.contains("Layer")
                                || line.contains("Runtime:"));
    }

    @Test
    void everything_else_stays_word_for_word() throws Exception {
        List<String> shipped = Files.readAllLines(ProjectTemplate.file());
        List<String> derived = Files.readAllLines(file);

        List<String> added = derived.stream().filter(line -> !shipped.contains(line)).toList();
        assertThat(added).hasSize(FUNCTIONS.size() * 7);
        assertThat(derived.stream().filter(shipped::contains).toList())
                .isSubsetOf(shipped)
                .hasSize(shipped.size() - 2 - 12 - FUNCTIONS.size() * 3);
    }

    @Test
    void the_derived_template_has_no_lint_findings_in_any_partition() {
        Python.require("cfnlint");

        assertThat(CfnLint.findings(file)).isEmpty();
    }
}
