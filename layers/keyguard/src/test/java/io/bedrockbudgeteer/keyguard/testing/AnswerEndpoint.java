package io.bedrockbudgeteer.keyguard.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Stands in for the bucket behind a response URL. Checks every PUT against the protocol itself, so
/// that no test can forget to. Source: CloudFormation User Guide, Custom resource response objects.
public final class AnswerEndpoint implements AutoCloseable {
    static {
        // Without it each answer waits 40 ms for an acknowledgement. Read once, by the first server
        // of the process.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /// What the path and the query look like in the wild; must arrive byte for byte.
    private static final String PATH =
            "/arn%3Aaws%3Acloudformation%3Aeu-central-1%3A111122223333%3Astack/app/0a1b2c3d%7C";

    private static final String QUERY =
            "?X-Amz-SignedHeaders=host&X-Amz-Credential=K%2F20260101&X-Amz-Expires=7200&X-Amz-Signature=SENTINEL%2B";

    /// How one PUT is answered.
    public sealed interface Reaction {
        record Status(int code) implements Reaction {}

        /// Reads the request and closes the connection without a word.
        record Hangup() implements Reaction {}

        /// Reads the request and says nothing until the endpoint is closed.
        record Silence() implements Reaction {}
    }

    /// One answer that arrived.
    public record Answer(
            String status,
            String reason,
            String physicalId,
            Map<String, String> data,
            boolean noEcho,
            String body) {
        public boolean isSuccess() {
            return status.equals("SUCCESS");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads =
            Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task, "answer-endpoint");
                thread.setDaemon(true);
                return thread;
            });
    private final Deque<Reaction> reactions = new ArrayDeque<>();
    private final List<String> bodies = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final Map<String, Expected> expected = new LinkedHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    private record Expected(String stackId, String requestId, String logicalId) {}

    public AnswerEndpoint() {
        server = LoopbackHttp.start(this::serve, threads);
    }

    /// The next PUTs are answered like this; afterwards with 200.
    public AnswerEndpoint react(Reaction... next) {
        synchronized (this) {
            reactions.addAll(List.of(next));
        }
        return this;
    }

    public AnswerEndpoint react(int... codes) {
        for (int code : codes) react(new Reaction.Status(code));
        return this;
    }

    /// A response URL for one request, whose ids the answer must repeat.
    public synchronized String url(String stackId, String requestId, String logicalId) {
        return url(PATH + logicalId + "%7C" + requestId + QUERY, stackId, requestId, logicalId);
    }

    /// A response URL with a path and a query of the test's own.
    public synchronized String url(
            String pathAndQuery, String stackId, String requestId, String logicalId) {
        expected.put(pathAndQuery, new Expected(stackId, requestId, logicalId));
        return "http://127.0.0.1:" + server.getAddress().getPort() + pathAndQuery;
    }

    /// How many PUTs arrived, delivered or not.
    public synchronized int puts() {
        return bodies.size();
    }

    public synchronized List<String> bodies() {
        return List.copyOf(bodies);
    }

    public synchronized List<Answer> answers() {
        if (!violations.isEmpty()) throw new AssertionError("protocol violated: " + violations);
        return List.copyOf(answers);
    }

    /// The one answer that was delivered.
    public Answer answer() {
        List<Answer> all = answers();
        if (all.size() != 1)
            throw new AssertionError(
                    "expected exactly one delivered answer, got "
                            + all.size()
                            + " of "
                            + puts()
                            + " PUTs");
        return all.get(0);
    }

    /// The answer that was delivered last.
    public Answer lastAnswer() {
        return answers().getLast();
    }

    private void serve(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Reaction reaction;
        synchronized (this) {
            String text = new String(body, StandardCharsets.UTF_8);
            bodies.add(text);
            reaction = reactions.isEmpty() ? new Reaction.Status(200) : reactions.poll();
            check(exchange, body);
            if (reaction instanceof Reaction.Status(int code) && code / 100 == 2)
                deliver(exchange.getRequestURI().toString(), text);
        }
        switch (reaction) {
            case Reaction.Status(int code) -> {
                if (code == 301 || code == 307 || code == 308)
                    exchange.getResponseHeaders()
                            .set(
                                    "Location",
                                    "http://127.0.0.1:"
                                            + server.getAddress().getPort()
                                            + "/elsewhere");
                exchange.sendResponseHeaders(code, -1);
                exchange.close();
            }
            case Reaction.Hangup _ ->
                    throw new IOException("hang up"); // the server closes the connection
            case Reaction.Silence _ -> await();
        }
    }

    private void await() {
        try {
            closed.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void check(HttpExchange exchange, byte[] body) {
        String target = exchange.getRequestURI().toString();
        if (!exchange.getRequestMethod().equals("PUT"))
            violations.add("method " + exchange.getRequestMethod());
        if (!expected.containsKey(target))
            violations.add("path and query are not those of the URL: " + target);
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (type != null && !type.isEmpty()) violations.add("Content-Type " + type);
        if (!String.valueOf(body.length)
                .equals(exchange.getRequestHeaders().getFirst("Content-Length")))
            violations.add("Content-Length is not the number of bytes");
        if (body.length > 4096) violations.add("response object is too long: " + body.length);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
        } catch (CharacterCodingException _) {
            violations.add("not UTF-8");
        }
    }

    private void deliver(String target, String text) {
        Json.Obj root = JsonReader.readObject(text); // strict, repeated names included
        Answer answer =
                new Answer(
                        root.string("Status").orElse(""),
                        root.string("Reason").orElse(""),
                        root.string("PhysicalResourceId").orElse(""),
                        data(root),
                        root.get("NoEcho").isPresent(),
                        text);
        Expected repeated =
                new Expected(
                        root.string("StackId").orElse(""),
                        root.string("RequestId").orElse(""),
                        root.string("LogicalResourceId").orElse(""));
        if (!repeated.equals(expected.get(target)))
            violations.add("ids are not those of the request: " + text);
        if (!answer.status().equals("SUCCESS") && !answer.status().equals("FAILED"))
            violations.add("Status " + answer.status());
        if (answer.status().equals("FAILED") && answer.reason().isBlank())
            violations.add("FAILED without a Reason");
        int idBytes = answer.physicalId().getBytes(StandardCharsets.UTF_8).length;
        if (answer.physicalId().isBlank() || idBytes > 1024)
            violations.add("Invalid PhysicalResourceId of " + idBytes + " bytes");
        answers.add(answer);
    }

    private Map<String, String> data(Json.Obj root) {
        Map<String, String> data = new LinkedHashMap<>();
        Json found = root.get("Data").orElse(null);
        if (found == null) return data;
        if (!(found instanceof Json.Obj object)) {
            violations.add("Data is not an object");
            return data;
        }
        object.members()
                .forEach((name, value) -> {
                    if (value instanceof Json.Str(String text, int _, int _)) data.put(name, text);
                    else violations.add("Data." + name + " is " + value.kind());
                });
        return data;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
