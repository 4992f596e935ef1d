package io.bedrockbudgeteer.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.bedrockbudgeteer.local.account.Answers;
import io.bedrockbudgeteer.local.service.access.Json;
import io.bedrockbudgeteer.local.service.wire.LoopbackServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// Takes the answers of custom resources under presigned URLs, as S3 does for CloudFormation, and
/// holds functions to the rules of the answer (CloudFormation User Guide, "Custom resource response
/// objects"): each one broken is a violation.
public final class AnswerEndpoint implements Answers, AutoCloseable {
    private static final Duration LIFETIME = Duration.ofHours(2);

    private final Map<String, Place> places = new ConcurrentHashMap<>();
    private final Queue<AnswerFault> faults = new ConcurrentLinkedQueue<>();
    private final SecureRandom random = new SecureRandom();
    private final LoopbackServer server;
    private final int timeScale;
    private final InstantSource clock;
    private final Consumer<String> violations;

    public AnswerEndpoint(int timeScale, InstantSource clock, Consumer<String> violations) {
        this.timeScale = timeScale;
        this.clock = clock;
        this.violations = violations;
        this.server = new LoopbackServer(0, this::handle);
    }

    /// Plans failures for the next requests.
    public void fail(AnswerFault... planned) {
        for (AnswerFault fault : planned) faults.add(fault);
    }

    @Override
    public String open(String stackArn, String logicalId, String requestId) {
        Instant expires = clock.instant().plus(LIFETIME.dividedBy(timeScale));
        byte[] signature = new byte[32];
        random.nextBytes(signature);
        String path =
                "/"
                        + (stackArn + "|" + logicalId + "|" + requestId)
                                .replace(":", "%3A")
                                .replace("|", "%7C");
        String query =
                "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date="
                        + expires.getEpochSecond()
                        + "&X-Amz-SignedHeaders=host&X-Amz-Expires="
                        + LIFETIME.toSeconds()
                        + "&X-Amz-Signature="
                        + HexFormat.of().formatHex(signature);
        places.put(
                key(stackArn, logicalId, requestId),
                new Place(path, query, expires, stackArn, logicalId, requestId));
        return server.uri() + path + "?" + query;
    }

    @Override
    public Optional<String> await(
            String stackArn, String logicalId, String requestId, Duration timeout)
            throws InterruptedException {
        Place place = places.get(key(stackArn, logicalId, requestId));
        if (place == null)
            throw new IllegalArgumentException("no place is open for the answer of " + logicalId);
        try {
            return Optional.of(place.answer().get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /// An event goes to a function. One delivered twice may be answered twice.
    public void delivered(String event) {
        try {
            JsonNode node = Json.read(event);
            String key =
                    key(
                            node.path("StackId").asText(),
                            node.path("LogicalResourceId").asText(),
                            node.path("RequestId").asText());
            Place place = places.get(key);
            if (place != null) place.delivered();
        } catch (IOException e) {
            // Not the event of a custom resource, so no answer is expected.
            return;
        }
    }

    /// How many requests came for one answer, refused ones included.
    public int requests(String stackArn, String logicalId, String requestId) {
        Place place = places.get(key(stackArn, logicalId, requestId));
        return place == null ? 0 : place.requests();
    }

    @Override
    public void close() {
        server.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        Optional<Place> found =
                places.values().stream().filter(p -> p.path().equals(path)).findAny();
        if (found.isEmpty()) {
            violations.accept("an answer came to a URL that nobody was given");
            refuse(exchange, 403, "AccessDenied");
            return;
        }
        Place place = found.get();
        place.counted();
        AnswerFault fault = faults.poll();
        switch (fault) {
            case null -> take(exchange, place);
            case AnswerFault.Status(var code) -> {
                exchange.getRequestBody().readAllBytes();
                refuse(exchange, code, "Injected");
            }
            case AnswerFault.ResetBefore() -> {}
            case AnswerFault.ResetAfter() ->
                    place.storeUnconfirmed(body(exchange, place), violations);
            case AnswerFault.Delay(var time) -> {
                pause(time);
                take(exchange, place);
            }
        }
    }

    private void take(HttpExchange exchange, Place place) throws IOException {
        String body = body(exchange, place);
        if (!exchange.getRequestMethod().equals("PUT")) {
            violations.accept(
                    place.name()
                            + " was sent with "
                            + exchange.getRequestMethod()
                            + " instead of PUT");
            refuse(exchange, 403, "SignatureDoesNotMatch");
        } else if (!place.query().equals(exchange.getRequestURI().getRawQuery())) {
            violations.accept(
                    place.name() + " came with a changed query, which breaks the signature");
            refuse(exchange, 403, "SignatureDoesNotMatch");
        } else if (clock.instant().isAfter(place.expires())) {
            violations.accept(place.name() + " came after the URL had expired");
            refuse(exchange, 403, "AccessDenied");
        } else if (hasContentType(exchange)) {
            // URLs of the older signature version sign the content type, so a function must not
            // send one.
            violations.accept(place.name() + " came with a Content-Type");
            refuse(exchange, 403, "SignatureDoesNotMatch");
        } else if (exchange.getRequestHeaders().getFirst("Content-Length") == null) {
            violations.accept(place.name() + " came without a Content-Length");
            refuse(exchange, 411, "MissingContentLength");
        } else {
            place.store(body, violations);
            exchange.getResponseHeaders()
                    .set("ETag", "\"" + Integer.toHexString(body.hashCode()) + "\"");
            LoopbackServer.answer(exchange, 200, new byte[0]);
        }
    }

    private static boolean hasContentType(HttpExchange exchange) {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        return type != null && !type.isEmpty();
    }

    private String body(HttpExchange exchange, Place place) throws IOException {
        byte[] bytes = exchange.getRequestBody().readAllBytes();
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        if (length != null && Long.parseLong(length) != bytes.length) {
            violations.accept(
                    place.name() + " announced " + length + " bytes and sent " + bytes.length);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
        String xml =
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>"
                        + code
                        + "</Code></Error>";
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        LoopbackServer.answer(exchange, status, xml.getBytes(StandardCharsets.UTF_8));
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String key(String stackArn, String logicalId, String requestId) {
        return stackArn + "|" + logicalId + "|" + requestId;
    }
}
