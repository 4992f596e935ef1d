package io.bedrockbudgeteer.keyguard.testing;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// CloudFormation: the status of each stack.
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
        if (!operation.equals("cloudformation:DescribeStacks"))
            throw new AwsError(501, "NotFaked", operation);
        String asked = String.valueOf(input.get("StackName"));
        String arn = asked.startsWith("arn:") ? asked : arnOf.get(asked);
        if (arn == null)
            throw new AwsError(
                    400, "ValidationError", "Stack with id " + asked + " does not exist");
        return Map.of(
                "Stacks",
                List.of(
                        Map.of(
                                "StackName",
                                "app",
                                "StackId",
                                arn,
                                "StackStatus",
                                statusOf.getOrDefault(arn, status),
                                "CreationTime",
                                "2026-11-24T00:00:00Z")));
    }
}
