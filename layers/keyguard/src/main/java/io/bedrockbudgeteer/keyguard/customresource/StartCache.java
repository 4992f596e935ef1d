package io.bedrockbudgeteer.keyguard.customresource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whether the JVM uses the AOT cache that the optional packaging brings along. The JVM checks a
/// cache when it starts, drops one that does not fit as a whole and goes on without; so a cache
/// that is mapped into the process is a cache in use. Costs one read of a small file. Source: JEP
/// 483, Ahead-of-Time Class Loading and Linking.
final class StartCache {
    /// Path of the cache; absent where none is expected, as in the shipped packaging.
    static final String PROPERTY = "keyguard.aotCache";

    static final String NOT_USED =
            "not used, so the start takes longer; the line before this one says why. Build the image again with packaging/build";

    private static final Path MAPPED = Path.of("/proc/self/maps");

    private StartCache() {}

    /// Finds out.
    ///
    /// @param cache path of the cache
    /// @return `used`, `unknown`, or a sentence with what to do
    static String state(String cache) {
        return state(cache, MAPPED);
    }

    static String state(String cache, Path mapped) {
        try {
            String maps = Files.readString(mapped, StandardCharsets.ISO_8859_1);
            // The system resolves links in what it lists, and names what was deleted as such.
            String file = Path.of(cache).toRealPath() + "\n";
            return maps.contains(" " + file) ? "used" : NOT_USED;
        } catch (IOException e) {
            return Files.exists(mapped) ? NOT_USED : "unknown";
        }
    }
}
