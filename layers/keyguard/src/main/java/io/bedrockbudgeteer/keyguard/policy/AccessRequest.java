package io.bedrockbudgeteer.keyguard.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A question about one action on one key.
///
/// @param caller who asks
/// @param action such as `kms:Decrypt`; case does not matter
/// @param key ARN of the key
/// @param context condition keys and their values as the request carries them; an empty Optional
///   means: known to be absent. Keys that follow from the request itself are derived and need not
///   be given
/// @param contextComplete true when every key that is not in `context` is known to be absent; false
///   when it is unknown
public record AccessRequest(
        Caller caller,
        String action,
        Arn key,
        Map<String, Optional<List<String>>> context,
        boolean contextComplete) {

    public AccessRequest {
        context = Map.copyOf(context);
    }
}
