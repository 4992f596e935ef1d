package io.bedrockbudgeteer.keyguard.customresource;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartCacheTest {
    private static final String JVM =
            "7f0000000000-7f0000001000 r-xp 00000000 08:01 42   /opt/java/lib/server/libjvm.so\n";

    @TempDir private Path folder;
    private Path cache;
    private Path maps;

    @BeforeEach
    void files() throws IOException {
        folder = folder.toRealPath();
        cache = Files.writeString(folder.resolve("start.aot"), "cache");
        maps = folder.resolve("maps");
    }

    @Test
    void mapped_cache_is_used_also_through_a_link() throws IOException {
        Files.writeString(
                maps, JVM + "800000000-800100000 rw-p 00001000 08:01 43   " + cache + "\n");
        assertThat(StartCache.state(cache.toString(), maps)).isEqualTo("used");

        Path link = Files.createSymbolicLink(folder.resolve("link.aot"), cache);
        assertThat(StartCache.state(link.toString(), maps)).isEqualTo("used");
    }

    @Test
    void other_files_and_what_was_deleted_do_not_count() throws IOException {
        Files.writeString(
                maps,
                JVM
                        + "1-2 rw-p 0 08:01 43   "
                        + cache
                        + " (deleted)\n1-2 rw-p 0 08:01 44   "
                        + cache
                        + ".old\n");
        assertThat(StartCache.state(cache.toString(), maps)).isEqualTo(StartCache.NOT_USED);
    }

    @Test
    void cache_that_is_not_there_is_not_used() throws IOException {
        Files.writeString(maps, JVM);
        Files.delete(cache);
        assertThat(StartCache.state(cache.toString(), maps)).isEqualTo(StartCache.NOT_USED);
    }

    @Test
    void nothing_is_claimed_where_the_system_does_not_tell() {
        assertThat(StartCache.state(cache.toString(), maps)).isEqualTo("unknown");
    }
}
