package io.bedrockbudgeteer.local.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What a function's process needs beside the function: the runtime client. Prepared once per host.
public final class ClientFiles {
    private static final String AWS_MAIN =
            "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

    /// One class of each jar that AWS's client consists of.
    private static final List<String> AWS_JARS =
            List.of(
                    AWS_MAIN,
                    "com.amazonaws.services.lambda.runtime.serialization.PojoSerializer",
                    "com.amazonaws.services.lambda.runtime.Context",
                    "software.amazon.awssdk.utilslite.SdkInternalThreadLocal");

    private static final List<Class<?>> OWN_CLASSES =
            List.of(Bootstrap.class, BootstrapContext.class, BootstrapLogger.class);

    private final String mainClass;
    private final List<Path> classPath;
    private final List<String> options;

    private ClientFiles(String mainClass, List<Path> classPath, List<String> options) {
        this.mainClass = mainClass;
        this.classPath = List.copyOf(classPath);
        this.options = List.copyOf(options);
    }

    /// @param directory for what has to be a file; must outlast the processes
    public static ClientFiles prepare(RuntimeClient client, Path directory) {
        return prepare(client, directory, new Contents(directory));
    }

    /// @param contents for what runs may share
    static ClientFiles prepare(RuntimeClient client, Path directory, Contents contents) {
        return switch (client) {
            case AWS -> aws(contents);
            case OWN -> own(directory);
        };
    }

    public String mainClass() {
        return mainClass;
    }

    public List<Path> classPath() {
        return classPath;
    }

    /// JVM options.
    public List<String> options() {
        return options;
    }

    /// Whether it loads a function with a class loader of its own, from the folder in which its
    /// process is started, when it does not find it on the class path.
    boolean loadsFromFolder() {
        return mainClass.equals(AWS_MAIN);
    }

    private static ClientFiles aws(Contents contents) {
        Set<Path> jars = new LinkedHashSet<>();
        // Copies, because class data belongs to a path, and the runner and its tests have these
        // jars in different places.
        for (String name : AWS_JARS) jars.add(copy(jarOf(name), contents));
        return new ClientFiles(
                AWS_MAIN,
                new ArrayList<>(jars),
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "-D" + NativeLibrary.PROPERTY + "=" + NativeLibrary.unpack(contents)));
    }

    private static Path copy(Path jar, Contents contents) {
        try {
            return contents.file(jar.getFileName().toString(), Files.readAllBytes(jar));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path jarOf(String className) {
        try {
            Class<?> type = Class.forName(className, false, ClientFiles.class.getClassLoader());
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IllegalStateException(
                    "the runtime interface client is not complete: " + className, e);
        }
    }

    /// Copies our few classes, so that nothing else of the runner is visible to the function.
    private static ClientFiles own(Path directory) {
        Path root = directory.resolve("bootstrap");
        for (Class<?> type : OWN_CLASSES) {
            String name = type.getName().replace('.', '/') + ".class";
            try (InputStream in = type.getResourceAsStream("/" + name)) {
                if (in == null) throw new IllegalStateException("no class file of " + type);
                Path file = root.resolve(name);
                Files.createDirectories(file.getParent());
                Files.copy(in, file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new ClientFiles(Bootstrap.class.getName(), List.of(root), List.of());
    }
}
