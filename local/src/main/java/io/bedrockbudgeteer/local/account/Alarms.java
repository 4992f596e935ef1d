package io.bedrockbudgeteer.local.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/// Simulated CloudWatch alarms, for reports and tests: the input of PutMetricAlarm by alarm name.
public interface Alarms {
    Map<String, JsonNode> all();

    /// State by alarm name: `OK`, `ALARM` or `INSUFFICIENT_DATA`.
    default Map<String, String> states() {
        return Map.of();
    }

    /// Creates or overwrites an alarm, as PutMetricAlarm does.
    default void put(String name, JsonNode input) {
        throw new NotModelledException("alarm " + name + " " + input);
    }

    /// Removes an alarm; a missing one is fine, as with DeleteAlarms.
    default void remove(String name) {
        throw new NotModelledException("deletion of alarm " + name);
    }
}
