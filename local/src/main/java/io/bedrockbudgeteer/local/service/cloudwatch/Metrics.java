package io.bedrockbudgeteer.local.service.cloudwatch;

import com.fasterxml.jackson.databind.JsonNode;
import io.bedrockbudgeteer.local.account.NotModelledException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which metrics exist. PutMetricAlarm takes any name, and an alarm on a metric that nobody
/// publishes stays without data for ever; here it is a violation.
final class Metrics {
    private static final Pattern INSIGHTS =
            Pattern.compile(
                    "SELECT\\s+[A-Z]+\\(\"?(\\w+)\"?\\)\\s+FROM\\s+SCHEMA\\(\"([^\"]+)\"((?:\\s*,\\s*\"?\\w+\"?)*)\\).*",
                    Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    /// What KMS publishes about one key: metric and dimensions (KMS Developer Guide, "Monitor KMS
    /// keys with Amazon CloudWatch").
    private static final Set<String> OF_KMS =
            Set.of(
                    "SuccessfulRequest[KeyArn, Operation]",
                    "SuccessfulRequest[DestinationKeyArn, Operation, SourceKeyArn]",
                    "SecondsUntilKeyMaterialExpiration[KeyId]");

    private Metrics() {}

    /// The metrics of an alarm that are not published, as sentences.
    static List<String> unpublished(JsonNode alarm) {
        List<String> problems = new ArrayList<>();
        if (alarm.has("MetricName")) check(alarm, problems);
        for (JsonNode query : alarm.path("Metrics")) {
            if (query.has("MetricStat")) check(query.path("MetricStat").path("Metric"), problems);
            String expression = query.path("Expression").asText("");
            if (expression.toUpperCase(Locale.ROOT).startsWith("SELECT"))
                checkInsights(expression, problems);
        }
        return problems;
    }

    private static void check(JsonNode metric, List<String> problems) {
        Set<String> dimensions = new TreeSet<>();
        metric.path("Dimensions").forEach(d -> dimensions.add(d.path("Name").asText()));
        check(
                metric.path("Namespace").asText(),
                metric.path("MetricName").asText(),
                dimensions,
                problems);
    }

    private static void checkInsights(String expression, List<String> problems) {
        Matcher matcher = INSIGHTS.matcher(expression);
        if (!matcher.matches())
            throw new NotModelledException("Metrics Insights query " + expression);
        Set<String> dimensions = new TreeSet<>();
        Arrays.stream(matcher.group(3).replace("\"", "").split(","))
                .map(String::trim)
                .filter(d -> !d.isEmpty())
                .forEach(dimensions::add);
        check(matcher.group(2), matcher.group(1), dimensions, problems);
    }

    private static void check(
            String namespace, String metric, Set<String> dimensions, List<String> problems) {
        if (!namespace.equals("AWS/KMS") || OF_KMS.contains(metric + dimensions)) return;
        problems.add("KMS publishes no metric " + metric + " with dimensions " + dimensions);
    }
}
