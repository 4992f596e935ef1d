package io.bedrockbudgeteer.local.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The native part of AWS's runtime interface client. Left alone, every process unpacks it to the
/// same file in the temporary directory, and processes that start together read it half-written.
/// One whole copy, named by a system property, avoids that; the workaround can go when the client
/// unpacks to a name of its own (`JniHelper` in aws-lambda-java-runtime-interface-client).
final class NativeLibrary {
    static final String PROPERTY =
            "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

    private NativeLibrary() {}

    static Optional<String> architecture() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> Optional.of("x86_64");
            case "aarch64" -> Optional.of("aarch_64");
            default -> Optional.empty();
        };
    }

    /// Unpacks the library for this machine.
    static Path unpack(Contents contents) {
        String libc = Files.exists(Path.of("/etc/alpine-release")) ? "linux_musl-" : "linux-";
        String name = "libaws-lambda-jni." + libc + architecture().orElseThrow() + ".so";
        try (InputStream in = NativeLibrary.class.getResourceAsStream("/jni/" + name)) {
            if (in == null)
                throw new IllegalStateException("the runtime interface client has no " + name);
            return contents.file(name, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
