package io.bedrockbudgeteer.keyguard.testing;

import java.util.Map;

/// One request in one of the wire formats of AWS.
interface Wire {

    /// Such as `kms:DescribeKey`.
    String operation();

    Map<String, Object> input();

    byte[] answer(Map<String, Object> output);

    byte[] error(AwsError error);

    String contentType();
}
