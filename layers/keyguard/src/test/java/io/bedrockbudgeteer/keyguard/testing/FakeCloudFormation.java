package io.bedrockbudgeteer.keyguard.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// CloudFormation: the status of each stack. Lists those that were given one of their own.
public final class FakeCloudFormation {
    private final Map<String, String> statusOf = new ConcurrentHashMap<>();
    private final Map<String, String> arnOf = new ConcurrentHashMap<>();
    private volatile String status = "CREATE_IN_PROGRESS";

    /// Of every stack that has no status of its own.
    public void status(String word) {
        status = word;
    }

    public void status(String stackArn, String word) {
        statusOf.put(stackArn, word);
    }

    /// A stack that can be asked for by its name.
    public void newStack(String name, String arn) {
        arnOf.put(name, arn);
    }

    Map<String, Object> handle(String operation, Map<String, Object> input) {
        return switch (operation) {
            case "cloudformation:DescribeStacks" -> {
                String arn = arn(String.valueOf(input.get("StackName")));
                yield Map.of("Stacks", List.of(stack(arn, statusOf.getOrDefault(arn, status))));
            }
            case "cloudformation:ListStacks" -> {
                List<Object> all = new ArrayList<>();
                statusOf.forEach((arn, word) -> all.add(stack(arn, word)));
                yield Map.of("StackSummaries", all);
            }
            default -> throw new AwsError(501, "NotFaked", operation);
        };
    }

    private String arn(String asked) {
        String arn = asked.startsWith("arn:") ? asked : arnOf.get(asked);
        if (arn == null)
            throw new AwsError(
                    400, "ValidationError", "Stack with id " + asked + " does not exist");
        return arn;
    }

    private static Map<String, Object> stack(String arn, String word) {
        String[] parts = arn.split("/", -1);
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("StackName", parts.length > 1 ? parts[1] : "app");
        members.put("StackId", arn);
        members.put("StackStatus", word);
        members.put("CreationTime", "2026-11-24T00:00:00Z");
        return members;
    }
}
