package io.bedrockbudgeteer.keyguard.plan;

import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.finding.Rule;
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

/// A stack in account 111122223333 and the key it uses.
final class Samples {
    static final String ACCOUNT = "111122223333";
    static final Arn KEY =
            Arn.parse(
                    "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab");
    static final Arn GUARD = role("key-grants");
    static final Owner OWNER =
            new Owner(
                    "arn:aws:cloudformation:us-east-1:111122223333:stack/budgeteer/0a1b2c3d",
                    "KeyGrants");
    static final Owner OTHER_OWNER =
            new Owner(
                    "arn:aws:cloudformation:us-east-1:111122223333:stack/budgeteer-dev/4e5f6071",
                    "KeyGrants");
    static final String TRAIL =
            "arn:aws:cloudtrail:us-east-1:111122223333:trail/bedrock-budgeteer-production-trail";

    /// What every key made by the API or by CloudFormation without KeyPolicy has.
    static final String DEFAULT_POLICY =
            """
            {
              "Version": "2012-10-17",
              "Statement": [
                {
                  "Sid": "Enable IAM User Permissions",
                  "Effect": "Allow",
                  "Principal": {
                    "AWS": "arn:aws:iam::111122223333:root"
                  },
                  "Action": "kms:*",
                  "Resource": "*"
                }
              ]
            }\
            """;

    /// Administrators are named, IAM is not left in: every user of the key needs a statement.
    static final String NO_DELEGATION =
            """
            {
              "Version" : "2012-10-17",
              "Id" : "key-consolepolicy-3",
              "Statement" : [ {
                "Sid" : "Allow access for Key Administrators",
                "Effect" : "Allow",
                "Principal" : {
                  "AWS" : [ "arn:aws:iam::111122223333:role/admin", "arn:aws:iam::111122223333:role/bedrock-budgeteer-production-key-grants" ]
                },
                "Action" : [ "kms:Describe*", "kms:Get*", "kms:List*", "kms:Put*" ],
                "Resource" : "*"
              } ]
            }\
            """;

    private static final String KMS_ALL =
            """
            {"Version":"2012-10-17","Statement":[{"Sid":"UseKey","Effect":"Allow","Action":"kms:*","Resource":"%s"}]}\
            """
                    .formatted(KEY);

    private Samples() {}

    static Arn role(String name) {
        return Arn.parse("arn:aws:iam::111122223333:role/bedrock-budgeteer-production-" + name);
    }

    static final Map<String, Arn> ROLES =
            Map.of(
                    "LambdaExecution", role("lambda-execution"),
                    "StepFunctions", role("step-functions"),
                    "FirehoseDelivery", role("firehose-delivery"),
                    "SecureParameter", role("secure-parameter"));

    static StackNames stack() {
        return new StackNames(
                KEY,
                "production",
                ROLES,
                Map.of(
                        "TrailArn", List.of(TRAIL),
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
                                        "arn:aws:ssm:us-east-1:111122223333:parameter/bedrock-budgeteer/production/*")));
    }

    static List<Requirement> requirements() {
        return Requirements.of(stack());
    }

    static List<Requirement> requirements(String... purposes) {
        return requirements().stream()
                .filter(requirement -> List.of(purposes).contains(requirement.purpose()))
                .toList();
    }

    static Requirement requirement(String purpose) {
        return requirements(purpose).getFirst();
    }

    /// Roles and guard may do everything on the key as far as IAM is concerned.
    static Situation situation(String policy) {
        Map<Arn, IdentityAccess> roles = new HashMap<>();
        ROLES.values()
                .forEach(arn ->
                        roles.put(arn, IdentityAccess.of(arn, List.of(KMS_ALL), Optional.empty())));
        return new Situation(
                KEY,
                KeyPolicy.read(policy),
                roles,
                List.of(),
                IdentityAccess.of(GUARD, List.of(KMS_ALL), Optional.empty()),
                OWNER);
    }

    static Situation withIam(Situation situation, Arn role, IdentityAccess access) {
        Map<Arn, IdentityAccess> roles = new HashMap<>(situation.roles());
        roles.put(role, access);
        return new Situation(
                situation.key(),
                situation.policy(),
                roles,
                situation.grants(),
                situation.caller(),
                situation.owner());
    }

    static Situation ownedBy(Situation situation, Owner owner) {
        return new Situation(
                situation.key(),
                situation.policy(),
                situation.roles(),
                situation.grants(),
                situation.caller(),
                owner);
    }

    static Plan add(Situation situation) {
        return Planner.add(situation, requirements(), RoleStatements.LEAST, List.of());
    }

    static KeyPolicy changed(Plan plan) {
        if (plan instanceof Plan.Change change) return change.policy();
        throw new AssertionError(
                "expected a change, got "
                        + plan.getClass().getSimpleName()
                        + " "
                        + plan.findings());
    }

    /// A policy with one more statement behind the account statement.
    static String withStatement(String statement) {
        return DEFAULT_POLICY.replace("\n    }\n  ]", "\n    },\n    " + statement + "\n  ]");
    }

    static List<Rule> rules(Plan plan) {
        return plan.findings().stream().map(Finding::rule).distinct().toList();
    }

    /// The policy of the key setup guide without its statement for the roles, which did not exist
    /// yet when it was applied.
    static String guide() {
        return withStatement(
                """
                {
                      "Sid": "Allow AWS Services",
                      "Effect": "Allow",
                      "Principal": {
                        "Service": [
                          "dynamodb.amazonaws.com",
                          "s3.amazonaws.com",
                          "firehose.amazonaws.com",
                          "lambda.amazonaws.com",
                          "states.amazonaws.com"
                        ]
                      },
                      "Action": [
                        "kms:Encrypt",
                        "kms:Decrypt",
                        "kms:ReEncrypt*",
                        "kms:GenerateDataKey*",
                        "kms:DescribeKey"
                      ],
                      "Resource": "*"
                    }\
                """);
    }
}
