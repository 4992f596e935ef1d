package io.bedrockbudgeteer.local.engine;

import java.time.Instant;

/// One line of a stack's history, as DescribeStackEvents lists it.
///
/// @param physicalId empty while CloudFormation does not know it yet
/// @param reason empty when there is nothing to say
public record StackEvent(
        Instant time,
        String logicalId,
        String type,
        String physicalId,
        Status status,
        String reason) {

    /// Type of the events about the stack itself.
    public static final String STACK = "AWS::CloudFormation::Stack";

    public boolean isAboutStack() {
        return type.equals(STACK);
    }
}
