package io.bedrockbudgeteer.keyguard.requirement;

import io.bedrockbudgeteer.keyguard.policy.Arn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Fills `${Region}` and its like in texts of `requirements.json`.
final class Placeholders {
    /// Resource names that the file may use; all but TrailArn may have several values.
    static final Set<String> RESOURCES =
            Set.of(
                    "TrailArn",
                    "LogGroupArns",
                    "AlarmArns",
                    "TopicArns",
                    "StateMachineArns",
                    "ParameterArns");

    static final Set<String> ROLES =
            Set.of("LambdaExecution", "StepFunctions", "FirehoseDelivery", "SecureParameter");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z]+)}");

    private final Map<String, List<String>> values = new HashMap<>();

    /// What follows from the key and the environment alone.
    Placeholders(Arn key, String environment) {
        values.put("Partition", List.of(key.partition()));
        values.put("Region", List.of(key.region()));
        values.put(
                "UrlSuffix",
                List.of(key.partition().equals("aws-cn") ? "amazonaws.com.cn" : "amazonaws.com"));
        values.put("AccountId", List.of(key.account()));
        values.put("Environment", List.of(environment));
        values.put(
                "AlarmSuffix", List.of(environment.equals("production") ? "" : "-" + environment));
    }

    /// @throws IllegalArgumentException when a name is not known or a value is no ARN
    Placeholders(StackNames stack) {
        this(stack.key(), stack.environment());
        stack.roleArns()
                .forEach((purpose, arn) -> {
                    if (!ROLES.contains(purpose))
                        throw new IllegalArgumentException(
                                "role " + purpose + " is not one of " + sorted(ROLES));
                    if (!arn.service().equals("iam") || !arn.resource().startsWith("role/"))
                        throw new IllegalArgumentException(
                                "role " + purpose + ": " + arn + " is not the ARN of a role");
                });
        stack.resources()
                .forEach((name, arns) -> {
                    if (!RESOURCES.contains(name))
                        throw new IllegalArgumentException(
                                "resource " + name + " is not one of " + sorted(RESOURCES));
                    if (name.equals("TrailArn") && arns.size() > 1)
                        throw new IllegalArgumentException(
                                "TrailArn has " + arns.size() + " values, allowed: 1");
                    for (String arn : arns) {
                        if (Arn.tryParse(arn).isEmpty())
                            throw new IllegalArgumentException(
                                    name + ": \"" + arn + "\" is not an ARN");
                        // A literal text in a condition must not become a policy variable.
                        if (arn.contains("${"))
                            throw new IllegalArgumentException(
                                    name + ": \"" + arn + "\" must not contain ${");
                    }
                    values.put(name, List.copyOf(arns));
                });
    }

    /// The text with its placeholders filled: one value, or several where it is one list-valued
    /// name; empty when a name has no value.
    List<String> fill(String text) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        if (matcher.matches()) return valuesOf(matcher.group(1));
        StringBuilder filled = new StringBuilder();
        matcher.reset();
        while (matcher.find()) {
            List<String> found = valuesOf(matcher.group(1));
            if (found.size() != 1) return List.of();
            matcher.appendReplacement(filled, Matcher.quoteReplacement(found.getFirst()));
        }
        return List.of(matcher.appendTail(filled).toString());
    }

    private List<String> valuesOf(String name) {
        return values.getOrDefault(name, List.of());
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }
}
