package io.bedrockbudgeteer.keyguard.requirement;

import io.bedrockbudgeteer.keyguard.policy.Arn;
import java.util.List;
import java.util.Map;

/// What the requirement list must know of one stack.
///
/// @param key ARN of the key; gives partition, Region and account
/// @param environment such as `production`
/// @param roleArns ARN of each role by its purpose: `LambdaExecution`, `StepFunctions`,
///   `FirehoseDelivery`, `SecureParameter`
/// @param resources ARNs (or ARN patterns) that conditions need, by name: `TrailArn`,
///   `LogGroupArns`, `AlarmArns`, `TopicArns`, `StateMachineArns`, `ParameterArns`. A requirement
///   whose role or resource is not listed does not apply
public record StackNames(
        Arn key,
        String environment,
        Map<String, Arn> roleArns,
        Map<String, List<String>> resources) {

    public StackNames {
        roleArns = Map.copyOf(roleArns);
        resources = Map.copyOf(resources);
    }
}
