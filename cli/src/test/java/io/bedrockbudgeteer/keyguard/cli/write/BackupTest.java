package io.bedrockbudgeteer.keyguard.cli.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bedrockbudgeteer.keyguard.cli.console.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir private Path folder = Path.of(".");

    private Backup backup() {
        return Backup.of(Optional.of(folder.resolve("old.json").toString()));
    }

    @Test
    void the_text_is_saved_to_the_byte_and_once() throws IOException {
        Backup backup = backup();
        Path file = backup.save("{\"ä\": 1}\r\n", "id", NOW);
        assertThat(Files.readString(file)).isEqualTo("{\"ä\": 1}\r\n");
        assertThat(backup.save("{\"ä\": 1}\r\n", "id", NOW)).isEqualTo(file);
        assertThat(backup.file()).contains(file);
    }

    @Test
    void another_text_goes_beside_it() throws IOException {
        Backup backup = backup();
        Path first = backup.save("one", "id", NOW);
        Path second = backup.save("two", "id", NOW);
        assertThat(second).hasFileName("old-2.json").hasContent("two");
        assertThat(Files.readString(first)).isEqualTo("one");
    }

    @Test
    void without_a_name_it_is_named_after_key_and_time() throws IOException {
        Path file = Backup.of(Optional.empty()).save("one", "backup-test", NOW);
        try {
            assertThat(file).isEqualTo(Path.of("keyguard-backup-test-20260301T120000Z.json"));
            assertThat(Files.readString(file)).isEqualTo("one");
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void a_file_that_comes_meanwhile_is_not_written_over() throws IOException {
        Backup backup = backup();
        Files.writeString(folder.resolve("old.json"), "mine");
        assertThat(backup.save("one", "id", NOW)).hasFileName("old-2.json");
        assertThat(folder.resolve("old.json")).hasContent("mine");
    }

    @Test
    void a_link_that_leads_nowhere_is_a_file_too() throws IOException {
        Files.createSymbolicLink(folder.resolve("old.json"), folder.resolve("nowhere"));
        assertThatThrownBy(this::backup).isInstanceOf(BadInput.class);
        Files.delete(folder.resolve("old.json"));
    }
}
