package io.bedrockbudgeteer.keyguard.stack;

import io.bedrockbudgeteer.keyguard.aws.AwsClients;
import io.bedrockbudgeteer.keyguard.aws.Deadline;
import io.bedrockbudgeteer.keyguard.aws.OutOfTime;
import io.bedrockbudgeteer.keyguard.aws.Problem;
import io.bedrockbudgeteer.keyguard.aws.Reply;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksResponse;

/// Asks for the status of one stack. Builds the client only when it is asked.
public final class StackStatusReader {
    private static final String OPERATION = "cloudformation:DescribeStacks";

    private final AwsClients clients;

    public StackStatusReader(AwsClients clients) {
        this.clients = clients;
    }

    /// @param stackArn the ARN, not the name: by it a stack is found even while and after it is
    ///   deleted
    /// @return a problem also when there is no time for the call: whoever asks has something else
    ///   to say, which must not get lost
    public Reply<StackStatus> read(String stackArn, Deadline deadline) {
        try {
            return ask(stackArn, deadline);
        } catch (OutOfTime e) {
            return new Reply.Failed<>(
                    new Problem(
                            OPERATION,
                            Problem.Kind.TRANSIENT,
                            "OutOfTime",
                            String.valueOf(e.getMessage())));
        }
    }

    private Reply<StackStatus> ask(String stackArn, Deadline deadline) {
        return Reply.of(
                OPERATION,
                () -> {
                    DescribeStacksResponse answer =
                            clients.cloudFormation()
                                    .describeStacks(
                                            DescribeStacksRequest.builder()
                                                    .stackName(stackArn)
                                                    .overrideConfiguration(
                                                            AwsClients.limits(deadline))
                                                    .build());
                    return answer.stacks().isEmpty()
                            ? StackStatus.UNKNOWN
                            : new StackStatus(answer.stacks().get(0).stackStatusAsString());
                });
    }
}
