package io.bedrockbudgeteer.keyguard.testing;

import java.util.List;
import java.util.Map;

/// CloudFormation: the status of the one stack.
public final class FakeCloudFormation {
    private volatile String status = "CREATE_IN_PROGRESS";

    public void status(String word) {
        status = word;
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
                                status,
                                "CreationTime",
                                "2026-11-24T00:00:00Z")));
    }
}
