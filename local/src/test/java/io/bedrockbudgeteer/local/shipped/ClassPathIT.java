package io.bedrockbudgeteer.local.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.local.shipped.ClassPathList.Thing;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Nothing is on the class path of a function that nobody agreed to, and nothing in its zip that it
/// does not use. What the layer holds is the shrinker's choice: what some function reaches.
class ClassPathIT {
    private static final Path TARGET =
            ShippedTemplate.root().resolve("layers/keyguard-layer/target");
    private static final Path SHARES = TARGET.resolve("shrink/shares.csv");
    private static final String LAYER_JAR = "keyguard-layer.jar";

    private final List<PackagedZip> zips = PackagedZip.all();

    @Test
    void every_jar_and_every_library_is_agreed_and_within_its_size() throws Exception {
        Map<Thing, Long> found = new HashMap<>();
        for (PackagedZip zip : zips)
            zip.entries()
                    .forEach((name, bytes) ->
                            found.put(new Thing(zip.name(), name), (long) bytes.length));
        shares().forEach((library, bytes) -> found.put(new Thing(LAYER_JAR, library), bytes));

        ClassPathList list =
                ClassPathList.read(
                        Files.readString(ShippedTemplate.root().resolve(ClassPathList.FILE)));

        assertThat(list.complaints(found)).isEmpty();
        assertThat(list.size()).isEqualTo(found.size());
    }

    @Test
    void the_shares_of_the_libraries_are_those_of_the_jar_in_the_layer() throws Exception {
        PackagedZip layer =
                zips.stream().filter(zip -> zip.handler().isEmpty()).findFirst().orElseThrow();
        byte[] jar = Objects.requireNonNull(layer.entries().get("java/lib/" + LAYER_JAR));
        assertThat(shares().values().stream().mapToLong(Long::longValue).sum())
                .as("bytes in " + SHARES + "; when they differ, package the layer again")
                .isEqualTo(bytes(PackagedZip.entries(jar).values()));
    }

    @Test
    void every_class_in_the_zip_of_a_function_is_reached_from_its_handler() {
        int functions = 0;
        for (PackagedZip zip : zips) {
            if (zip.handler().isEmpty()) continue;
            functions++;
            SortedMap<String, byte[]> classes = new TreeMap<>();
            for (byte[] jar : zip.entries().values()) classes.putAll(PackagedZip.entries(jar));
            // Annotations of a package; only a compiler reads them.
            classes.keySet().removeIf(name -> name.endsWith("/package-info.class"));
            classes.remove("META-INF/MANIFEST.MF");
            assertThat(reached(zip.handler().get(), classes))
                    .as(zip.name())
                    .containsExactlyElementsOf(classes.keySet());
        }
        assertThat(functions).isEqualTo(4);
    }

    private static Map<String, Long> shares() throws Exception {
        return Files.readAllLines(SHARES).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .collect(Collectors.toMap(cells -> cells[0], cells -> Long.parseLong(cells[2])));
    }

    private static long bytes(Collection<byte[]> entries) {
        return entries.stream().mapToLong(bytes -> bytes.length).sum();
    }

    // By names: whatever a class mentions, in code, signature or text, counts as used.
    private static Set<String> reached(String handler, Map<String, byte[]> classes) {
        Set<String> reached = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(handler));
        while (!open.isEmpty()) {
            String name = open.remove();
            byte[] code = classes.get(name);
            if (code == null || !reached.add(name)) continue;
            for (String other : classes.keySet())
                if (mentions(code, other.replace(".class", ""))) open.add(other);
        }
        return reached;
    }

    private static boolean mentions(byte[] code, String name) {
        for (PoolEntry entry : ClassFile.of().parse(code).constantPool())
            if (entry instanceof Utf8Entry text
                    && (text.equalsString(name)
                            || text.stringValue().contains("L" + name + ";")
                            // As an entry names its handler.
                            || text.equalsString(name.replace('/', '.')))) return true;
        return false;
    }
}
