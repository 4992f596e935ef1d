package io.bedrockbudgeteer.keyalarm;

import io.bedrockbudgeteer.keyguard.alarm.AlarmStore;
import io.bedrockbudgeteer.keyguard.alarm.UsageAlarm;
import io.bedrockbudgeteer.keyguard.aws.Environment;
import io.bedrockbudgeteer.keyguard.aws.Problem;
import io.bedrockbudgeteer.keyguard.aws.Reply;
import io.bedrockbudgeteer.keyguard.customresource.CustomResourceHandler;
import io.bedrockbudgeteer.keyguard.customresource.FindingsText;
import io.bedrockbudgeteer.keyguard.customresource.Outcome;
import io.bedrockbudgeteer.keyguard.customresource.Properties;
import io.bedrockbudgeteer.keyguard.customresource.Request;
import io.bedrockbudgeteer.keyguard.customresource.RequestType;
import io.bedrockbudgeteer.keyguard.customresource.Work;
import io.bedrockbudgeteer.keyguard.finding.Finding;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Entry of the function behind `Custom::KmsKeyAlarms`.
public final class KeyAlarmHandler extends CustomResourceHandler {
    private static final Set<String> PROPERTIES =
            Set.of(
                    "KeyArn",
                    "Environment",
                    "Threshold",
                    "PeriodSeconds",
                    "AlarmActions",
                    "Recheck");
    private static final double DEFAULT_THRESHOLD = 10_000;
    private static final Duration DEFAULT_PERIOD = Duration.ofHours(1);

    public KeyAlarmHandler() {
        start();
    }

    void start() {
        rehearse(
                new AlarmRehearsal(),
                Map.of(),
                Map.of("KeyArn", AlarmRehearsal.KEY, "Environment", "rehearsal"));
    }

    KeyAlarmHandler(Environment environment) {
        super(environment);
    }

    @Override
    protected String resourceType() {
        return "Custom::KmsKeyAlarms";
    }

    @Override
    protected String idPrefix() {
        return "key-alarm";
    }

    // The alarm is the thing: another environment is another alarm, another key is the same alarm
    // on another metric.
    @Override
    protected String thing(Properties properties) {
        return properties.lenientText("Environment").map(UsageAlarm::nameFor).orElse("");
    }

    @Override
    protected Outcome handle(Request request, Work work) {
        AlarmStore store = new AlarmStore(work.clients(), work.deadline(), work.pace());
        return request.type() == RequestType.DELETE
                ? delete(request, work, store)
                : write(request, work, store);
    }

    private static Outcome write(Request request, Work work, AlarmStore store) {
        UsageAlarm alarm = alarm(request.properties().only(PROPERTIES), request.stackId().arn());
        List<Finding> findings = alarm.findings();
        FindingsText.log(work.journal(), findings);
        if (!findings.isEmpty()) return Outcome.failure(FindingsText.reason(findings));
        work.ensureFits(
                request.id(),
                attributes(
                        alarm,
                        "arn:aws-us-gov:cloudwatch:us-gov-west-1:111122223333:alarm:"
                                + alarm.name()));
        return switch (store.write(alarm)) {
            case AlarmStore.Written.Done(String arn) -> {
                work.journal().info("alarm-written", Map.of("alarm", alarm.name()));
                yield Outcome.success(request.id(), attributes(alarm, arn));
            }
            case AlarmStore.Written.Failed(Finding finding) -> {
                FindingsText.log(work.journal(), List.of(finding));
                yield Outcome.failure(finding.line());
            }
        };
    }

    private static UsageAlarm alarm(Properties properties, String stackId) {
        return new UsageAlarm(
                UsageAlarm.nameFor(properties.requiredText("Environment")),
                properties.requiredText("KeyArn"),
                properties.number("Threshold").orElse(DEFAULT_THRESHOLD),
                Duration.ofSeconds(
                        properties.wholeNumber(
                                "PeriodSeconds",
                                DEFAULT_PERIOD.toSeconds(),
                                Integer.MIN_VALUE,
                                Integer.MAX_VALUE)),
                properties.texts("AlarmActions"),
                stackId);
    }

    private static Map<String, String> attributes(UsageAlarm alarm, String arn) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put("KeyArn", alarm.keyArn());
        data.put("UsageAlarmName", alarm.name());
        data.put("UsageAlarmArn", arn);
        data.put("Findings", FindingsText.attribute(List.of()));
        return data;
    }

    private static Outcome delete(Request request, Work work, AlarmStore store) {
        Optional<String> name =
                request.properties().lenientText("Environment").map(UsageAlarm::nameFor);
        if (name.isEmpty()) {
            work.journal().warn("nothing-located", Map.of("missing", "Environment"));
            return Outcome.gone();
        }
        return switch (store.delete(name.get(), request.stackId().arn())) {
            case Reply.Ok<Boolean> _ -> Outcome.gone();
            case Reply.Failed<Boolean>(Problem problem) ->
                    Outcome.failure(
                            "The alarm "
                                    + name.get()
                                    + " could not be deleted: "
                                    + problem.text()
                                    + ". Delete it by hand: aws cloudwatch delete-alarms --alarm-names "
                                    + name.get()
                                    + ", or give cloudwatch:DescribeAlarms and cloudwatch:DeleteAlarms to the role of the function; then repeat the operation.");
        };
    }
}
