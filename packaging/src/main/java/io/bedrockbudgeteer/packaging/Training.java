package io.bedrockbudgeteer.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Makes the AOT cache of an application by running it, and proves the cache by running it again.
public final class Training {
    private final Application application;
    private final String handler;
    private final String event;

    /// @param handler as Lambda is told it
    /// @param event of a custom resource that the function serves
    public Training(Application application, String handler, String event) {
        this.application = application;
        this.handler = handler;
        this.event = event;
    }

    /// Makes options and cache.
    ///
    /// @throws IOException when the function gave no answer, no cache came of it, or the JVM does
    ///   not take the cache
    public void run() throws IOException, InterruptedException {
        application.writeOptions();
        Path work = Files.createTempDirectory("training");
        try {
            run(Certificate.make(work), work);
        } finally {
            try (Stream<Path> files = Files.list(work)) {
                for (Path file : files.toList()) Files.delete(file);
            }
            Files.delete(work);
        }
    }

    private void run(Certificate certificate, Path work) throws IOException, InterruptedException {
        Files.deleteIfExists(application.cache());
        List<String> recording =
                List.of(
                        application.java().toString(),
                        "-XX:AOTCacheOutput=" + application.cache(),
                        "@" + application.options());
        Session.run(recording, List.of(), handler, event, certificate, work);
        if (!Files.exists(application.cache()))
            throw new IOException(
                    "the JVM wrote no cache; it takes a JDK 25 or newer, and this is "
                            + application.java());
        application.seal();
        Session proof =
                Session.run(application.command(), List.of(), handler, event, certificate, work);
        if (!proof.log().contains("\"cache\":\"used\""))
            throw new IOException(
                    "the function does not find its cache in use; it wrote:\n" + proof.log());
    }
}
