package io.bedrockbudgeteer.local.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.bedrockbudgeteer.local.account.Account;
import io.bedrockbudgeteer.local.account.Refusal;
import io.bedrockbudgeteer.local.engine.Values;
import io.bedrockbudgeteer.local.provider.Inventory.Thing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Tries what AWS would only find out at delivery: alarms and rules that send to encrypted topics
/// and queues. Source: Amazon SNS Developer Guide, "Managing Amazon SNS encryption keys and costs";
/// Amazon SQS Developer Guide, "Key management".
public final class Deliveries {
    private final Account account;
    private final Inventory inventory;

    public Deliveries(Account account, Inventory inventory) {
        this.account = account;
        this.inventory = inventory;
    }

    /// @return one sentence for each delivery that the key policy would refuse
    public List<String> undeliverable() {
        List<String> trouble = new ArrayList<>();
        account.alarms()
                .all()
                .forEach((name, alarm) -> {
                    for (JsonNode action : alarm.path("AlarmActions")) {
                        alarm(name, action.asText(), trouble);
                    }
                });
        for (Thing rule : inventory.all(WatchTypes.RULE)) {
            if (rule.properties().get("Targets") instanceof List<?> targets) {
                targets.forEach(target ->
                        rule(
                                rule.name(),
                                String.valueOf(Values.asMap(target).get("Arn")),
                                trouble));
            }
        }
        return trouble;
    }

    private void alarm(String alarm, String topicArn, List<String> trouble) {
        inventory
                .find(MessageTypes.TOPIC, topicArn)
                .flatMap(topic -> Scene.text(topic.properties(), "KmsMasterKeyId"))
                .ifPresent(key ->
                        attempt(
                                "alarm " + alarm + " to topic " + topicArn,
                                "cloudwatch.amazonaws.com",
                                key,
                                Map.of("aws:sns:topicArn", topicArn),
                                Map.of(
                                        "aws:SourceArn",
                                        arn("cloudwatch", "alarm:" + alarm),
                                        "aws:SourceAccount",
                                        account.accountId()),
                                trouble));
    }

    private void rule(String rule, String target, List<String> trouble) {
        // EventBridge sends no source keys to topics, and does to queues.
        inventory
                .find(MessageTypes.TOPIC, target)
                .flatMap(topic -> Scene.text(topic.properties(), "KmsMasterKeyId"))
                .ifPresent(key ->
                        attempt(
                                "rule " + rule + " to topic " + target,
                                "events.amazonaws.com",
                                key,
                                Map.of("aws:sns:topicArn", target),
                                Map.of(),
                                trouble));
        inventory.all(MessageTypes.QUEUE).stream()
                .filter(queue -> arn("sqs", queue.name()).equals(target))
                .flatMap(queue -> Scene.text(queue.properties(), "KmsMasterKeyId").stream())
                .forEach(key ->
                        attempt(
                                "rule " + rule + " to queue " + target,
                                "events.amazonaws.com",
                                key,
                                Map.of("aws:sqs:arn", target),
                                Map.of(
                                        "aws:SourceArn",
                                        arn("events", "rule/" + rule),
                                        "aws:SourceAccount",
                                        account.accountId()),
                                trouble));
    }

    private void attempt(
            String what,
            String principal,
            String key,
            Map<String, String> context,
            Map<String, String> conditions,
            List<String> trouble) {
        try {
            new KeyAccess(account)
                    .service(principal, key, context, conditions, "GenerateDataKey", "Decrypt");
        } catch (Refusal e) {
            trouble.add("Delivery from " + what + " would fail: " + e.text());
        }
    }

    private String arn(String service, String resource) {
        return "arn:"
                + account.partition()
                + ":"
                + service
                + ":"
                + account.region()
                + ":"
                + account.accountId()
                + ":"
                + resource;
    }
}
