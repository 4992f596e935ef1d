package io.bedrockbudgeteer.keyguard.testing;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// CloudFormation: the status of each stack.
public final class FakeCloudFormation {
    private final Map<String, String> statusOf = new ConcurrentHashMap<>();
    private volatile String status = "CREATE_IN_PROGRESS";

    /// Of every stack that has no status of its own.
    public void status(String word) {
        status = word;
    }

    public void status(String stackArn, String word) {
        statusOf.put(stackArn, word);
    }

    Map<String, Object> handle(String operation, Map<String, Object> input) {
        if (!operation.equals("cloudformation:DescribeStacks"))
            throw new AwsError(501, "NotFaked", operation);
        return Map.of(
                "Stacks",
                List.of(
                        Map.of(
                                "StackName",
                                "app",
                                "StackId",
                                input.get("StackName"),
                                "StackStatus",
                                statusOf.getOrDefault(
                                        String.valueOf(input.get("StackName")), status),
                                "CreationTime",
                                "2026-11-24T00:00:00Z")));
    }
}
