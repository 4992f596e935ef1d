package io.bedrockbudgeteer.local.lambda;

import io.bedrockbudgeteer.local.account.Functions.Function;
import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.account.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/// The packaged function and its layers, unpacked: class path in the order of the managed runtime,
/// which is the root of the zip, its `lib/*.jar`, then `java/lib/*.jar` of the layers (Lambda
/// Developer Guide, "Deploy Java Lambda functions with .zip or JAR file archives").
record Artefacts(Path root, List<Path> classPath, List<Path> layers) {
    private static final Pattern RUNTIME = Pattern.compile("java([0-9]+)(\\.al2)?");

    /// Class-file version of Java n is n + 44.
    private static final int CLASS_FILE_OFFSET = 44;

    static Artefacts unpack(Function function, Contents contents) {
        Path root = contents.unzipped(function.zip());
        List<Path> classPath = new ArrayList<>();
        if (!holdsOnlyLib(root)) classPath.add(root);
        classPath.addAll(jars(root.resolve("lib")));
        List<Path> layers = new ArrayList<>();
        for (Path layer : function.layers())
            layers.addAll(jars(contents.unzipped(layer).resolve("java/lib")));
        classPath.addAll(layers);
        Artefacts artefacts = new Artefacts(root, List.copyOf(classPath), List.copyOf(layers));
        artefacts.requireJava(function);
        return artefacts;
    }

    /// A folder for the process that is to load the function as in the managed runtime: what
    /// /var/task has, and behind the jars in `lib` those of the layers, because AWS's client looks
    /// for layers below /opt alone.
    Path task(Contents contents) {
        return contents.linked(root, layers);
    }

    /// Stops with one sentence when the classes are too new for the function's runtime or for this
    /// JVM.
    private void requireJava(Function function) {
        Matcher runtime = RUNTIME.matcher(function.runtime());
        if (!runtime.matches())
            throw new NotModelledException(
                    "runtime " + function.runtime() + " of function " + function.name());
        String name = function.handler().split("::")[0].replace('.', '/') + ".class";
        Optional<Integer> version = classFileVersion(name);
        if (version.isEmpty()) return; // The runtime reports a missing handler class itself.
        int java = version.get() - CLASS_FILE_OFFSET;
        if (java > Integer.parseInt(runtime.group(1))) {
            throw new Refusal(
                    "Runtime.UnsupportedClassVersion",
                    400,
                    "Function "
                            + function.name()
                            + " is compiled for Java "
                            + java
                            + ", which its runtime "
                            + function.runtime()
                            + " cannot run.");
        }
        if (java > Runtime.version().feature()) {
            throw new Refusal(
                    "Runtime.UnsupportedClassVersion",
                    400,
                    "Function "
                            + function.name()
                            + " is compiled for Java "
                            + java
                            + ", but this program runs on Java "
                            + Runtime.version().feature()
                            + ": start it with Java "
                            + java
                            + " or newer.");
        }
    }

    private Optional<Integer> classFileVersion(String name) {
        for (Path entry : classPath) {
            try {
                if (Files.isDirectory(entry)) {
                    Path file = entry.resolve(name);
                    if (Files.isRegularFile(file)) {
                        try (InputStream in = Files.newInputStream(file)) {
                            return Optional.of(version(in));
                        }
                    }
                    continue;
                }
                try (JarFile jar = new JarFile(entry.toFile())) {
                    ZipEntry found = jar.getEntry(name);
                    if (found == null) continue;
                    try (InputStream in = jar.getInputStream(found)) {
                        return Optional.of(version(in));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Optional.empty();
    }

    /// Bytes 6 and 7 of a class file.
    private static int version(InputStream in) throws IOException {
        byte[] head = in.readNBytes(8);
        return ((head[6] & 0xFF) << 8) | (head[7] & 0xFF);
    }

    /// Then the root is left out of the class path: no class or resource of the function is found
    /// through it, and with a directory on the class path a JVM takes no class data.
    private static boolean holdsOnlyLib(Path root) {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.allMatch(entry -> entry.endsWith("lib"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> jars(Path directory) {
        if (!Files.isDirectory(directory)) return List.of();
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(f -> f.toString().endsWith(".jar")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
