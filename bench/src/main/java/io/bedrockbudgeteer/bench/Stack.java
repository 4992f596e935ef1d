package io.bedrockbudgeteer.bench;

import io.bedrockbudgeteer.keyguard.plan.Owner;
import io.bedrockbudgeteer.keyguard.plan.Situation;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.IdentityAccess;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.requirement.Requirement;
import io.bedrockbudgeteer.keyguard.requirement.Requirements;
import io.bedrockbudgeteer.keyguard.requirement.StackNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The stack for which plans are made: three service roles, a trail, log groups, topics, alarms,
/// parameters and a state machine. That makes twelve requirements.
final class Stack {
    private static final Map<String, Arn> ROLES =
            Map.of(
                    "LambdaExecution", role("lambda-execution"),
                    "StepFunctions", role("step-functions"),
                    "FirehoseDelivery", role("firehose-delivery"));

    private static final Map<String, List<String>> RESOURCES =
            Map.of(
                    "TrailArn",
                            List.of(
                                    "arn:aws:cloudtrail:us-east-1:111122223333:trail/bedrock-budgeteer-production-trail"),
                    "LogGroupArns",
                            List.of(
                                    "arn:aws:logs:us-east-1:111122223333:log-group:/aws/bedrock/bedrock-budgeteer-production-invocation-logs",
                                    "arn:aws:logs:us-east-1:111122223333:log-group:/bedrock-budgeteer/production/firehose"),
                    "AlarmArns",
                            List.of(
                                    "arn:aws:cloudwatch:us-east-1:111122223333:alarm:BedrockBudgeteer-*"),
                    "TopicArns",
                            List.of(
                                    "arn:aws:sns:us-east-1:111122223333:bedrock-budgeteer-production-operational-alerts",
                                    "arn:aws:sns:us-east-1:111122223333:bedrock-budgeteer-production-budget-alerts"),
                    "StateMachineArns",
                            List.of(
                                    "arn:aws:states:us-east-1:111122223333:stateMachine:bedrock-budgeteer-production-suspension"),
                    "ParameterArns",
                            List.of(
                                    "arn:aws:ssm:us-east-1:111122223333:parameter/bedrock-budgeteer/production/*"));

    private static final Owner OWNER =
            new Owner(
                    "arn:aws:cloudformation:us-east-1:111122223333:stack/budgeteer/0a1b2c3d",
                    "KeyGrants");

    private static final String USE_OF_THE_KEY =
            """
            {"Version":"2012-10-17","Statement":[{"Sid":"UseKey","Effect":"Allow","Action":"kms:*","Resource":"%s"}]}\
            """
                    .formatted(Names.KEY);

    private Stack() {}

    private static Arn role(String name) {
        return Names.role("bedrock-budgeteer-production-" + name);
    }

    static List<Requirement> requirements() {
        return Requirements.of(new StackNames(Names.KEY, "production", ROLES, RESOURCES));
    }

    /// Roles and guard may use the key as far as IAM is concerned.
    static Situation situation(KeyPolicy policy) {
        Map<Arn, IdentityAccess> roles = new HashMap<>();
        for (Arn role : ROLES.values()) roles.put(role, access(role));
        return new Situation(
                Names.KEY, policy, roles, List.of(), access(role("key-grants")), OWNER);
    }

    private static IdentityAccess access(Arn role) {
        return IdentityAccess.of(role, List.of(USE_OF_THE_KEY), Optional.empty());
    }
}
