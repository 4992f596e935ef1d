package io.bedrockbudgeteer.local.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.local.account.Principal;
import io.bedrockbudgeteer.local.service.access.Contexts;
import io.bedrockbudgeteer.local.service.access.Evaluation;
import io.bedrockbudgeteer.local.service.access.Policy;
import io.bedrockbudgeteer.local.service.access.Who;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the example policy of the deploying role allows beside the key: the calls that
/// CloudFormation makes for the dead-letter queue, the destinations and the alarm, and no more.
class DeploymentRolePolicyTest {
    private static final String REGION = "us-east-1";
    private static final String QUEUE = "sqs:REGION:111122223333:shop-GuardDeadLetterQueue-1";
    private static final String FUNCTION =
            "lambda:REGION:111122223333:function:shop-KeyCheckFunction-1";
    private static final String ALARM =
            "cloudwatch:REGION:111122223333:alarm:BedrockBudgeteer-Guard-DeadLetters";
    private static final Who DEPLOYER =
            new Who(
                    new Principal.Session("arn:aws:iam::111122223333:role/deployer", "deploy"),
                    "111122223333",
                    Optional.of("AROAEXAMPLE"),
                    List.of(
                            new Who.Named(
                                    "deployment",
                                    Policy.of(
                                            ShippedTemplate.text(
                                                    "examples/deployment-role-policy.json")))));

    record Call(String action, String resource) {
        boolean isAllowedIn(String region) {
            return new Evaluation(
                            DEPLOYER,
                            action,
                            "arn:aws:" + resource.replace("REGION", region),
                            Contexts.global(DEPLOYER, region, "111122223333", false, Instant.EPOCH)
                                    .build())
                    .byIdentity()
                    .allowed();
        }
    }

    /// The handlers' permissions in the CloudFormation registry, aws cloudformation describe-type.
    static List<Call> calls() {
        return List.of(
                new Call("sqs:CreateQueue", QUEUE),
                new Call("sqs:SetQueueAttributes", QUEUE),
                new Call("sqs:GetQueueAttributes", QUEUE),
                new Call("sqs:ListQueueTags", QUEUE),
                new Call("sqs:TagQueue", QUEUE),
                new Call("sqs:DeleteQueue", QUEUE),
                new Call("lambda:PutFunctionEventInvokeConfig", FUNCTION),
                new Call("lambda:UpdateFunctionEventInvokeConfig", FUNCTION),
                new Call("lambda:GetFunctionEventInvokeConfig", FUNCTION),
                new Call("lambda:DeleteFunctionEventInvokeConfig", FUNCTION),
                new Call("cloudwatch:PutMetricAlarm", ALARM),
                new Call("cloudwatch:PutMetricAlarm", ALARM + "-staging"),
                new Call("cloudwatch:DeleteAlarms", ALARM),
                new Call("cloudwatch:TagResource", ALARM),
                new Call("cloudwatch:UntagResource", ALARM),
                new Call("cloudwatch:ListTagsForResource", ALARM),
                // Judged by the ARN of all alarms when CloudFormation asks for more than a name.
                new Call("cloudwatch:DescribeAlarms", "cloudwatch:REGION:111122223333:alarm:*"));
    }

    @Test
    void no_call_has_disappeared() {
        assertThat(calls()).hasSize(17);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void the_deploying_role_may_make_this_call_in_its_region_only(Call call) {
        assertThat(call.isAllowedIn(REGION)).isTrue();
        assertThat(call.isAllowedIn("eu-west-1")).isFalse();
    }

    @Test
    void alarms_of_others_are_out_of_reach() {
        String payroll = "cloudwatch:REGION:111122223333:alarm:Payroll";
        for (String action :
                List.of(
                        "cloudwatch:PutMetricAlarm",
                        "cloudwatch:DeleteAlarms",
                        "cloudwatch:TagResource"))
            assertThat(new Call(action, payroll).isAllowedIn(REGION)).as(action).isFalse();
    }
}
