package io.bedrockbudgeteer.local.lambda;

import io.bedrockbudgeteer.local.account.DeadLetter;
import io.bedrockbudgeteer.local.account.Functions;
import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.account.Principal;
import io.bedrockbudgeteer.local.account.Queues;
import io.bedrockbudgeteer.local.account.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// The Lambda host: runs packaged functions in processes of their own and delivers events as
/// Lambda's asynchronous queue does. Nothing of a function ever runs inside this JVM. Thread-safe;
/// closing it ends every process.
public final class LambdaHost implements Functions, AutoCloseable {
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
    private final Map<String, FunctionLog> logs = new ConcurrentHashMap<>();
    private final List<String> discarded = new CopyOnWriteArrayList<>();
    private final List<DeadLetter> deadLetters = new CopyOnWriteArrayList<>();
    private final LambdaOptions options;
    private final java.util.function.Function<Function, Map<String, String>> environment;
    private final Consumer<String> delivered;
    private final Queues queues;
    private final Path directory;
    private final Optional<KeptFiles> kept;
    private final Contents contents;
    private final ClientFiles client;

    /// @param environment what a function's process gets beside the variables of its template
    /// @param delivered is told each event that goes to a process, once per attempt
    /// @param queues take what is given up, where a function has such a destination
    public LambdaHost(
            LambdaOptions options,
            java.util.function.Function<Function, Map<String, String>> environment,
            Consumer<String> delivered,
            Queues queues) {
        this.options = options;
        this.environment = environment;
        this.delivered = delivered;
        this.queues = queues;
        this.directory = directory(options);
        this.kept = options.kept().flatMap(KeptFiles::in);
        this.contents = new Contents(kept.map(KeptFiles::folder).orElse(directory));
        this.client = ClientFiles.prepare(options.client(), directory, contents);
    }

    /// @throws Refusal for reserved environment variables, or classes that its runtime or this JVM
    ///   cannot run
    /// @throws NotModelledException for another runtime than Java
    @Override
    public void put(Function function) {
        Environment.check(function);
        Artefacts artefacts = Artefacts.unpack(function, contents);
        ClassData classData = new ClassData(kept, function, artefacts, client);
        Consumer<String> lines =
                logs.computeIfAbsent(function.name(), name -> new FunctionLog())::add;
        Lane.Deployed deployed =
                new Lane.Deployed(
                        function, () -> start(function, artefacts, classData, lines), lines);
        lanes.compute(
                function.arn(),
                (arn, lane) -> {
                    if (lane == null) return new Lane(deployed, options, delivered, this::giveUp);
                    lane.replace(deployed);
                    return lane;
                });
    }

    private Child start(
            Function function, Artefacts artefacts, ClassData classData, Consumer<String> lines) {
        List<String> options = classData.options();
        Optional<Path> task =
                ClassData.isOff(options) && client.loadsFromFolder()
                        ? Optional.of(artefacts.task(contents))
                        : Optional.empty();
        return Child.start(
                function, artefacts, client, options, task, environment.apply(function), lines);
    }

    @Override
    public void invokeConfig(String functionArn, InvokeConfig config) {
        Lane lane = lane(functionArn);
        config.onFailure().ifPresent(queue -> checkDestination(lane.function(), queue));
        lane.config(config);
    }

    /// Lambda takes no destination that it could not reach (Lambda Developer Guide, "Capturing
    /// records of Lambda asynchronous invocations": the execution role must allow sqs:SendMessage).
    private void checkDestination(Function function, String queue) {
        try {
            queues.checkSend(sender(function), queue);
        } catch (Refusal e) {
            throw new Refusal(
                    "InvalidParameterValueException",
                    400,
                    "The function's execution role does not have permissions to call SendMessage on "
                            + queue
                            + ". "
                            + e.text());
        }
    }

    private static Principal sender(Function function) {
        return new Principal.Session(function.roleArn(), function.name());
    }

    private void giveUp(Lane.Deployed version, InvokeConfig config, GivenUp event) {
        Function function = version.function();
        String text =
                function.name()
                        + " gives up event "
                        + event.invocation().requestId()
                        + ": "
                        + event.reason();
        version.lines().accept(text);
        discarded.add(text);
        config.onFailure().ifPresent(queue -> deadLetter(function, queue, event));
    }

    /// A record that cannot be sent is lost, as on AWS; the report says so.
    private void deadLetter(Function function, String queue, GivenUp event) {
        Instant now = options.clock().instant();
        String record = event.record(function, now);
        String refusal = "";
        try {
            queues.send(sender(function), queue, record);
        } catch (Refusal e) {
            refusal = e.text();
        } catch (NotModelledException e) {
            refusal = String.valueOf(e.getMessage());
        }
        deadLetters.add(
                new DeadLetter(
                        now,
                        function.name(),
                        queue,
                        event.condition().text(),
                        event.attempts(),
                        record,
                        refusal));
    }

    @Override
    public void remove(String functionArn) {
        Lane lane = lanes.remove(functionArn);
        if (lane != null) lane.close();
    }

    @Override
    public void invokeAsync(String functionArn, String event) {
        lane(functionArn).add(invocation(event));
    }

    /// Invokes and waits, as a synchronous call does: one attempt, no retries.
    public Outcome invoke(String functionArn, String event) throws InterruptedException {
        return lane(functionArn).run(invocation(event));
    }

    private Invocation invocation(String event) {
        return Invocation.first(UUID.randomUUID().toString(), event, options.clock().instant());
    }

    /// The next event of a function is delivered twice, as Lambda's queue sometimes does.
    public void duplicateNext(String functionArn) {
        lane(functionArn).duplicateNext();
    }

    /// Delivers the last event of a function once more: a late duplicate.
    public void redeliverLast(String functionArn) {
        lane(functionArn).redeliverLast();
    }

    /// Waits until no event is queued, running or waiting for a retry.
    ///
    /// @return whether that came within the time
    public boolean awaitQuiet(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        for (Lane lane : lanes.values()) {
            if (!lane.awaitQuiet(Duration.ofNanos(end - System.nanoTime()))) return false;
        }
        return true;
    }

    @Override
    public List<DeadLetter> deadLetters() {
        return List.copyOf(deadLetters);
    }

    /// Events that were given up, with the reason.
    public List<String> discarded() {
        return List.copyOf(discarded);
    }

    @Override
    public Map<String, String> logs() {
        Map<String, String> texts = new TreeMap<>();
        logs.forEach((name, log) -> texts.put(name, log.text()));
        return texts;
    }

    @Override
    public void close() {
        lanes.values().forEach(Lane::close);
        lanes.clear();
        if (options.workDirectory().isEmpty()) delete(directory);
    }

    private Lane lane(String functionArn) {
        Lane lane = lanes.get(functionArn);
        if (lane == null)
            throw new Refusal(
                    "ResourceNotFoundException", 404, "Function not found: " + functionArn);
        return lane;
    }

    private static Path directory(LambdaOptions options) {
        try {
            if (options.workDirectory().isEmpty()) return Files.createTempDirectory("functions");
            return Files.createTempDirectory(
                    Files.createDirectories(options.workDirectory().get()), "functions");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path root) {
        try {
            Contents.delete(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
