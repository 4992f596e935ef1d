package io.bedrockbudgeteer.local.report;

import java.util.List;

/// Rules of this simulation that no AWS page states. Marked in the code where they matter, and
/// listed in the documentation.
public final class Assumptions {

    public static final List<String> LIST =
            List.of(
                    "An update that fails takes a replaced custom resource back by a reverse Update and then a Delete of"
                            + " the new id. CloudFormation was seen to do so; the tests also run with the Delete alone.",
                    "An answer that does not echo the ids of the request verbatim finds no request: it counts as no"
                            + " answer, and is not waited for.",
                    "A FAILED answer without a Reason gets a generic text. The first answer counts, a second one is a"
                            + " violation.",
                    "Only the branch of `Fn::If` that is taken makes dependencies.",
                    "A layer's content is compared by its hash, as its S3 key would be after packaging.",
                    "Lambda uses environment variables with the function's ARN as encryption context.",
                    "CloudTrail decrypts under a Bucket Key without an encryption context; Firehose makes its grant"
                            + " without one.",
                    "The encryption context of messages is the topic's or queue's ARN (`aws:sns:topicArn`,"
                            + " `aws:sqs:arn`).",
                    "A delivery role that cannot use the bucket's key refuses the stream. AWS makes the stream, fails at"
                            + " the first delivery, and discards the data after 24 hours. Failing early is stricter.",
                    "Clean-ups are tried three times and then abandoned.",
                    "The record of an event that was given up before it ran has no members about a response. A change of the number of"
                            + " messages in a queue changes the alarms on it at once.");

    private Assumptions() {}
}
