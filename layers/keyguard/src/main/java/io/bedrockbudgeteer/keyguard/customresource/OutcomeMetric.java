package io.bedrockbudgeteer.keyguard.customresource;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How one request ended and how long it took, as a log line that CloudWatch turns into the metrics
/// `Requests` and `Duration` of the namespace `BedrockBudgeteer/KeyGuard`. Source: CloudWatch User
/// Guide, Specification: embedded metric format.
///
/// @param resourceType such as `Custom::KmsKeyCheck`
/// @param requestType `Create`, `Update`, `Delete`, or `Unknown` when the event does not say
/// @param ending how it ended
/// @param millis length of the invocation
record OutcomeMetric(String resourceType, String requestType, Ending ending, long millis) {
    static final String NAMESPACE = "BedrockBudgeteer/KeyGuard";

    enum Ending {
        /// SUCCESS was delivered.
        SUCCESS,
        /// FAILED was delivered.
        FAILED,
        /// The answer could not be delivered; Lambda runs the event again.
        UNDELIVERED,
        /// The event does not carry what an answer needs.
        UNANSWERABLE
    }

    Map<String, Object> line(Instant now) {
        Map<String, Object> definition = new LinkedHashMap<>();
        definition.put("Namespace", NAMESPACE);
        definition.put("Dimensions", List.of(List.of("ResourceType", "RequestType", "Status")));
        definition.put(
                "Metrics",
                List.of(metric("Requests", "Count"), metric("Duration", "Milliseconds")));
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("Timestamp", now.toEpochMilli());
        header.put("CloudWatchMetrics", List.of(definition));
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("_aws", header);
        line.put("ResourceType", resourceType);
        line.put("RequestType", requestType);
        line.put("Status", ending.name());
        line.put("Requests", 1);
        line.put("Duration", millis);
        return line;
    }

    private static Map<String, Object> metric(String name, String unit) {
        Map<String, Object> metric = new LinkedHashMap<>();
        metric.put("Name", name);
        metric.put("Unit", unit);
        return metric;
    }
}
