package io.bedrockbudgeteer.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class KeptFilesTest {

    @TempDir private Path parent;

    @Test
    void environment_names_the_folder_or_does_without() {
        assertThat(KeptFiles.folderOf(Map.of("LOCAL_CACHE", "/c", "HOME", "/h")))
                .contains(Path.of("/c"));
        assertThat(KeptFiles.folderOf(Map.of("LOCAL_CACHE", "off", "HOME", "/h"))).isEmpty();
        assertThat(KeptFiles.folderOf(Map.of("XDG_CACHE_HOME", "/x", "HOME", "/h")))
                .contains(Path.of("/x/bedrock-budgeteer-local"));
        assertThat(KeptFiles.folderOf(Map.of("HOME", "/h")))
                .contains(Path.of("/h/.cache/bedrock-budgeteer-local"));
        assertThat(KeptFiles.folderOf(Map.of())).isEmpty();
    }

    @Test
    void folder_is_made_for_this_user_alone() throws IOException {
        Optional<KeptFiles> kept = KeptFiles.in(parent.resolve("a/b"));

        assertThat(kept).isPresent();
        assertThat(parent.resolve("a/b")).isEmptyDirectory();
        assertThat(Files.getPosixFilePermissions(parent.resolve("a/b")))
                .allMatch(permission -> permission.name().startsWith("OWNER"));
    }

    @Test
    void pruning_leaves_what_was_used_lately_and_twelve_archives() throws IOException {
        KeptFiles kept = KeptFiles.in(parent.resolve("kept")).orElseThrow();
        for (int i = 0; i < 15; i++) used("archive" + i + ".aot", Duration.ofMinutes(i));
        used("old.aot", Duration.ofDays(8));
        used("old.seen", Duration.ofDays(8));
        used("new.seen", Duration.ofDays(6));
        Files.createDirectories(kept.folder().resolve("code/lib"));
        Files.writeString(kept.folder().resolve("code/lib/old.jar"), "");
        used("code", Duration.ofDays(8));

        kept.prune();

        try (Stream<Path> left = Files.list(kept.folder())) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .hasSize(13)
                    .contains("archive0.aot", "archive11.aot", "new.seen")
                    .doesNotContain("archive12.aot", "code");
        }
    }

    private void used(String name, Duration ago) throws IOException {
        Path file = parent.resolve("kept").resolve(name);
        if (!Files.exists(file)) Files.writeString(file, "");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(ago)));
    }
}
