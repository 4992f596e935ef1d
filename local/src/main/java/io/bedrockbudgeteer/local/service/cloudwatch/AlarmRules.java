package io.bedrockbudgeteer.local.service.cloudwatch;

import com.fasterxml.jackson.databind.JsonNode;
import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.account.Refusal;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// What PutMetricAlarm checks (CloudWatch API Reference, PutMetricAlarm and MetricDataQuery).
final class AlarmRules {
    private static final Set<String> MODELLED =
            Set.of(
                    "AlarmName",
                    "AlarmDescription",
                    "ActionsEnabled",
                    "OKActions",
                    "AlarmActions",
                    "InsufficientDataActions",
                    "MetricName",
                    "Namespace",
                    "Statistic",
                    "ExtendedStatistic",
                    "Dimensions",
                    "Period",
                    "Unit",
                    "EvaluationPeriods",
                    "DatapointsToAlarm",
                    "Threshold",
                    "ComparisonOperator",
                    "TreatMissingData",
                    "Metrics",
                    "Tags");
    private static final Set<String> COMPARISONS =
            Set.of(
                    "GreaterThanOrEqualToThreshold",
                    "GreaterThanThreshold",
                    "LessThanThreshold",
                    "LessThanOrEqualToThreshold");
    private static final Set<String> STATISTICS =
            Set.of("SampleCount", "Average", "Sum", "Minimum", "Maximum");
    private static final Set<String> MISSING_DATA =
            Set.of("breaching", "notBreaching", "ignore", "missing");
    private static final int DAY = 86_400;

    private AlarmRules() {}

    static void check(JsonNode alarm) {
        for (var member : alarm.properties()) {
            if (!MODELLED.contains(member.getKey()))
                throw new NotModelledException("PutMetricAlarm " + member.getKey());
        }
        String name = alarm.path("AlarmName").asText("");
        if (name.isEmpty()) throw missing("AlarmName");
        if (name.length() > 255) throw invalid("AlarmName must not be longer than 255 characters");
        if (!alarm.has("EvaluationPeriods")) throw missing("EvaluationPeriods");
        int periods = alarm.path("EvaluationPeriods").asInt();
        if (periods < 1) throw invalid("EvaluationPeriods must be at least 1");
        if (alarm.has("DatapointsToAlarm") && alarm.path("DatapointsToAlarm").asInt() > periods) {
            throw invalid("DatapointsToAlarm must not be greater than EvaluationPeriods");
        }
        if (!alarm.has("ComparisonOperator")) throw missing("ComparisonOperator");
        oneOf(alarm, "ComparisonOperator", COMPARISONS);
        if (!alarm.path("Threshold").isNumber()) throw missing("Threshold");
        oneOf(alarm, "TreatMissingData", MISSING_DATA);
        for (String kind : new String[] {"OKActions", "AlarmActions", "InsufficientDataActions"})
            actions(alarm.path(kind));
        if (alarm.path("Metrics").isEmpty()) singleMetric(alarm, periods);
        else queries(alarm, periods);
    }

    private static void singleMetric(JsonNode alarm, int periods) {
        for (String member : new String[] {"MetricName", "Namespace", "Period"})
            if (!alarm.has(member)) throw missing(member);
        if (alarm.has("Statistic") == alarm.has("ExtendedStatistic")) {
            throw combination("Exactly one of Statistic and ExtendedStatistic must be given");
        }
        oneOf(alarm, "Statistic", STATISTICS);
        period(alarm.path("Period").asInt(), periods);
        dimensions(alarm.path("Dimensions"));
    }

    private static void queries(JsonNode alarm, int periods) {
        for (String member :
                new String[] {
                    "MetricName",
                    "Namespace",
                    "Period",
                    "Statistic",
                    "ExtendedStatistic",
                    "Dimensions",
                    "Unit"
                }) {
            if (alarm.has(member))
                throw combination(member + " cannot be given together with Metrics");
        }
        Set<String> ids = new HashSet<>();
        int returned = 0;
        for (JsonNode query : alarm.path("Metrics")) {
            String id = query.path("Id").asText("");
            if (!id.matches("[a-z][a-zA-Z0-9_]*"))
                throw invalid(
                        "The value '" + id + "' for parameter Metrics.member.Id is not matching");
            if (!ids.add(id)) throw invalid("The id '" + id + "' is given twice");
            if (query.has("MetricStat") == query.has("Expression")) {
                throw combination(
                        "Exactly one of MetricStat and Expression must be given for " + id);
            }
            if (query.path("ReturnData").asBoolean(true)) returned++;
            if (query.has("MetricStat")) stat(query.path("MetricStat"), periods);
            else expression(query, periods);
        }
        if (ids.size() > 20) throw invalid("Metrics must not have more than 20 members");
        if (returned != 1)
            throw invalid("Exactly one element of the metrics list should return data.");
    }

    private static void stat(JsonNode stat, int periods) {
        for (String member : new String[] {"Metric", "Period", "Stat"})
            if (!stat.has(member)) throw missing("MetricStat." + member);
        if (!stat.path("Metric").has("MetricName") || !stat.path("Metric").has("Namespace"))
            throw missing("MetricStat.Metric.MetricName");
        period(stat.path("Period").asInt(), periods);
        dimensions(stat.path("Metric").path("Dimensions"));
    }

    private static void expression(JsonNode query, int periods) {
        String text = query.path("Expression").asText();
        // CloudWatch User Guide, "Using search expressions in graphs": a search gives several
        // series, an alarm watches one.
        if (text.contains("SEARCH(")) throw invalid("SEARCH is not supported on Metric Alarms.");
        boolean insights = text.toUpperCase(Locale.ROOT).startsWith("SELECT");
        if (insights && !query.has("Period")) throw missing("Period of a Metrics Insights query");
        if (query.has("Period")) period(query.path("Period").asInt(), periods);
    }

    private static void period(int period, int periods) {
        if (!Set.of(10, 20, 30).contains(period) && (period < 60 || period % 60 != 0)) {
            throw invalid("Period must be 10, 20, 30 or a multiple of 60");
        }
        // One day of data, or seven days when the period is an hour or more.
        long longest = period >= 3600 ? 7L * DAY : DAY;
        if ((long) period * periods > longest) {
            throw invalid(
                    "Metrics cannot be checked across more than "
                            + longest
                            + " seconds (EvaluationPeriods * Period)");
        }
    }

    private static void dimensions(JsonNode dimensions) {
        if (dimensions.size() > 30) throw invalid("Dimensions must not have more than 30 members");
        for (JsonNode dimension : dimensions) {
            if (dimension.path("Name").asText("").isEmpty()
                    || dimension.path("Value").asText("").isEmpty()) {
                throw invalid("A dimension needs Name and Value");
            }
        }
    }

    private static void actions(JsonNode actions) {
        if (actions.size() > 5) throw invalid("An alarm takes at most 5 actions of one kind");
        for (JsonNode action : actions) {
            if (!action.asText().matches("arn:[a-z-]+:[a-z0-9-]+:.*"))
                throw invalid("Invalid arn syntax: " + action.asText());
        }
    }

    private static void oneOf(JsonNode alarm, String member, Set<String> values) {
        if (alarm.has(member) && !values.contains(alarm.path(member).asText())) {
            throw invalid(
                    "The value '"
                            + alarm.path(member).asText()
                            + "' for parameter "
                            + member
                            + " is not one of "
                            + values);
        }
    }

    static Refusal missing(String member) {
        return new Refusal("MissingParameter", 400, "The parameter " + member + " is required.");
    }

    private static Refusal invalid(String message) {
        return new Refusal("ValidationError", 400, message);
    }

    private static Refusal combination(String message) {
        return new Refusal("InvalidParameterCombination", 400, message);
    }
}
