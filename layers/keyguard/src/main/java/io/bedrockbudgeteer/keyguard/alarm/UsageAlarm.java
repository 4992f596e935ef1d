package io.bedrockbudgeteer.keyguard.alarm;

import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.finding.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The alarm on unusually high use of one key: more than `threshold` successful requests within
/// `period`.
///
/// @param name unique in account and Region
/// @param keyArn the key that is watched
/// @param threshold requests per period; the alarm goes off above it
/// @param period how long one count takes
/// @param actions ARNs of what is notified, at most five
/// @param stackId the stack that owns the alarm; part of the description, so that another stack's
///   clean-up leaves it alone
public record UsageAlarm(
        String name,
        String keyArn,
        double threshold,
        Duration period,
        List<String> actions,
        String stackId) {
    private static final String BASE_NAME = "BedrockBudgeteer-KMS-HighUsage";
    // CloudWatch API Reference, PutMetricAlarm: 10, 20, 30 or a multiple of 60 seconds; one
    // evaluation at most a day.
    private static final List<Long> SHORT_PERIODS = List.of(10L, 20L, 30L);
    private static final long LONGEST_PERIOD = 86_400;
    private static final int MOST_ACTIONS = 5;

    public UsageAlarm {
        actions = List.copyOf(actions);
    }

    /// The fixed name, which carries the environment unless that is `production`.
    public static String nameFor(String environment) {
        return environment.equals("production") ? BASE_NAME : BASE_NAME + "-" + environment;
    }

    /// Everything that CloudWatch would refuse, all at once. Empty when nothing is wrong.
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        long seconds = period.toSeconds();
        boolean possible =
                SHORT_PERIODS.contains(seconds)
                        || (seconds >= 60 && seconds % 60 == 0 && seconds <= LONGEST_PERIOD);
        if (!possible)
            findings.add(
                    Finding.of(
                            Rule.ALM001,
                            "The alarm's period is " + seconds + " seconds.",
                            "Use 10, 20, 30 or a multiple of 60 seconds, at most "
                                    + LONGEST_PERIOD
                                    + " (one day)."));
        if (!Double.isFinite(threshold) || threshold < 0)
            findings.add(
                    Finding.of(
                            Rule.ALM002,
                            "The alarm's threshold is " + number(threshold) + " requests.",
                            "Use 0 or more requests per period, such as 10000."));
        if (actions.size() > MOST_ACTIONS)
            findings.add(
                    Finding.of(
                            Rule.ALM003,
                            "The alarm has " + actions.size() + " actions.",
                            "CloudWatch takes at most "
                                    + MOST_ACTIONS
                                    + "; use one topic with several subscribers."));
        return List.copyOf(findings);
    }

    /// For a person who is woken by it.
    public String description() {
        return "More than "
                + number(threshold)
                + " successful requests on the KMS key "
                + keyArn
                + " within "
                + inWords(period)
                + ". Look for a runaway client first: CloudTrail, event source kms.amazonaws.com. "
                + ownerMark(stackId);
    }

    static String ownerMark(String stackId) {
        return "Owned by stack " + stackId;
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%s", value);
    }

    private static String inWords(Duration period) {
        if (period.toSeconds() % 3600 == 0)
            return period.toHours() == 1 ? "1 hour" : period.toHours() + " hours";
        if (period.toSeconds() % 60 == 0)
            return period.toMinutes() == 1 ? "1 minute" : period.toMinutes() + " minutes";
        return period.toSeconds() + " seconds";
    }
}
