package io.bedrockbudgeteer.local.lambda;

import io.bedrockbudgeteer.local.account.Functions.Function;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// A process of a function that only starts and ends, and leaves the class data of its start. It
/// has no account: what a function does while it starts is answered by nobody.
record Training(Function function, Artefacts artefacts, ClientFiles client) {
    /// The JDK writes the class data in a process of its own, which takes some seconds.
    private static final Duration LONGEST = Duration.ofMinutes(2);

    /// Nothing listens at the discard port.
    private static final Map<String, String> NO_ACCOUNT =
            Map.of(
                    "AWS_REGION", "us-east-1",
                    "AWS_DEFAULT_REGION", "us-east-1",
                    "AWS_ENDPOINT_URL", "http://127.0.0.1:9",
                    "AWS_ACCESS_KEY_ID", "training",
                    "AWS_SECRET_ACCESS_KEY", "training",
                    "AWS_SESSION_TOKEN", "training");

    /// One at a time, beside the work of the run. Ends with the JVM, and [Children] ends its
    /// process.
    private static final ExecutorService QUEUE =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("training").factory());

    private static volatile boolean finishing;
    private static volatile boolean working;

    /// Work that may fail because files cannot be written.
    @FunctionalInterface
    interface Work {
        void run() throws IOException, InterruptedException;
    }

    /// Runs this when no other training runs in the same folder, also of another process. A failure
    /// costs nothing but quicker starts.
    static void later(KeptFiles files, Work work) {
        QUEUE.execute(() -> {
            if (finishing) return;
            try (FileChannel channel =
                            FileChannel.open(
                                    files.folder().resolve("training.lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    var _ = channel.lock()) {
                working = true;
                if (!finishing) work.run();
            } catch (IOException | RuntimeException e) {
                // Functions start without class data, as before.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                working = false;
            }
        });
    }

    /// Waits for the training that has begun; those that wait for another process too are left to a
    /// later run.
    static void finish() throws InterruptedException {
        finishing = true;
        if (working) QUEUE.shutdown();
        else QUEUE.shutdownNow();
        var _ = QUEUE.awaitTermination(LONGEST.toSeconds(), TimeUnit.SECONDS);
    }

    /// @param made where the class data goes
    /// @return whether it is there; not when the function does not start
    boolean run(Path made) throws IOException, InterruptedException {
        Path recorded = made.resolveSibling(made.getFileName() + ".config");
        // An earlier training may have been ended half-way.
        Files.deleteIfExists(made);
        Files.deleteIfExists(recorded);
        List<String> options =
                List.of("-XX:AOTCacheOutput=" + made, "-Xlog:aot*=off", "-Xlog:cds*=off");
        try (Child child =
                Child.start(
                        function,
                        artefacts,
                        client,
                        options,
                        Optional.empty(),
                        NO_ACCOUNT,
                        line -> {})) {
            boolean ended = child.awaitReady().isEmpty() && child.end(LONGEST);
            return ended && Files.isRegularFile(made);
        } finally {
            Files.deleteIfExists(recorded);
        }
    }
}
