package io.bedrockbudgeteer.keyguard.alarm;

import io.bedrockbudgeteer.keyguard.aws.AwsClients;
import io.bedrockbudgeteer.keyguard.aws.Deadline;
import io.bedrockbudgeteer.keyguard.aws.Pace;
import io.bedrockbudgeteer.keyguard.aws.Problem;
import io.bedrockbudgeteer.keyguard.aws.Reply;
import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.finding.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.DeleteAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricStat;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;

/// Writes, reads back and deletes usage alarms. All operations may be repeated.
public final class AlarmStore {
    private static final String TOTAL = "total";
    // CloudWatch shows a new alarm within a moment; it does not promise when.
    private static final int READ_BACKS = 5;
    private static final Duration BETWEEN_READ_BACKS = Duration.ofSeconds(1);

    private final AwsClients clients;
    private final Deadline deadline;
    private final Pace pace;

    public AlarmStore(AwsClients clients, Deadline deadline, Pace pace) {
        this.clients = clients;
        this.deadline = deadline;
        this.pace = pace;
    }

    /// What became of a write.
    public sealed interface Written {
        /// The alarm stands in CloudWatch as it was asked for.
        record Done(String alarmArn) implements Written {}

        record Failed(Finding finding) implements Written {}
    }

    /// Creates the alarm, or overwrites the one of this name, and reads it back.
    public Written write(UsageAlarm alarm) {
        deadline.beforeWriting("cloudwatch:PutMetricAlarm");
        Reply<?> put =
                Reply.of(
                        "cloudwatch:PutMetricAlarm",
                        () -> clients.cloudWatch().putMetricAlarm(request(alarm)));
        if (put.trouble().isPresent()) return refused(alarm, put.trouble().get());
        for (int read = 1; read <= READ_BACKS; read++) {
            Reply<Optional<MetricAlarm>> back = find(alarm.name());
            if (back.trouble().isPresent()) return refused(alarm, back.trouble().get());
            Optional<MetricAlarm> stored =
                    back.found().flatMap(found -> found).filter(found -> says(found, alarm));
            if (stored.isPresent()) return new Written.Done(stored.get().alarmArn());
            deadline.pause(pace.of(BETWEEN_READ_BACKS));
        }
        return new Written.Failed(
                Finding.of(
                        Rule.ALM003,
                        "The alarm "
                                + alarm.name()
                                + " was put, but CloudWatch does not show it as it was put.",
                        "Check that nothing else writes this alarm, then repeat the operation."));
    }

    /// Deletes the alarm of this name unless it is gone or belongs to another stack.
    ///
    /// @return whether there is nothing of ours left, or the problem
    public Reply<Boolean> delete(String name, String stackId) {
        Reply<Optional<MetricAlarm>> found = find(name);
        if (found.trouble().isPresent()) return new Reply.Failed<>(found.trouble().get());
        Optional<MetricAlarm> ours =
                found.found().flatMap(alarm -> alarm).filter(alarm -> !isForeign(alarm, stackId));
        if (ours.isEmpty()) return new Reply.Ok<>(true);
        deadline.beforeWriting("cloudwatch:DeleteAlarms");
        Reply<Boolean> deleted =
                Reply.of(
                        "cloudwatch:DeleteAlarms",
                        () -> {
                            clients.cloudWatch()
                                    .deleteAlarms(
                                            DeleteAlarmsRequest.builder()
                                                    .alarmNames(name)
                                                    .overrideConfiguration(
                                                            AwsClients.limits(deadline))
                                                    .build());
                            return true;
                        });
        boolean isGone =
                deleted.trouble()
                        .filter(problem -> problem.kind() == Problem.Kind.NOT_FOUND)
                        .isPresent();
        return isGone ? new Reply.Ok<>(true) : deleted;
    }

    private static boolean isForeign(MetricAlarm alarm, String stackId) {
        String description = alarm.alarmDescription();
        return description != null
                && description.contains(UsageAlarm.ownerMark(""))
                && !description.contains(UsageAlarm.ownerMark(stackId));
    }

    private Reply<Optional<MetricAlarm>> find(String name) {
        return Reply.of(
                "cloudwatch:DescribeAlarms",
                () ->
                        clients
                                .cloudWatch()
                                .describeAlarms(
                                        DescribeAlarmsRequest.builder()
                                                .alarmNames(name)
                                                .overrideConfiguration(AwsClients.limits(deadline))
                                                .build())
                                .metricAlarms()
                                .stream()
                                .filter(alarm -> name.equals(alarm.alarmName()))
                                .findFirst());
    }

    private static Written refused(UsageAlarm alarm, Problem problem) {
        String fix =
                problem.kind() == Problem.Kind.DENIED
                        ? "Allow "
                                + problem.operation()
                                + " on the alarm "
                                + alarm.name()
                                + " to the role of this function."
                        : "Correct the alarm's properties, or repeat the operation.";
        return new Written.Failed(
                Finding.of(
                        Rule.ALM003,
                        "The alarm " + alarm.name() + " could not be made: " + problem.text() + ".",
                        fix));
    }

    private static boolean says(MetricAlarm stored, UsageAlarm wanted) {
        return stored.threshold() != null
                && stored.threshold() == wanted.threshold()
                && Set.copyOf(stored.alarmActions()).equals(Set.copyOf(wanted.actions()))
                && wanted.description().equals(stored.alarmDescription())
                && sayings(stored.metrics()).equals(sayings(metrics(wanted)));
    }

    // CloudWatch may add members of its own and order lists as it likes; what an alarm computes
    // must be the same.
    private static Set<String> sayings(List<MetricDataQuery> queries) {
        return queries.stream()
                .map(query ->
                        query.id()
                                + " "
                                + query.expression()
                                + " "
                                + (query.metricStat() == null ? "" : saying(query.metricStat())))
                .collect(Collectors.toSet());
    }

    private static String saying(MetricStat stat) {
        Map<String, String> dimensions = new TreeMap<>();
        for (Dimension dimension : stat.metric().dimensions())
            dimensions.put(dimension.name(), dimension.value());
        return stat.metric().namespace()
                + " "
                + stat.metric().metricName()
                + " "
                + dimensions
                + " "
                + stat.stat()
                + " "
                + stat.period();
    }

    private PutMetricAlarmRequest request(UsageAlarm alarm) {
        return PutMetricAlarmRequest.builder()
                .alarmName(alarm.name())
                .alarmDescription(alarm.description())
                .metrics(metrics(alarm))
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                .threshold(alarm.threshold())
                // The API takes an alarm without it, and the alarm then never evaluates.
                .evaluationPeriods(1)
                // A key that nobody uses publishes nothing; that is fine, not unknown.
                .treatMissingData("notBreaching")
                .actionsEnabled(true)
                .alarmActions(alarm.actions())
                .overrideConfiguration(AwsClients.limits(deadline))
                .build();
    }

    private static List<MetricDataQuery> metrics(UsageAlarm alarm) {
        List<MetricDataQuery> queries = new ArrayList<>();
        List<String> filled = new ArrayList<>();
        for (KmsMetrics.Operation operation : KmsMetrics.OPERATIONS) {
            String id = "m" + (queries.size() + 1);
            filled.add("FILL(" + id + ",0)");
            queries.add(query(id, operation, alarm));
        }
        queries.add(
                MetricDataQuery.builder()
                        .id(TOTAL)
                        .label("Successful requests on the key")
                        // One operation without data would make the whole sum empty.
                        .expression("SUM([" + String.join(",", filled) + "])")
                        .returnData(true)
                        .build());
        return queries;
    }

    private static MetricDataQuery query(
            String id, KmsMetrics.Operation operation, UsageAlarm alarm) {
        List<Dimension> dimensions =
                switch (operation.dimension()) {
                    case ONE_KEY ->
                            List.of(
                                    dimension("KeyArn", alarm.keyArn()),
                                    dimension("Operation", operation.operation()));
                    case SOURCE_AND_DESTINATION ->
                            List.of(
                                    dimension("SourceKeyArn", alarm.keyArn()),
                                    dimension("DestinationKeyArn", alarm.keyArn()),
                                    dimension("Operation", operation.operation()));
                };
        Metric metric =
                Metric.builder()
                        .namespace(KmsMetrics.NAMESPACE)
                        .metricName(KmsMetrics.NAME)
                        .dimensions(dimensions)
                        .build();
        MetricStat stat =
                MetricStat.builder()
                        .metric(metric)
                        .stat("Sum")
                        .period((int) alarm.period().toSeconds())
                        .build();
        return MetricDataQuery.builder().id(id).metricStat(stat).returnData(false).build();
    }

    private static Dimension dimension(String name, String value) {
        return Dimension.builder().name(name).value(value).build();
    }
}
