package io.bedrockbudgeteer.local.template;

import java.util.List;
import java.util.Optional;

/// Pseudo parameters. CloudFormation User Guide: Get AWS values using pseudo parameters.
final class Pseudo {

    static final String NO_VALUE = "AWS::NoValue";

    private Pseudo() {}

    static boolean isPseudo(String name) {
        return name.startsWith("AWS::");
    }

    /// @throws io.bedrockbudgeteer.local.account.NotModelledException for a name that starts with
    ///   `AWS::` and is not known
    static Optional<Object> value(String name, Deployment.Place place, Where where) {
        if (!isPseudo(name)) {
            return Optional.empty();
        }
        return Optional.of(
                switch (name) {
                    case "AWS::AccountId" -> place.accountId();
                    case "AWS::Region" -> place.region();
                    case "AWS::Partition" -> place.partition();
                    case "AWS::URLSuffix" -> place.urlSuffix();
                    case "AWS::StackName" -> place.stackName();
                    case "AWS::StackId" -> place.stackId();
                    // The runner takes no notification topics, so the list is as empty as on a
                    // stack without them.
                    case "AWS::NotificationARNs" -> List.of();
                    case NO_VALUE ->
                            throw where.wrong(
                                    "AWS::NoValue has no text; it can only stand as a whole value, {Ref: AWS::NoValue}");
                    default -> throw where.unknown("pseudo parameter " + name);
                });
    }
}
