package io.bedrockbudgeteer.local.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reports for machines: one object, or a list of them when there were several operations.
public final class JsonReport {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonReport() {}

    public static String of(RunReport report) {
        return write(tree(report));
    }

    public static String of(List<RunReport> reports) {
        return write(reports.stream().map(JsonReport::tree).toList());
    }

    private static String write(Object tree) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report of maps, lists and strings is writable", e);
        }
    }

    private static Map<String, Object> tree(RunReport report) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("status", report.status().name());
        tree.put(
                "events",
                report.events().stream()
                        .map(event -> {
                            Map<String, Object> row = new LinkedHashMap<>();
                            row.put("time", event.time().toString());
                            row.put("logicalId", event.logicalId());
                            row.put("type", event.type());
                            row.put("physicalId", event.physicalId());
                            row.put("status", event.status().name());
                            row.put("reason", event.reason());
                            return row;
                        })
                        .toList());
        tree.put("outputs", report.outputs());
        tree.put("policyBefore", report.policyBefore());
        tree.put("policyAfter", report.policyAfter());
        tree.put(
                "apiCalls",
                report.apiCalls().stream()
                        .map(call -> {
                            Map<String, Object> row = new LinkedHashMap<>();
                            row.put("time", call.time().toString());
                            row.put("caller", call.caller());
                            row.put("action", call.action());
                            row.put("resource", call.resource());
                            row.put("allowed", call.allowed());
                            row.put("decidedBy", call.decidedBy());
                            return row;
                        })
                        .toList());
        tree.put("alarms", alarms(report));
        tree.put(
                "deadLetters",
                report.deadLetters().stream()
                        .map(letter -> {
                            Map<String, Object> row = new LinkedHashMap<>();
                            row.put("time", letter.time().toString());
                            row.put("function", letter.function());
                            row.put("queue", letter.queue());
                            row.put("condition", letter.condition());
                            row.put("attempts", letter.attempts());
                            row.put("refusal", letter.refusal());
                            row.put("record", letter.record());
                            return row;
                        })
                        .toList());
        tree.put("notModelled", report.notModelled());
        return tree;
    }

    /// The input of PutMetricAlarm and, as DescribeAlarms adds it, the state.
    private static List<JsonNode> alarms(RunReport report) {
        List<JsonNode> alarms = new ArrayList<>();
        report.alarms()
                .forEach((name, alarm) -> {
                    JsonNode copy = alarm.deepCopy();
                    String state = report.alarmStates().get(name);
                    if (state != null && copy instanceof ObjectNode object)
                        object.put("StateValue", state);
                    alarms.add(copy);
                });
        return alarms;
    }
}
