package io.bedrockbudgeteer.local.engine;

import io.bedrockbudgeteer.local.account.Principal;
import io.bedrockbudgeteer.local.account.Queues;
import io.bedrockbudgeteer.local.account.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Queues in memory: everybody may send until a test says otherwise. Thread-safe.
public final class FakeQueues implements Queues {
    private final Map<String, List<Message>> queues = new TreeMap<>();
    private final Map<String, String> policies = new TreeMap<>();
    private boolean refusing;

    /// From now on nobody may send.
    public synchronized void refuse() {
        refusing = true;
    }

    public synchronized List<String> arns() {
        return List.copyOf(queues.keySet());
    }

    public synchronized Map<String, String> policies() {
        return Map.copyOf(policies);
    }

    @Override
    public synchronized void put(String queueArn, Optional<String> key) {
        queues.computeIfAbsent(queueArn, arn -> new ArrayList<>());
    }

    @Override
    public synchronized void policy(String queueArn, String document) {
        policies.put(queueArn, document);
    }

    @Override
    public synchronized void remove(String queueArn) {
        queues.remove(queueArn);
    }

    @Override
    public synchronized void checkSend(Principal sender, String queueArn) {
        messages(queueArn);
        if (refusing) throw new Refusal("AccessDenied", 403, sender.name() + " may not send");
    }

    @Override
    public synchronized void send(Principal sender, String queueArn, String body) {
        checkSend(sender, queueArn);
        queues.getOrDefault(queueArn, new ArrayList<>()).add(new Message("m", Instant.EPOCH, body));
    }

    @Override
    public synchronized List<Message> messages(String queueArn) {
        List<Message> messages = queues.get(queueArn);
        if (messages == null)
            throw new Refusal("AWS.SimpleQueueService.NonExistentQueue", 400, "no " + queueArn);
        return List.copyOf(messages);
    }
}
