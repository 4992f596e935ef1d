package io.bedrockbudgeteer.local.service.cloudwatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bedrockbudgeteer.local.account.Alarms;
import io.bedrockbudgeteer.local.account.NotModelledException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// The alarms of the account. Thread-safe.
public final class AlarmStore implements Alarms {
    private final InstantSource clock;
    private final Map<String, Alarm> alarms = new TreeMap<>();
    private final Map<Metric, Double> latest = new HashMap<>();

    public AlarmStore(InstantSource clock) {
        this.clock = clock;
    }

    /// A metric that this simulation measures itself.
    public record Metric(String namespace, String name, Map<String, String> dimensions) {
        public Metric {
            dimensions = Map.copyOf(dimensions);
        }

        boolean isWatchedBy(JsonNode alarm) {
            Map<String, String> wanted = new HashMap<>();
            alarm.path("Dimensions")
                    .forEach(d -> wanted.put(d.path("Name").asText(), d.path("Value").asText()));
            return namespace.equals(alarm.path("Namespace").asText())
                    && name.equals(alarm.path("MetricName").asText())
                    && dimensions.equals(wanted);
        }
    }

    /// An alarm and its state.
    record Alarm(
            JsonNode input, String state, String reason, Instant updated, Instant stateUpdated) {}

    @Override
    public synchronized Map<String, JsonNode> all() {
        Map<String, JsonNode> inputs = new TreeMap<>();
        alarms.forEach((name, alarm) -> inputs.put(name, alarm.input().deepCopy()));
        return inputs;
    }

    @Override
    public synchronized Map<String, String> states() {
        Map<String, String> states = new TreeMap<>();
        alarms.forEach((name, alarm) -> states.put(name, alarm.state()));
        return states;
    }

    /// A new value of a metric. Assumption: it stands for every period that an alarm looks at, so
    /// the alarms on it change at once.
    public synchronized void datapoint(Metric metric, double value) {
        latest.put(metric, value);
        for (var entry : list()) {
            if (metric.isWatchedBy(entry.getValue().input())) judge(entry.getKey(), value);
        }
    }

    /// What the metric was about is gone; alarms stay as they are.
    public synchronized void noMore(Metric metric) {
        latest.remove(metric);
    }

    private void judge(String name, double value) {
        Alarm alarm = Objects.requireNonNull(alarms.get(name));
        JsonNode input = alarm.input();
        double measured = input.path("Statistic").asText().equals("SampleCount") ? 1 : value;
        // A template may write numbers as text.
        double threshold = input.path("Threshold").asDouble();
        String comparison = input.path("ComparisonOperator").asText();
        boolean breached =
                switch (comparison) {
                    case "GreaterThanThreshold" -> measured > threshold;
                    case "GreaterThanOrEqualToThreshold" -> measured >= threshold;
                    case "LessThanThreshold" -> measured < threshold;
                    case "LessThanOrEqualToThreshold" -> measured <= threshold;
                    default ->
                            throw new NotModelledException("alarm " + name + " with " + comparison);
                };
        String state = breached ? "ALARM" : "OK";
        if (!state.equals(alarm.state())) {
            state(
                    name,
                    alarm,
                    state,
                    "Threshold Crossed: 1 datapoint ["
                            + measured
                            + "] was "
                            + (breached ? "" : "not ")
                            + comparison
                            + " ("
                            + threshold
                            + ").");
        }
    }

    /// A new alarm has insufficient data; overwriting keeps the state (CloudWatch API Reference,
    /// PutMetricAlarm).
    @Override
    public synchronized void put(String name, JsonNode input) {
        Instant now = clock.instant();
        Alarm before = alarms.get(name);
        ObjectNode copy = input.deepCopy();
        if (!copy.has("AlarmName")) copy.put("AlarmName", name);
        alarms.put(
                name,
                before == null
                        ? new Alarm(
                                copy,
                                "INSUFFICIENT_DATA",
                                "Unchecked: Initial alarm creation",
                                now,
                                now)
                        : new Alarm(
                                copy, before.state(), before.reason(), now, before.stateUpdated()));
        latest.forEach((metric, value) -> {
            if (metric.isWatchedBy(copy)) judge(name, value);
        });
    }

    @Override
    public synchronized void remove(String name) {
        alarms.remove(name);
    }

    synchronized Optional<Alarm> find(String name) {
        return Optional.ofNullable(alarms.get(name));
    }

    synchronized List<Map.Entry<String, Alarm>> list() {
        return List.copyOf(new TreeMap<>(alarms).entrySet());
    }

    synchronized void state(String name, Alarm alarm, String state, String reason) {
        alarms.put(name, new Alarm(alarm.input(), state, reason, alarm.updated(), clock.instant()));
    }
}
