package io.bedrockbudgeteer.local.account;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The simulated AWS account in one Region, as the engine and the providers see it.
public interface Account extends AutoCloseable {

    String accountId();

    String region();

    String partition();

    /// `amazonaws.com`, or `amazonaws.com.cn` in China.
    String urlSuffix();

    /// The principal that deploys. Its identity policy is the administrator's.
    Principal deployer();

    Keys keys();

    Roles roles();

    Parameters parameters();

    Alarms alarms();

    Functions functions();

    Queues queues();

    Answers answers();

    /// Every API call so far, oldest first.
    List<ApiCall> calls();

    /// Adds a call that a provider decided by itself.
    void record(
            Principal caller, String action, String resource, boolean allowed, String decidedBy);

    /// Calls that functions made and that are not modelled, or rules they broke; any entry fails
    /// the run.
    List<String> violations();

    void violation(String what);

    /// The one endpoint of all simulated services, on loopback.
    URI endpoint();

    /// How many times faster than on AWS waits pass (retry waits of the queue, propagation,
    /// ServiceTimeout).
    int timeScale();

    /// Lets the CloudFormation face answer DescribeStacks and DescribeStackEvents.
    void stacks(StackView stacks);

    @Override
    void close();

    /// What the CloudFormation face can tell about stacks.
    interface StackView {
        /// Name, ARN, status and status reason of a stack by name or ARN.
        Optional<StackSummary> stack(String nameOrArn);

        /// Every stack, for DescribeStacks without a name.
        default List<StackSummary> all() {
            throw new NotModelledException("DescribeStacks without a stack name");
        }

        /// Outputs of a stack by key; an answer without outputs when this is not overridden.
        default Map<String, String> outputs(String nameOrArn) {
            return Map.of();
        }

        /// Events of a stack, oldest first.
        default List<StackEventSummary> events(String nameOrArn) {
            throw new NotModelledException("DescribeStackEvents of " + nameOrArn);
        }
    }

    /// One event, for DescribeStackEvents. Empty texts stand for members that are absent.
    record StackEventSummary(
            Instant time,
            String logicalId,
            String physicalId,
            String type,
            String status,
            String reason) {}

    /// One stack, for DescribeStacks.
    record StackSummary(String name, String arn, String status, String statusReason) {}
}
