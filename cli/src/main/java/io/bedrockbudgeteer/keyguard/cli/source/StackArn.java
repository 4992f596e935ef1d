package io.bedrockbudgeteer.keyguard.cli.source;

import io.bedrockbudgeteer.keyguard.aws.AwsClients;
import io.bedrockbudgeteer.keyguard.aws.Reply;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksRequest;

/// The ARN of a stack, which tells it from earlier stacks of the same name.
public final class StackArn {

    private StackArn() {}

    public static Reply<String> of(String name, AwsSession session) {
        return Reply.of(
                "cloudformation:DescribeStacks",
                () ->
                        session.clients()
                                .cloudFormation()
                                .describeStacks(
                                        DescribeStacksRequest.builder()
                                                .stackName(name)
                                                .overrideConfiguration(
                                                        AwsClients.limits(session.deadline()))
                                                .build())
                                .stacks()
                                .getFirst()
                                .stackId());
    }
}
