package io.bedrockbudgeteer.bench.growth;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A kind of stack: what its guard is asked for, and whether the key leaves access to IAM.
enum Kind {
    WHOLE("whole stack, access left to IAM", true, true),
    WHOLE_NAMED("whole stack, roles named in the key policy", false, true),
    TWO("log groups and alarms only, access left to IAM", true, false);

    static final String REGION = "us-east-1";
    private static final String ACCOUNT = "111122223333";
    static final List<String> ROLES =
            List.of("LambdaExecution", "StepFunctions", "FirehoseDelivery", "SecureParameter");

    final String label;

    /// Whether the key policy has the statement for the account.
    final boolean delegates;

    // Whether the stack asks for everything that the shipped template asks for.
    private final boolean whole;

    Kind(String label, boolean delegates, boolean whole) {
        this.label = label;
        this.delegates = delegates;
        this.whole = whole;
    }

    /// The properties of the guard, with names as the template composes them.
    ///
    /// @param roles ARN by purpose
    Map<String, Object> properties(String key, String environment, Map<String, String> roles) {
        String name = "bedrock-budgeteer-" + environment;
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("KeyArn", key);
        properties.put("Environment", environment);
        properties.put(
                "LogGroupArns",
                List.of(
                        arn("logs", "log-group:/aws/bedrock/" + name + "-invocation-logs"),
                        arn("logs", "log-group:/bedrock-budgeteer/" + environment + "/firehose")));
        properties.put(
                "AlarmArns",
                List.of(arn("cloudwatch", "alarm:BedrockBudgeteer-" + environment + "-*")));
        if (!whole) return properties;
        properties.put("TrailArn", arn("cloudtrail", "trail/" + name + "-trail"));
        properties.put(
                "TopicArns",
                List.of(
                        arn("sns", name + "-operational-alerts"),
                        arn("sns", name + "-budget-alerts"),
                        arn("sns", name + "-high-severity")));
        properties.put(
                "StateMachineArns", List.of(arn("states", "stateMachine:" + name + "-suspension")));
        properties.put(
                "ParameterArns",
                List.of(arn("ssm", "parameter/bedrock-budgeteer/" + environment + "/*")));
        properties.put("RoleArns", roles);
        return properties;
    }

    private static String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + REGION + ":" + ACCOUNT + ":" + resource;
    }
}
