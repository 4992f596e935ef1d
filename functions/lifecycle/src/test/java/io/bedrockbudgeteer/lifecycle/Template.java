package io.bedrockbudgeteer.lifecycle;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What one version of a stack's template asks for.
///
/// @param resources the custom resources with their properties; a `KeyArn` that refers to an
///   earlier guard's attribute is filled in by the stack
/// @param siblingFails whether a resource behind the guards cannot be made
record Template(Map<Guard, Map<String, Object>> resources, boolean siblingFails) {
    /// The purposes of the statements that the properties below lead to, sorted.
    static final List<String> PURPOSES =
            List.of("AlarmTopic", "LogGroups", "TrailDataKeys", "TrailDecrypt", "TrailDescribeKey");

    private static final String LOG_GROUPS = "arn:aws:logs:eu-central-1:111122223333:log-group:/";

    Template {
        EnumMap<Guard, Map<String, Object>> copy = new EnumMap<>(Guard.class);
        copy.putAll(resources);
        resources = copy;
    }

    /// The guards of a stack that has only the policy of the key changed, which is what most tests
    /// are about.
    static Template grants(String keyArn, String environment) {
        return new Template(
                Map.of(Guard.GRANTS, properties(Guard.GRANTS, keyArn, environment)), false);
    }

    /// A stack that needs two statements.
    ///
    /// @param logs where its log groups are, below its environment
    static Template logsAndAlarms(String keyArn, String environment, String logs) {
        return new Template(
                Map.of(
                        Guard.GRANTS,
                        Map.of(
                                "KeyArn",
                                keyArn,
                                "Environment",
                                environment,
                                "LogGroupArns",
                                List.of(LOG_GROUPS + environment + logs),
                                "AlarmArns",
                                List.of(alarms(environment)))),
                false);
    }

    private static String alarms(String environment) {
        return "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:" + environment + "-*";
    }

    /// All four guards.
    static Template all(String keyArn, String environment) {
        Map<Guard, Map<String, Object>> all = new EnumMap<>(Guard.class);
        for (Guard guard : Guard.values()) all.put(guard, properties(guard, keyArn, environment));
        return new Template(all, false);
    }

    private static Map<String, Object> properties(Guard guard, String keyArn, String environment) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("KeyArn", keyArn);
        switch (guard) {
            case CHECK -> {}
            case GRANTS -> {
                properties.put("Environment", environment);
                properties.put(
                        "TrailArn",
                        "arn:aws:cloudtrail:eu-central-1:111122223333:trail/" + environment);
                properties.put("LogGroupArns", List.of(LOG_GROUPS + environment));
                properties.put("AlarmArns", List.of(alarms(environment)));
            }
            case ALARM -> {
                properties.put("Environment", environment);
                properties.put("Threshold", "5000");
            }
            case PARAMETER -> {
                properties.put("Name", "/" + environment + "/tiers");
                properties.put("Value", Account.SECRET + "-" + environment);
            }
        }
        return properties;
    }

    /// The same with other properties of one guard.
    Template with(Guard guard, Map<String, ?> more) {
        EnumMap<Guard, Map<String, Object>> copy = new EnumMap<>(resources);
        copy.computeIfPresent(
                guard,
                (_, properties) -> {
                    Map<String, Object> all = new LinkedHashMap<>(properties);
                    all.putAll(more);
                    return all;
                });
        return new Template(copy, siblingFails);
    }

    /// The same, where one guard is told of no key.
    Template withoutKey(Guard guard) {
        EnumMap<Guard, Map<String, Object>> copy = new EnumMap<>(resources);
        copy.computeIfPresent(
                guard,
                (_, properties) -> {
                    Map<String, Object> all = new LinkedHashMap<>(properties);
                    all.remove("KeyArn");
                    return all;
                });
        return new Template(copy, siblingFails);
    }

    Template without(Guard guard) {
        EnumMap<Guard, Map<String, Object>> copy = new EnumMap<>(resources);
        copy.remove(guard);
        return new Template(copy, siblingFails);
    }

    /// The same template, of which something behind the guards cannot be made.
    Template failing() {
        return new Template(resources, true);
    }
}
