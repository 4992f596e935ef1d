package io.bedrockbudgeteer.local.service;

import java.util.List;

/// What the simulated services leave out, and what they assume where AWS documents nothing.
final class NotModelled {
    static final List<String> SERVICES =
            List.of(
                    "Request signatures: the access key tells who calls; secret and signature are not verified.",
                    "KMS: cryptography, key stores, replicas of multi-Region keys, real propagation times, request quotas (throttling can be injected).",
                    "KMS: whether principals of other accounts exist; service principals outside a list drawn from AWS's guides are refused.",
                    "KMS, assumed: a repeated Sid is refused; Resource in a key policy is \"*\" or the key's own ARN; a key in deletion answers"
                            + " KMSInvalidStateException; grants are in force at once.",
                    "Policies: service and resource control policies, permissions boundaries, session and VPC endpoint policies, organisations, tags of"
                            + " principals, IP addresses.",
                    "IAM: users, groups, instance and federated principals, trust policies, versions of managed policies.",
                    "CloudWatch: metric ingestion, alarm evaluation (but for messages in a queue), delivery of alarm actions; only the metrics of"
                            + " KMS are checked for existence.",
                    "Parameter Store: advanced tier, policies, labels, versions, encryption of the stored value.",
                    "Lambda: concurrency limits and provisioned concurrency, SnapStart, size limits, network, CPU share of a memory size.",
                    "Answers of custom resources: the signature is compared, not computed.");

    private NotModelled() {}
}
