package io.bedrockbudgeteer.secureparameter;

import io.bedrockbudgeteer.keyguard.customresource.Request;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Whose a parameter is. Two tags say it; the name cannot, because anybody can have made it.
///
/// @param stackId the stack ARN
/// @param logicalId the logical id of the custom resource
record Ownership(String stackId, String logicalId) {
    static final String STACK_TAG = "bedrock-budgeteer:stack-id";
    static final String LOGICAL_ID_TAG = "bedrock-budgeteer:logical-id";

    /// What the tags of a name say.
    enum Verdict {
        ABSENT,
        OURS,
        FOREIGN
    }

    static Ownership of(Request request) {
        return new Ownership(request.stackId().arn(), request.logicalId());
    }

    /// @param tags empty when there is no such parameter
    Verdict verdict(Optional<Map<String, String>> tags) {
        if (tags.isEmpty()) return Verdict.ABSENT;
        boolean ours =
                stackId.equals(tags.get().get(STACK_TAG))
                        && logicalId.equals(tags.get().get(LOGICAL_ID_TAG));
        return ours ? Verdict.OURS : Verdict.FOREIGN;
    }

    /// The user's tags and ours; ours win.
    Map<String, String> tags(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(more);
        all.put(STACK_TAG, stackId);
        all.put(LOGICAL_ID_TAG, logicalId);
        return all;
    }
}
