package io.bedrockbudgeteer.local.service.cloudwatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bedrockbudgeteer.local.account.Alarms;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The alarms of the account. Thread-safe.
public final class AlarmStore implements Alarms {
    private final InstantSource clock;
    private final Map<String, Alarm> alarms = new TreeMap<>();

    public AlarmStore(InstantSource clock) {
        this.clock = clock;
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
