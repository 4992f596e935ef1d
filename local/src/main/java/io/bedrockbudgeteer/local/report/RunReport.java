package io.bedrockbudgeteer.local.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.bedrockbudgeteer.local.account.ApiCall;
import io.bedrockbudgeteer.local.account.DeadLetter;
import io.bedrockbudgeteer.local.engine.StackEvent;
import io.bedrockbudgeteer.local.engine.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything one stack operation did. Immutable. Values of parameters are left out, those marked
/// NoEcho are masked in outputs; properties of resources are as they are, and therefore not in
/// [ResourceView#toString].
///
/// @param operation `create`, `update` or `delete`
/// @param reason why it failed; empty otherwise
/// @param events of this operation, oldest first; none when there was nothing to do
/// @param policies before and after; the key that the stack uses first, then other keys whose
///   policy changed
/// @param apiCalls of this operation, oldest first
/// @param alarms input of PutMetricAlarm by alarm name, as it stands now
/// @param alarmStates state by alarm name, as it stands now
/// @param deadLetters events that were given up during this operation and had a failure destination
/// @param parameters in Parameter Store, as they stand now
/// @param notModelled what this simulation leaves out, and accepted properties that have no effect
///   here
/// @param violations rules that functions broke, and calls that are not modelled; any of them fails
///   the run
/// @param undeliverable deliveries to encrypted topics and queues that would fail on AWS
/// @param logs what functions wrote to standard output during this operation, by function name
/// @param resources what lives in the stack, by logical id
public record RunReport(
        String operation,
        String stackName,
        Status status,
        String reason,
        List<StackEvent> events,
        Map<String, String> outputs,
        List<PolicyChange> policies,
        List<ApiCall> apiCalls,
        Map<String, JsonNode> alarms,
        Map<String, String> alarmStates,
        List<DeadLetterView> deadLetters,
        Map<String, ParameterView> parameters,
        List<String> notModelled,
        List<String> violations,
        List<String> undeliverable,
        Map<String, String> logs,
        Map<String, ResourceView> resources,
        Duration took,
        int timeScale) {

    public RunReport {
        events = List.copyOf(events);
        outputs = ordered(outputs);
        policies = List.copyOf(policies);
        apiCalls = List.copyOf(apiCalls);
        alarms = ordered(alarms);
        alarmStates = ordered(alarmStates);
        deadLetters = List.copyOf(deadLetters);
        parameters = ordered(parameters);
        notModelled = List.copyOf(notModelled);
        violations = List.copyOf(violations);
        undeliverable = List.copyOf(undeliverable);
        logs = ordered(logs);
        resources = ordered(resources);
    }

    private static <V> Map<String, V> ordered(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /// Whether the operation did what was asked and nothing broke a rule.
    public boolean success() {
        return status.isSuccess() && violations.isEmpty();
    }

    /// Key policy before the operation, as GetKeyPolicy prints it; empty without a key.
    public String policyBefore() {
        return policies.isEmpty() ? "" : policies.getFirst().before();
    }

    /// Key policy after the operation, as GetKeyPolicy prints it; empty without a key.
    public String policyAfter() {
        return policies.isEmpty() ? "" : policies.getFirst().after();
    }

    /// Events about one resource.
    public List<StackEvent> eventsOf(String logicalId) {
        return events.stream().filter(event -> event.logicalId().equals(logicalId)).toList();
    }

    /// One resource that lives in the stack.
    ///
    /// @throws IllegalArgumentException when it does not
    public ResourceView resource(String logicalId) {
        ResourceView view = resources.get(logicalId);
        if (view == null) {
            throw new IllegalArgumentException(
                    "no resource " + logicalId + " in the stack; there are " + resources.keySet());
        }
        return view;
    }

    /// A key's policy around the operation.
    ///
    /// @param before as GetKeyPolicy printed it
    /// @param after as GetKeyPolicy prints it
    /// @param putBefore the bytes last put, before the operation
    /// @param putAfter the bytes last put, after it
    public record PolicyChange(
            String keyArn, String before, String after, String putBefore, String putAfter) {}

    /// An event that Lambda gave up.
    ///
    /// @param queue ARN of the queue that it was for
    /// @param condition `RetriesExhausted` or `EventAgeExceeded`
    /// @param attempts how often the function ran
    /// @param refusal why it did not get into the queue; empty when it did
    /// @param record what lies in the queue, with the queries of URLs taken out
    public record DeadLetterView(
            Instant time,
            String function,
            String queue,
            String condition,
            int attempts,
            String refusal,
            JsonNode record) {

        public static DeadLetterView of(DeadLetter letter) {
            return new DeadLetterView(
                    letter.time(),
                    letter.function(),
                    letter.destination(),
                    letter.condition(),
                    letter.attempts(),
                    letter.refusal(),
                    Redaction.json(letter.record()));
        }
    }

    /// A parameter without its value.
    ///
    /// @param keyId empty for a plain String
    public record ParameterView(String type, Optional<String> keyId, int version) {}

    /// A resource with its last successful resolved properties.
    public record ResourceView(String type, String physicalId, Map<String, Object> properties) {
        @Override
        public String toString() {
            return "ResourceView[" + type + ", " + physicalId + "]";
        }
    }
}
