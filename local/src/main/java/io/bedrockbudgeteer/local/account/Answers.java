package io.bedrockbudgeteer.local.account;

import java.time.Duration;
import java.util.Optional;

/// The endpoint that takes the answers of custom resources: an imitation of a presigned S3 URL on
/// loopback.
public interface Answers {

    /// Opens a place for one answer.
    ///
    /// @return the URL to hand to the function
    String open(String stackArn, String logicalId, String requestId);

    /// Waits for the first answer.
    ///
    /// @return the body, or empty when none came in time
    Optional<String> await(String stackArn, String logicalId, String requestId, Duration timeout)
            throws InterruptedException;
}
