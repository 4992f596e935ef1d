package io.bedrockbudgeteer.local.service.cloudwatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.account.Refusal;
import io.bedrockbudgeteer.local.service.access.Attempt;
import io.bedrockbudgeteer.local.service.access.CallLog;
import io.bedrockbudgeteer.local.service.access.Contexts;
import io.bedrockbudgeteer.local.service.access.Json;
import io.bedrockbudgeteer.local.service.cloudwatch.AlarmStore.Alarm;
import io.bedrockbudgeteer.local.service.wire.Face;
import io.bedrockbudgeteer.local.service.wire.Members;
import io.bedrockbudgeteer.local.service.wire.Result;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/// The alarm operations of CloudWatch (CloudWatch API Reference). Alarms are stored; only those on
/// the number of messages in a queue are evaluated.
public final class CloudWatchFace implements Face {
    private static final Set<String> STATES = Set.of("OK", "ALARM", "INSUFFICIENT_DATA");

    /// Stored, but without meaning for DescribeAlarms.
    private static final Set<String> NOT_DESCRIBED = Set.of("Tags");

    private final AlarmStore alarms;
    private final CallLog log;
    private final String partition;
    private final String region;
    private final String account;
    private final InstantSource clock;

    public CloudWatchFace(
            AlarmStore alarms,
            CallLog log,
            String partition,
            String region,
            String account,
            InstantSource clock) {
        this.alarms = alarms;
        this.log = log;
        this.partition = partition;
        this.region = region;
        this.account = account;
        this.clock = clock;
    }

    @Override
    public Result call(Attempt attempt, String operation, JsonNode input) {
        return switch (operation) {
            case "PutMetricAlarm" -> put(attempt, input);
            case "DescribeAlarms" -> describe(attempt, input);
            case "DeleteAlarms" -> delete(attempt, input);
            case "SetAlarmState" -> setState(attempt, input);
            default -> throw new NotModelledException("cloudwatch:" + operation);
        };
    }

    private Result put(Attempt attempt, JsonNode input) {
        AlarmRules.check(input);
        String name = input.path("AlarmName").asText();
        require(attempt, "cloudwatch:PutMetricAlarm", arn(name));
        if (!input.path("Tags").isEmpty()) require(attempt, "cloudwatch:TagResource", arn(name));
        Metrics.unpublished(input)
                .forEach(problem -> log.violation("alarm " + name + ": " + problem));
        alarms.put(name, input);
        return Result.json(Json.MAPPER.createObjectNode());
    }

    private Result describe(Attempt attempt, JsonNode input) {
        Members members =
                Members.of(
                        input,
                        "AlarmNames",
                        "AlarmNamePrefix",
                        "AlarmTypes",
                        "StateValue",
                        "ActionPrefix",
                        "MaxRecords");
        List<String> names = members.texts("AlarmNames");
        List<String> types = members.texts("AlarmTypes");
        // Named metric alarms can be scoped by their ARNs, a search and composite alarms need all
        // alarms (CloudWatch API Reference,
        // DescribeAlarms; Service Authorization Reference, "Actions, resources, and condition keys
        // for Amazon CloudWatch").
        boolean each = !names.isEmpty() && !types.contains("CompositeAlarm");
        for (String name : each ? names : List.of("*"))
            require(attempt, "cloudwatch:DescribeAlarms", arn(name));
        ArrayNode found = Json.MAPPER.createArrayNode();
        for (var entry : alarms.list()) {
            boolean named = names.isEmpty() || names.contains(entry.getKey());
            boolean prefixed =
                    members.text("AlarmNamePrefix").map(entry.getKey()::startsWith).orElse(true);
            boolean inState =
                    members.text("StateValue").map(entry.getValue().state()::equals).orElse(true);
            boolean acting =
                    members.text("ActionPrefix").map(p -> acts(entry.getValue(), p)).orElse(true);
            boolean typed = types.isEmpty() || types.contains("MetricAlarm");
            if (named && prefixed && inState && acting && typed)
                found.add(described(entry.getKey(), entry.getValue()));
        }
        ObjectNode result = Json.MAPPER.createObjectNode();
        result.set("MetricAlarms", found);
        result.putArray("CompositeAlarms");
        return Result.json(result);
    }

    private static boolean acts(Alarm alarm, String prefix) {
        for (String kind : List.of("AlarmActions", "OKActions", "InsufficientDataActions")) {
            for (JsonNode action : alarm.input().path(kind))
                if (action.asText().startsWith(prefix)) return true;
        }
        return false;
    }

    /// Missing names are passed over, as the API page says for a single one.
    private Result delete(Attempt attempt, JsonNode input) {
        List<String> names = Members.of(input, "AlarmNames").texts("AlarmNames");
        if (names.isEmpty()) throw AlarmRules.missing("AlarmNames");
        for (String name : names) require(attempt, "cloudwatch:DeleteAlarms", arn(name));
        names.forEach(alarms::remove);
        return Result.json(Json.MAPPER.createObjectNode());
    }

    private Result setState(Attempt attempt, JsonNode input) {
        Members members =
                Members.of(input, "AlarmName", "StateValue", "StateReason", "StateReasonData");
        String name = members.required("AlarmName");
        String state = members.required("StateValue");
        require(attempt, "cloudwatch:SetAlarmState", arn(name));
        if (!STATES.contains(state))
            throw new Refusal("ValidationError", 400, "StateValue must be one of " + STATES);
        Alarm alarm =
                alarms.find(name)
                        .orElseThrow(() ->
                                new Refusal(
                                        "ResourceNotFound",
                                        404,
                                        "Alarm " + name + " does not exist."));
        alarms.state(name, alarm, state, members.required("StateReason"));
        return Result.json(Json.MAPPER.createObjectNode());
    }

    private JsonNode described(String name, Alarm alarm) {
        ObjectNode node =
                Json.MAPPER.createObjectNode().put("AlarmName", name).put("AlarmArn", arn(name));
        alarm.input()
                .properties()
                .forEach(member -> {
                    if (!NOT_DESCRIBED.contains(member.getKey()))
                        node.set(member.getKey(), member.getValue());
                });
        if (!node.has("ActionsEnabled")) node.put("ActionsEnabled", true);
        for (String kind :
                List.of("AlarmActions", "OKActions", "InsufficientDataActions", "Dimensions")) {
            if (!node.has(kind)) node.putArray(kind);
        }
        return node.put("StateValue", alarm.state())
                .put("StateReason", alarm.reason())
                .put("StateUpdatedTimestamp", alarm.stateUpdated().getEpochSecond())
                .put("AlarmConfigurationUpdatedTimestamp", alarm.updated().getEpochSecond());
    }

    private String arn(String name) {
        return "arn:" + partition + ":cloudwatch:" + region + ":" + account + ":alarm:" + name;
    }

    private void require(Attempt attempt, String action, String resource) {
        attempt.require(
                action,
                resource,
                Contexts.global(attempt.who(), region, account, false, clock.instant()).build(),
                "AccessDenied",
                403);
    }
}
