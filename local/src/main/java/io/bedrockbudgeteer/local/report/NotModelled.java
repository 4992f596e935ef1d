package io.bedrockbudgeteer.local.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// What this simulation leaves out: the footer of every run, and a section of the documentation.
public final class NotModelled {

    public static final List<String> LIST =
            List.of(
                    "CloudFormation: scheduling and exact error texts, change sets, drift detection, stack policies, imports, hooks,"
                            + " macros other than the SAM subset, exports, nested stacks, StackSets, quotas",
                    "KMS: cryptography, key stores, multi-Region replication, real propagation times, service control policies,"
                            + " resource control policies, VPC endpoint policies",
                    "IAM: managed policy versions, instance profiles, federated principals; the deploying principal is an administrator",
                    "CloudWatch: metric ingestion and alarm evaluation, but for the number of messages in a queue; alarm actions are not carried out",
                    "Services behind the resources: no data plane; tables, buckets, streams and topics hold and deliver nothing, queues take"
                            + " only what Lambda gives up: nothing is received, nothing expires, the clock of a retention does not run",
                    "Lambda: concurrency limits, SnapStart, size limits, networks, architectures, DeadLetterConfig, destinations other than a"
                            + " standard queue for failures without a KMS key",
                    "S3: presigned signatures beyond their presence and age, bucket contents",
                    "What a service validates at creation beyond names, references and its use of KMS",
                    "Cost");

    private NotModelled() {}

    /// The list, how many rules are assumptions, and the properties that have no effect here.
    ///
    /// @param ignored accepted properties that are set, by type
    public static List<String> with(Map<String, ? extends Collection<String>> ignored) {
        List<String> all = new ArrayList<>(LIST);
        all.add(
                Assumptions.LIST.size()
                        + " rules rest on assumptions, because no AWS page says it; docs/local-stack.md lists them");
        ignored.forEach((type, properties) ->
                all.add(
                        "Accepted without effect on "
                                + type
                                + ": "
                                + String.join(", ", properties)));
        return all;
    }
}
