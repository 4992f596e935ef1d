package io.bedrockbudgeteer.keyguard.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// CloudWatch: alarms by name.
public final class FakeCloudWatch {
    private final Map<String, Map<String, Object>> alarms = new LinkedHashMap<>();

    public synchronized Map<String, Map<String, Object>> alarms() {
        return Map.copyOf(alarms);
    }

    public synchronized void alarm(String name, Map<String, Object> members) {
        alarms.put(name, members);
    }

    /// What an operator does in the console.
    public synchronized void remove(String name) {
        alarms.remove(name);
    }

    synchronized Map<String, Object> handle(String operation, Map<String, Object> input) {
        return switch (operation) {
            case "cloudwatch:PutMetricAlarm" -> {
                String name = String.valueOf(input.get("AlarmName"));
                Map<String, Object> alarm = new LinkedHashMap<>(input);
                alarm.put("AlarmArn", "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:" + name);
                alarm.put("StateValue", "INSUFFICIENT_DATA");
                alarms.put(name, alarm);
                yield Map.of();
            }
            case "cloudwatch:DescribeAlarms" -> {
                List<Object> found = new ArrayList<>();
                for (Object name : (List<?>) input.getOrDefault("AlarmNames", List.of())) {
                    Map<String, Object> alarm = alarms.get(String.valueOf(name));
                    if (alarm != null) found.add(alarm);
                }
                yield Map.of("MetricAlarms", found);
            }
            case "cloudwatch:DeleteAlarms" -> {
                for (Object name : (List<?>) input.getOrDefault("AlarmNames", List.of()))
                    alarms.remove(String.valueOf(name));
                yield Map.of();
            }
            default -> throw new AwsError(501, "NotFaked", operation);
        };
    }
}
