package io.bedrockbudgeteer.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import io.bedrockbudgeteer.local.service.access.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// The place of one answer. The first answer counts; thread-safe.
final class Place {
    private static final int LONGEST = 4096;
    private static final int LONGEST_ID = 1024;

    private final String path;
    private final String query;
    private final Instant expires;
    private final String stackArn;
    private final String logicalId;
    private final String requestId;
    private final CompletableFuture<String> answer = new CompletableFuture<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger deliveries = new AtomicInteger();
    private final AtomicInteger unconfirmed = new AtomicInteger();
    private final AtomicInteger stored = new AtomicInteger();

    Place(
            String path,
            String query,
            Instant expires,
            String stackArn,
            String logicalId,
            String requestId) {
        this.path = path;
        this.query = query;
        this.expires = expires;
        this.stackArn = stackArn;
        this.logicalId = logicalId;
        this.requestId = requestId;
    }

    String path() {
        return path;
    }

    String query() {
        return query;
    }

    Instant expires() {
        return expires;
    }

    CompletableFuture<String> answer() {
        return answer;
    }

    String name() {
        return "the answer of " + logicalId;
    }

    void counted() {
        requests.incrementAndGet();
    }

    int requests() {
        return requests.get();
    }

    void delivered() {
        deliveries.incrementAndGet();
    }

    /// The answer is taken but not confirmed, so it will rightly come again.
    void storeUnconfirmed(String body, Consumer<String> violations) {
        store(body, violations);
        unconfirmed.incrementAndGet();
    }

    void store(String body, Consumer<String> violations) {
        int count = stored.incrementAndGet();
        if (count > Math.max(1, deliveries.get()) + unconfirmed.get())
            violations.accept(name() + " came twice for one delivery of the event");
        check(body, violations);
        answer.complete(body);
    }

    private void check(String body, Consumer<String> violations) {
        int size = body.getBytes(StandardCharsets.UTF_8).length;
        if (size > LONGEST)
            violations.accept(name() + " has " + size + " bytes, more than " + LONGEST);
        JsonNode node;
        try {
            node = Json.read(body);
        } catch (IOException e) {
            violations.accept(name() + " is not one JSON object without repeated members");
            return;
        }
        same(node, "StackId", stackArn, violations);
        same(node, "LogicalResourceId", logicalId, violations);
        same(node, "RequestId", requestId, violations);
        String status = node.path("Status").asText();
        if (!status.equals("SUCCESS") && !status.equals("FAILED"))
            violations.accept(name() + " has the status '" + status + "'");
        if (status.equals("FAILED") && node.path("Reason").asText("").isEmpty())
            violations.accept(name() + " failed without a reason");
        String id = node.path("PhysicalResourceId").asText("");
        if (id.isEmpty() || id.getBytes(StandardCharsets.UTF_8).length > LONGEST_ID) {
            violations.accept(name() + " has no usable PhysicalResourceId");
        }
        JsonNode data = node.path("Data");
        if (!data.isMissingNode() && !data.isNull() && !data.isObject())
            violations.accept(name() + " has Data that is no object");
        for (JsonNode value : data)
            if (value.isContainerNode())
                violations.accept(name() + " has Data with a value that is not simple");
    }

    private void same(JsonNode node, String member, String expected, Consumer<String> violations) {
        if (!node.path(member).asText().equals(expected))
            violations.accept(name() + " does not echo " + member);
    }
}
