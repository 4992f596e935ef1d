package io.bedrockbudgeteer.keyguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Texts that people read, kept as files. `mvn test -Dgolden.update=true` writes them anew; look at
/// the difference before keeping it.
final class Golden {
    static final Path FOLDER = Path.of("src/test/resources/golden");

    /// What the golden texts are about.
    static final Path INPUT = Path.of("src/test/resources/input");

    private Golden() {}

    static void check(String name, String text) throws IOException {
        Path file = FOLDER.resolve(name);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(Path.of(String.valueOf(file.getParent())));
            Files.writeString(file, text);
        }
        assertThat(text).as(name).isEqualTo(Files.readString(file).replace("\r\n", "\n"));
    }
}
