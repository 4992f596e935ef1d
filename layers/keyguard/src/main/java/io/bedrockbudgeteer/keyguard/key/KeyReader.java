package io.bedrockbudgeteer.keyguard.key;

import io.bedrockbudgeteer.keyguard.aws.Reply;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.Grant;
import java.util.List;

/// What can be read about a key, from KMS or from files. Problems are values. A retry helps where
/// the problem says so.
public interface KeyReader {

    /// @param keyOrAlias a key ARN or an alias ARN
    Reply<KeyFacts> describe(Arn keyOrAlias);

    /// The text of the key policy, as KMS writes it: not the bytes that were put.
    Reply<String> policy(Arn key);

    /// Whether automatic rotation is on.
    Reply<Boolean> rotates(Arn key);

    /// All grants on the key.
    Reply<List<Grant>> grants(Arn key);
}
