package io.bedrockbudgeteer.local.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Compiles handlers at test time and packs them as a function zip and a layer zip.
final class Packages {

    private Packages() {}

    /// A function zip with the classes at its root.
    static Path function(Path directory, int release, String className, String source) {
        Path classes = directory.resolve("classes-" + className);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options =
                List.of(
                        "-d",
                        create(classes).toString(),
                        "-classpath",
                        coreJar().toString(),
                        "--release",
                        String.valueOf(release),
                        "-proc:none");
        JavaFileObject file =
                new SimpleJavaFileObject(
                        URI.create("string:///" + className + ".java"),
                        JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        if (!compiler.getTask(messages, null, null, options, null, List.of(file)).call())
            throw new AssertionError(messages.toString());
        return zip(directory.resolve(className + ".zip"), classes, "");
    }

    /// A function zip as the product's: the classes of another one, as the only jar below `lib`.
    static Path inLib(Path function) {
        Path root = function.resolveSibling("lib-content");
        try {
            Files.copy(function, create(root).resolve("function.jar"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zip(function.resolveSibling("in-lib.zip"), root, "lib/");
    }

    /// A layer that brings aws-lambda-java-core, as the product's layer does.
    static Path layer(Path directory) {
        Path root = directory.resolve("layer-content");
        try {
            Files.copy(coreJar(), create(root).resolve("aws-lambda-java-core.jar"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zip(directory.resolve("layer.zip"), root, "java/lib/");
    }

    private static Path coreJar() {
        try {
            return Path.of(
                    RequestStreamHandler.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static Path create(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path zip(Path zip, Path root, String prefix) {
        try (OutputStream file = Files.newOutputStream(zip);
                ZipOutputStream out = new ZipOutputStream(file, StandardCharsets.UTF_8);
                Stream<Path> files = Files.walk(root)) {
            for (Path path : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(
                        new ZipEntry(prefix + root.relativize(path).toString().replace('\\', '/')));
                Files.copy(path, out);
                out.closeEntry();
            }
            return zip;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
