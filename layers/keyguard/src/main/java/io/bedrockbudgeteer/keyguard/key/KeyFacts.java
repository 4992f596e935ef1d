package io.bedrockbudgeteer.keyguard.key;

import io.bedrockbudgeteer.keyguard.policy.Arn;
import java.time.Instant;
import java.util.Optional;

/// What DescribeKey says. Words are KMS's own, also those that this version does not know.
///
/// @param arn ARN of the key, also when an alias was asked for
/// @param manager `CUSTOMER` or `AWS`
/// @param state such as `Enabled`
/// @param spec such as `SYMMETRIC_DEFAULT`
/// @param usage such as `ENCRYPT_DECRYPT`
/// @param origin `AWS_KMS`, `EXTERNAL`, `AWS_CLOUDHSM` or `EXTERNAL_KEY_STORE`
/// @param multiRegion `PRIMARY`, `REPLICA`, or empty for a key of one Region
/// @param expires when imported key material ends
/// @param deletion when a key that waits for deletion goes
public record KeyFacts(
        Arn arn,
        String manager,
        String state,
        String spec,
        String usage,
        String origin,
        String multiRegion,
        Optional<Instant> expires,
        Optional<Instant> deletion) {

    /// The id in the ARN, such as `1234abcd-12ab-34cd-56ef-1234567890ab`.
    public String keyId() {
        return arn.resourceName();
    }

    public boolean isPendingDeletion() {
        return state.equals("PendingDeletion") || state.equals("PendingReplicaDeletion");
    }
}
