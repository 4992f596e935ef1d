package io.bedrockbudgeteer.local.template;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/// Finds the template that the project ships, by walking up from the working directory of the test.
public final class ProjectTemplate {

    private ProjectTemplate() {}

    /// The folder that holds it. A project without it is broken, so a test fails.
    public static Path folder() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("template.yaml"))) {
            folder =
                    Objects.requireNonNull(
                            folder.getParent(), "no template.yaml above the working directory");
        }
        return folder;
    }

    public static Path file() {
        return folder().resolve("template.yaml");
    }
}
