package io.bedrockbudgeteer.local.service.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import io.bedrockbudgeteer.local.account.Account.StackSummary;
import io.bedrockbudgeteer.local.account.Account.StackView;
import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.account.Refusal;
import io.bedrockbudgeteer.local.service.access.Attempt;
import io.bedrockbudgeteer.local.service.access.Contexts;
import io.bedrockbudgeteer.local.service.wire.Face;
import io.bedrockbudgeteer.local.service.wire.Members;
import io.bedrockbudgeteer.local.service.wire.Result;
import io.bedrockbudgeteer.local.service.wire.Xml;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// DescribeStacks and DescribeStackEvents (CloudFormation API Reference).
public final class CloudFormationFace implements Face {
    private static final String NAMESPACE = "http://cloudformation.amazonaws.com/doc/2010-05-15/";

    private final String partition;
    private final String region;
    private final String account;
    private final InstantSource clock;
    private volatile Optional<StackView> stacks = Optional.empty();

    public CloudFormationFace(
            String partition, String region, String account, InstantSource clock) {
        this.partition = partition;
        this.region = region;
        this.account = account;
        this.clock = clock;
    }

    public void stacks(StackView view) {
        stacks = Optional.of(view);
    }

    @Override
    public Result call(Attempt attempt, String operation, JsonNode input) {
        Members members = Members.of(input, "Action", "Version", "StackName");
        return switch (operation) {
            case "DescribeStacks" -> describe(attempt, members.text("StackName"));
            case "DescribeStackEvents" -> events(attempt, members.required("StackName"));
            default -> throw new NotModelledException("cloudformation:" + operation);
        };
    }

    private Result describe(Attempt attempt, Optional<String> name) {
        List<StackSummary> found =
                name.isPresent()
                        ? List.of(find(attempt, "cloudformation:DescribeStacks", name.get()))
                        : all(attempt);
        return Result.xml(
                NAMESPACE,
                xml ->
                        xml.child(
                                "Stacks",
                                list ->
                                        found.forEach(stack ->
                                                list.child(
                                                        "member",
                                                        member -> describe(member, stack)))));
    }

    private List<StackSummary> all(Attempt attempt) {
        require(attempt, "cloudformation:DescribeStacks", "*");
        return stacks.map(StackView::all).orElse(List.of());
    }

    private void describe(Xml xml, StackSummary stack) {
        xml.text("StackName", stack.name())
                .text("StackId", stack.arn())
                .text("CreationTime", clock.instant().toString())
                .text("StackStatus", stack.status())
                .text("DisableRollback", "false");
        if (!stack.statusReason().isEmpty()) xml.text("StackStatusReason", stack.statusReason());
        var outputs = stacks.map(view -> view.outputs(stack.arn())).orElse(Map.of());
        xml.child(
                "Outputs",
                list ->
                        outputs.forEach((key, value) ->
                                list.child(
                                        "member",
                                        output ->
                                                output.text("OutputKey", key)
                                                        .text("OutputValue", value))));
    }

    /// Newest first, as on AWS.
    private Result events(Attempt attempt, String name) {
        StackSummary stack = find(attempt, "cloudformation:DescribeStackEvents", name);
        var events =
                new ArrayList<>(stacks.map(view -> view.events(stack.arn())).orElse(List.of()));
        Collections.reverse(events);
        return Result.xml(
                NAMESPACE,
                xml ->
                        xml.child(
                                "StackEvents",
                                list -> {
                                    for (int i = 0; i < events.size(); i++) {
                                        var event = events.get(i);
                                        String id = event.logicalId() + "-" + (events.size() - i);
                                        list.child(
                                                "member",
                                                member -> {
                                                    member.text("StackId", stack.arn())
                                                            .text("EventId", id)
                                                            .text("StackName", stack.name())
                                                            .text(
                                                                    "LogicalResourceId",
                                                                    event.logicalId())
                                                            .text(
                                                                    "PhysicalResourceId",
                                                                    event.physicalId())
                                                            .text("ResourceType", event.type())
                                                            .text(
                                                                    "Timestamp",
                                                                    event.time().toString())
                                                            .text("ResourceStatus", event.status());
                                                    if (!event.reason().isEmpty())
                                                        member.text(
                                                                "ResourceStatusReason",
                                                                event.reason());
                                                });
                                    }
                                }));
    }

    private StackSummary find(Attempt attempt, String action, String nameOrArn) {
        Optional<StackSummary> stack = stacks.flatMap(view -> view.stack(nameOrArn));
        String arn =
                stack.map(StackSummary::arn)
                        .orElseGet(() ->
                                nameOrArn.startsWith("arn:")
                                        ? nameOrArn
                                        : "arn:"
                                                + partition
                                                + ":cloudformation:"
                                                + region
                                                + ":"
                                                + account
                                                + ":stack/"
                                                + nameOrArn
                                                + "/*");
        require(attempt, action, arn);
        return stack.orElseThrow(() ->
                new Refusal(
                        "ValidationError", 400, "Stack with id " + nameOrArn + " does not exist"));
    }

    private void require(Attempt attempt, String action, String resource) {
        attempt.require(
                action,
                resource,
                Contexts.global(attempt.who(), region, account, false, clock.instant()).build(),
                "AccessDenied",
                403);
    }
}
