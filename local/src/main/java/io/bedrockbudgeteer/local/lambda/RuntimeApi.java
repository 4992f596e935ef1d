package io.bedrockbudgeteer.local.lambda;

import com.sun.net.httpserver.HttpExchange;
import io.bedrockbudgeteer.local.service.wire.LoopbackServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The Runtime API of one process (Lambda Developer Guide, "Using the Lambda runtime API for custom
/// runtimes"): one event at a time.
final class RuntimeApi implements AutoCloseable {
    private static final Pattern RESULT =
            Pattern.compile("/2018-06-01/runtime/invocation/([^/]+)/(response|error)");
    private static final String NEXT = "/2018-06-01/runtime/invocation/next";
    private static final String INIT_ERROR = "/2018-06-01/runtime/init/error";
    private static final String ATTEMPT = "Lambda-Runtime-Invocation-Id";

    private final String functionArn;
    private final LoopbackServer server;
    private final BlockingQueue<Running> next = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable Running> current = new AtomicReference<>();
    private final CompletableFuture<String> ready = new CompletableFuture<>();

    /// @param attemptId differs between the attempts of one event
    private record Running(
            Invocation invocation,
            String attemptId,
            long deadline,
            CompletableFuture<Outcome> outcome) {}

    RuntimeApi(String functionArn) {
        this.functionArn = functionArn;
        this.server = new LoopbackServer(0, this::handle);
    }

    /// Host and port, as the process gets them.
    String address() {
        return "127.0.0.1:" + server.port();
    }

    /// Completes with an empty text when the process asks for its first event, with an error when
    /// it cannot start.
    CompletableFuture<String> ready() {
        return ready;
    }

    CompletableFuture<Outcome> offer(Invocation invocation, Duration timeout) {
        Running running =
                new Running(
                        invocation,
                        UUID.randomUUID().toString(),
                        System.currentTimeMillis() + timeout.toMillis(),
                        new CompletableFuture<>());
        next.add(running);
        return running.outcome();
    }

    /// The process is gone: whatever waits for it ends so.
    void died(int exitCode) {
        ready.complete("the process ended with exit status " + exitCode);
        Running running = current.getAndSet(null);
        if (running != null) running.outcome().complete(new Outcome.Died(exitCode));
        for (Running waiting = next.poll(); waiting != null; waiting = next.poll()) {
            waiting.outcome().complete(new Outcome.Died(exitCode));
        }
    }

    @Override
    public void close() {
        server.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Matcher result = RESULT.matcher(path);
        if (path.equals(NEXT)) {
            ready.complete("");
            next(exchange);
        } else if (path.equals(INIT_ERROR)) {
            ready.complete(body(exchange));
            LoopbackServer.answer(exchange, 202, new byte[0]);
        } else if (result.matches()) {
            result(exchange, result.group(1), result.group(2).equals("response"));
        } else {
            LoopbackServer.answer(exchange, 404, new byte[0]);
        }
    }

    private void next(HttpExchange exchange) throws IOException {
        Running running;
        try {
            running = next.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        current.set(running);
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "application/json");
        headers.set("Lambda-Runtime-Aws-Request-Id", running.invocation().requestId());
        headers.set("Lambda-Runtime-Deadline-Ms", String.valueOf(running.deadline()));
        headers.set("Lambda-Runtime-Invoked-Function-Arn", functionArn);
        headers.set(
                "Lambda-Runtime-Trace-Id", "Root=1-00000000-000000000000000000000000;Sampled=0");
        headers.set(ATTEMPT, running.attemptId());
        LoopbackServer.answer(
                exchange, 200, running.invocation().event().getBytes(StandardCharsets.UTF_8));
    }

    private void result(HttpExchange exchange, String requestId, boolean returned)
            throws IOException {
        String body = body(exchange);
        Running running = current.get();
        String attempt = exchange.getRequestHeaders().getFirst(ATTEMPT);
        if (running == null
                || !running.invocation().requestId().equals(requestId)
                || (attempt != null && !attempt.equals(running.attemptId()))) {
            LoopbackServer.answer(exchange, 400, new byte[0]);
            return;
        }
        current.set(null);
        LoopbackServer.answer(exchange, 202, new byte[0]);
        running.outcome()
                .complete(returned ? new Outcome.Returned(body) : new Outcome.Failed(body));
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }
}
