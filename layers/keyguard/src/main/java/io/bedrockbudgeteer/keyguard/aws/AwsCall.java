package io.bedrockbudgeteer.keyguard.aws;

/// One AWS call that was made, for the log: where the time of a request went.
///
/// @param operation such as `kms:DescribeKey`
/// @param result `ok`, the service's error code such as `ThrottlingException`, or the kind of
///   client error such as `ApiCallTimeout`
/// @param attempts how often it was sent; 0 when it never left
/// @param millis from the first attempt to the end, waits between attempts included
public record AwsCall(String operation, String result, int attempts, long millis) {}
