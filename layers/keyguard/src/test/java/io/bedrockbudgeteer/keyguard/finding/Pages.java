package io.bedrockbudgeteer.keyguard.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Documents that are generated from the code. A test compares them; `mvn test
/// -Dgolden.update=true` writes them anew.
public final class Pages {

    private Pages() {}

    /// @param name path below the root of the repository, such as `docs/findings.md`
    public static void assertUpToDate(String name, String content) throws IOException {
        Path page = root().resolve(name);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(page, content);
        }
        assertThat(page)
                .as(
                        "%s is generated: run the tests with -Dgolden.update=true and look at the difference",
                        name)
                .exists();
        assertThat(Files.readString(page).replace("\r\n", "\n"))
                .as("%s is generated: run with -Dgolden.update=true", name)
                .isEqualTo(content);
    }

    /// The folder with the pom.xml that lists the modules.
    private static Path root() {
        for (Path folder = Path.of("").toAbsolutePath();
                folder != null;
                folder = folder.getParent())
            if (Files.exists(folder.resolve("pom.xml"))
                    && Files.isDirectory(folder.resolve("layers"))) return folder;
        throw new IllegalStateException("no root pom.xml above " + Path.of("").toAbsolutePath());
    }
}
