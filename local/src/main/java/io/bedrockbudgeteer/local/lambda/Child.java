package io.bedrockbudgeteer.local.lambda;

import io.bedrockbudgeteer.local.account.Functions.Function;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// One process of a function: started like the managed runtime starts it, kept warm, used for one
/// event at a time.
final class Child implements AutoCloseable {
    /// Lambda Developer Guide, "Understanding the Lambda execution environment lifecycle": the init
    /// phase is limited to 10 seconds; one that takes longer is run again with the function's
    /// time-out, so the longer of the two is granted at once.
    private static final int INIT_SECONDS = 10;

    /// Share of the memory size that the heap gets: less than the 0.85 of the managed runtime, so
    /// that what fits here has room on AWS.
    private static final double HEAP_SHARE = 0.75;

    private final Function function;
    private final RuntimeApi api;
    private final Process process;
    private final Output output;

    private Child(Function function, RuntimeApi api, Process process, Output output) {
        this.function = function;
        this.api = api;
        this.process = process;
        this.output = output;
    }

    /// @param options of the JVM, about class data
    /// @param task folder from which the client loads the function; empty when the function is on
    ///   the class path of the JVM, as class data needs it
    /// @param lines takes what the process writes
    static Child start(
            Function function,
            Artefacts artefacts,
            ClientFiles client,
            List<String> options,
            Optional<Path> task,
            Map<String, String> environment,
            Consumer<String> lines) {
        RuntimeApi api = new RuntimeApi(function.arn());
        ProcessBuilder builder =
                new ProcessBuilder(
                                command(
                                        function,
                                        task.isPresent() ? List.of() : artefacts.classPath(),
                                        client,
                                        options))
                        .redirectErrorStream(true);
        task.ifPresent(folder -> builder.directory(folder.toFile()));
        Map<String, String> variables = builder.environment();
        Environment.clear(variables);
        variables.putAll(Environment.of(function, artefacts, api.address()));
        variables.putAll(function.environment());
        // Last, so that no template can lead a function out of the simulation.
        variables.putAll(environment);
        try {
            Process process = builder.start();
            Children.add(process);
            Output output = Output.follow(process, lines);
            var _ =
                    process.onExit()
                            .thenAccept(ended -> {
                                output.drain();
                                api.died(ended.exitValue());
                            });
            return new Child(function, api, process, output);
        } catch (IOException e) {
            api.close();
            throw new UncheckedIOException(
                    "cannot start the process of function " + function.name(), e);
        }
    }

    private static List<String> command(
            Function function, List<Path> jars, ClientFiles client, List<String> options) {
        List<Path> classPath = new ArrayList<>(jars);
        classPath.addAll(client.classPath());
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // The flags of the managed Java runtime (Lambda Developer Guide, "Customize Java runtime
        // startup behavior").
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.add("-Xmx" + Math.max(32, (int) (function.memoryMb() * HEAP_SHARE)) + "m");
        // The managed runtime has its locale installed; on this machine it may be missing, and then
        // text would leave as ASCII.
        command.addAll(List.of("-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8"));
        command.addAll(client.options());
        command.add("-classpath");
        command.add(
                String.join(File.pathSeparator, classPath.stream().map(Path::toString).toList()));
        command.add(client.mainClass());
        command.add(function.handler());
        return command;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// Waits until the process has asked for its first event.
    ///
    /// @return an error, or an empty text
    String awaitReady() throws InterruptedException {
        int seconds = Math.max(INIT_SECONDS, function.timeoutSeconds());
        try {
            return api.ready().get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return "the function was not ready after " + seconds + " s";
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Runs one event; what the handler wrote before it ended has then been taken over.
    Outcome invoke(Invocation invocation) throws InterruptedException {
        try {
            return await(invocation);
        } finally {
            output.drain();
        }
    }

    private Outcome await(Invocation invocation) throws InterruptedException {
        Duration timeout = Duration.ofSeconds(function.timeoutSeconds());
        CompletableFuture<Outcome> outcome = api.offer(invocation, timeout);
        if (!process.isAlive()) return new Outcome.Died(process.exitValue());
        try {
            return outcome.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            close();
            return new Outcome.TimedOut(function.timeoutSeconds());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Asks the process to end as a program ends, and waits for it.
    ///
    /// @return whether it has ended in time
    boolean end(Duration longest) throws InterruptedException {
        // Not Process.destroy, which closes the pipe that the process still writes to.
        process.toHandle().destroy();
        return process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Ends the process and waits until it is gone.
    @Override
    public void close() {
        Children.end(process);
        process.onExit().join();
        output.drain();
        api.close();
    }
}
