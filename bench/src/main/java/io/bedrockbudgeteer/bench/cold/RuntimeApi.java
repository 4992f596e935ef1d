package io.bedrockbudgeteer.bench.cold;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The Runtime API of one process: hands out one event and notes when. Source: Lambda Developer
/// Guide, Using the Lambda runtime API for custom runtimes.
final class RuntimeApi implements AutoCloseable {
    private static final String ID = "8476a536-e9f4-11e8-9739-2dfe598c3fcd";

    private final HttpServer server;
    private final ExecutorService threads =
            Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory());
    private final CompletableFuture<Long> ready = new CompletableFuture<>();
    private final CompletableFuture<Long> done = new CompletableFuture<>();
    private final CompletableFuture<byte[]> event = new CompletableFuture<>();
    private final CountDownLatch over = new CountDownLatch(1);

    RuntimeApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /// When the process asked for its event, by [System#nanoTime].
    CompletableFuture<Long> ready() {
        return ready;
    }

    /// When the process reported its result. Exceptional when it reported an error.
    CompletableFuture<Long> done() {
        return done;
    }

    void send(String text) {
        event.complete(text.getBytes(StandardCharsets.UTF_8));
    }

    private void serve(HttpExchange exchange) throws IOException {
        long now = System.nanoTime();
        String path = exchange.getRequestURI().getPath();
        if (path.endsWith("/invocation/next")) {
            next(exchange, now);
            return;
        }
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (path.endsWith("/response")) done.complete(now);
        else {
            IOException error = new IOException("the function reported: " + body);
            ready.completeExceptionally(error);
            done.completeExceptionally(error);
        }
        try (exchange) {
            exchange.sendResponseHeaders(202, -1);
        }
    }

    private void next(HttpExchange exchange, long now) throws IOException {
        try (exchange) {
            if (!ready.complete(now)) {
                over.await(); // one event per process
                return;
            }
            byte[] body = event.join();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("Lambda-Runtime-Aws-Request-Id", ID);
            exchange.getResponseHeaders()
                    .set(
                            "Lambda-Runtime-Deadline-Ms",
                            String.valueOf(System.currentTimeMillis() + 60_000));
            exchange.getResponseHeaders()
                    .set(
                            "Lambda-Runtime-Invoked-Function-Arn",
                            "arn:aws:lambda:us-east-1:111122223333:function:bench");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
