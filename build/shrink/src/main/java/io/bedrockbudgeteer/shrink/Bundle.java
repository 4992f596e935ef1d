package io.bedrockbudgeteer.shrink;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// What several jars hold, by name. What only describes a jar by itself (manifest, module, Maven's
/// files, variants for other releases) is left out; licences are kept, each text once.
record Bundle(SortedMap<String, byte[]> files) {
    private static final String CLASS = ".class";
    private static final String SERVICES = "META-INF/services/";
    private static final String LICENCES = "META-INF/licenses/";
    // The first moment that the format can say, so that equal contents give equal bytes.
    private static final LocalDateTime FIRST = LocalDateTime.of(1980, 1, 1, 0, 0);

    static Bundle read(List<Path> jars) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (Path jar : jars) {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); )
                    add(files, zip, all.nextElement(), name(jar));
            }
        }
        return new Bundle(files);
    }

    private static void add(
            SortedMap<String, byte[]> files, ZipFile zip, ZipEntry entry, String jar)
            throws IOException {
        String name = entry.getName();
        if (entry.isDirectory() || describesJar(name)) return;
        byte[] bytes;
        try (InputStream in = zip.getInputStream(entry)) {
            bytes = in.readAllBytes();
        }
        if (isLicence(name)) {
            String file = LICENCES + jar + "/" + name.substring("META-INF/".length());
            if (files.values().stream().noneMatch(other -> Arrays.equals(other, bytes)))
                files.put(file, bytes);
            return;
        }
        if (name.startsWith(SERVICES)) {
            files.merge(name, lines(bytes), Bundle::joined);
            return;
        }
        byte[] other = files.put(name, bytes);
        if (other != null && !Arrays.equals(other, bytes))
            throw new ShrinkingFailed(name + " is in two jars, with different content");
    }

    private static byte[] lines(byte[] text) {
        return new String(text, StandardCharsets.UTF_8).endsWith("\n")
                ? text
                : joined(text, "\n".getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static String name(Path jar) {
        return jar.getFileName().toString().replaceFirst("\\.jar$", "");
    }

    private static boolean describesJar(String name) {
        return name.equals("META-INF/MANIFEST.MF")
                || name.startsWith("META-INF/maven/")
                || name.startsWith("META-INF/native-image/")
                || name.startsWith("META-INF/versions/")
                || name.endsWith("module-info.class");
    }

    private static boolean isLicence(String name) {
        return name.startsWith("META-INF/")
                && name.indexOf('/', "META-INF/".length()) < 0
                && (name.contains("LICENSE") || name.contains("NOTICE"));
    }

    /// Names of the classes, with slashes and without `.class`.
    Stream<String> classes() {
        return files.keySet().stream()
                .filter(name -> name.endsWith(CLASS))
                .map(name -> name.substring(0, name.length() - CLASS.length()));
    }

    byte[] code(String className) {
        byte[] code = files.get(className + CLASS);
        if (code == null) throw new IllegalArgumentException(className);
        return code;
    }

    boolean has(String className) {
        return files.containsKey(className + CLASS);
    }

    /// The classes that pass, and all files that are not classes.
    Bundle onlyClasses(Predicate<String> wanted) {
        SortedMap<String, byte[]> kept = new TreeMap<>(files);
        kept.keySet()
                .removeIf(name ->
                        name.endsWith(CLASS)
                                && !wanted.test(name.substring(0, name.length() - CLASS.length())));
        return new Bundle(kept);
    }

    /// Everything but what the other one has too.
    Bundle without(Bundle other) {
        SortedMap<String, byte[]> kept = new TreeMap<>(files);
        kept.keySet().removeAll(other.files.keySet());
        return new Bundle(kept);
    }

    /// Without the lines in `META-INF/services` that name a class which is not here.
    Bundle withoutDeadServices() {
        SortedMap<String, byte[]> kept = new TreeMap<>();
        files.forEach((name, bytes) -> {
            byte[] still = name.startsWith(SERVICES) ? living(bytes) : bytes;
            if (still.length > 0) kept.put(name, still);
        });
        return new Bundle(kept);
    }

    /// Without the files that no class here has the name of in any of its texts. Licences stay, and
    /// what the JDK looks for by the name of a service.
    Bundle withoutUnnamedFiles() {
        Set<String> texts = new HashSet<>();
        classes().forEach(name -> texts.addAll(Texts.of(code(name))));
        SortedMap<String, byte[]> kept = new TreeMap<>(files);
        kept.keySet()
                .removeIf(name ->
                        !name.endsWith(CLASS)
                                && !name.startsWith(SERVICES)
                                && !name.startsWith(LICENCES)
                                && texts.stream().noneMatch(text -> names(text, name)));
        return new Bundle(kept);
    }

    private static boolean names(String text, String file) {
        return text.endsWith(file.substring(file.lastIndexOf('/') + 1));
    }

    private byte[] living(byte[] services) {
        List<String> lines = new ArrayList<>();
        for (String line : new String(services, StandardCharsets.UTF_8).lines().toList())
            if (has(line.strip().replace('.', '/'))) lines.add(line.strip());
        return lines.isEmpty()
                ? new byte[0]
                : (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /// Stored, not deflated: a class is found faster, and the zip around the jar deflates it
    /// better.
    void write(Path jar) throws IOException {
        Files.createDirectories(jar.toAbsolutePath().getParent());
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            zip.setMethod(ZipOutputStream.STORED);
            for (var next : files.entrySet()) {
                ZipEntry entry = new ZipEntry(next.getKey());
                CRC32 sum = new CRC32();
                sum.update(next.getValue());
                entry.setCrc(sum.getValue());
                entry.setSize(next.getValue().length);
                entry.setTimeLocal(FIRST);
                zip.putNextEntry(entry);
                zip.write(next.getValue());
            }
        }
    }
}
