package io.bedrockbudgeteer.keyguard.customresource;

import java.util.Optional;

/// What is needed to answer a request, taken from the raw event before anything else is understood
/// of it. The ids go back byte for byte.
///
/// @param responseUrl a pre-signed URL: whoever holds it can forge the answer. Never printed
/// @param physicalId absent on Create
record RequestIdentity(
        String responseUrl,
        String stackId,
        String requestId,
        String logicalId,
        Optional<String> physicalId) {

    @Override
    public String toString() {
        return "request " + requestId + " for " + logicalId + " of " + stackId;
    }
}
