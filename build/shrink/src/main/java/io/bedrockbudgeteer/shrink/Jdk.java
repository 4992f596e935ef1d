package io.bedrockbudgeteer.shrink;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The classes of the JDK that this program runs on, as a jar: what a shrinker needs to know about
/// and never keeps. JDKs need not carry them as files any more, only as an image.
final class Jdk {
    private Jdk() {}

    static void write(Path jar) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        Path modules = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules");
        try (Stream<Path> all = Files.list(modules)) {
            for (Path module : all.filter(Jdk::isStandard).toList()) collect(module, files);
        }
        Path unfinished = jar.resolveSibling(jar.getFileName() + ".part");
        new Bundle(files).write(unfinished);
        Files.move(unfinished, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    // The tools of a JDK are in none of what a function calls, nor are windows.
    private static boolean isStandard(Path module) {
        String name = module.getFileName().toString();
        return (name.startsWith("java.") && !name.equals("java.desktop"))
                || name.equals("jdk.unsupported");
    }

    private static void collect(Path module, SortedMap<String, byte[]> files) throws IOException {
        try (Stream<Path> tree = Files.walk(module)) {
            for (Path file : tree.filter(Jdk::isClass).toList())
                files.put(module.relativize(file).toString(), Files.readAllBytes(file));
        }
    }

    private static boolean isClass(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".class") && !name.equals("module-info.class");
    }
}
