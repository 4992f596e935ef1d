package io.bedrockbudgeteer.local.template;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/// Finds the template that the project ships, by walking up from the working directory of the test.
final class ProjectTemplate {

    private ProjectTemplate() {}

    /// The file; without it the test is reported as skipped.
    static Path file() {
        for (@Nullable Path folder = Path.of("").toAbsolutePath();
                folder != null;
                folder = folder.getParent()) {
            Path file = folder.resolve("template.yaml");
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        return Assumptions.abort("no template.yaml in this folder or one above");
    }
}
