package io.bedrockbudgeteer.keyguard.stack;

import io.bedrockbudgeteer.keyguard.aws.AwsClients;
import io.bedrockbudgeteer.keyguard.aws.Deadline;
import io.bedrockbudgeteer.keyguard.aws.Reply;
import java.util.List;
import software.amazon.awssdk.services.cloudformation.model.ListStacksRequest;

/// Finds stacks by their name, also those that were deleted: CloudFormation knows them for 90 days.
/// For the command line. Source: CloudFormation API Reference, ListStacks.
public final class StackFinder {
    private final AwsClients clients;

    public StackFinder(AwsClients clients) {
        this.clients = clients;
    }

    /// One stack.
    ///
    /// @param arn with its unique id, which a stack of the same name does not share
    public record Found(String arn, StackStatus status) {}

    /// All that have or had the name. Reads every page: an account has a few hundred stacks.
    public Reply<List<Found>> named(String name, Deadline deadline) {
        return Reply.of(
                "cloudformation:ListStacks",
                () ->
                        clients
                                .cloudFormation()
                                .listStacksPaginator(
                                        ListStacksRequest.builder()
                                                .overrideConfiguration(AwsClients.limits(deadline))
                                                .build())
                                .stackSummaries()
                                .stream()
                                .filter(stack -> stack.stackName().equals(name))
                                .map(stack ->
                                        new Found(
                                                stack.stackId(),
                                                new StackStatus(stack.stackStatusAsString())))
                                .toList());
    }
}
