package io.bedrockbudgeteer.local.service.kms;

import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.account.Refusal;
import java.util.Set;

/// Which operations work in which state (KMS Developer Guide, "Key states of AWS KMS keys").
final class KeyStates {
    static final Set<String> ALL =
            Set.of(
                    "Enabled",
                    "Disabled",
                    "PendingDeletion",
                    "PendingReplicaDeletion",
                    "PendingImport",
                    "Unavailable",
                    "Creating",
                    "Updating");

    /// Work in every state; clean-up must be possible while a key is disabled or waits for its
    /// deletion.
    private static final Set<String> ALWAYS =
            Set.of(
                    "DescribeKey",
                    "GetKeyPolicy",
                    "PutKeyPolicy",
                    "GetKeyRotationStatus",
                    "ListGrants",
                    "RetireGrant",
                    "RevokeGrant",
                    "ListAliases",
                    "CreateAlias");

    private KeyStates() {}

    /// @throws Refusal `DisabledException` or `KMSInvalidStateException`
    static void require(Key key, String operation) {
        if (ALWAYS.contains(operation)) return;
        boolean cryptographic = KeyContext.CRYPTOGRAPHIC.contains(operation);
        if (!cryptographic
                && !operation.equals("CreateGrant")
                && !operation.equals("EnableKeyRotation")) {
            throw new NotModelledException("kms:" + operation);
        }
        switch (key.state()) {
            case "Enabled", "Updating" -> {}
            case "Disabled" ->
                    throw new Refusal("DisabledException", 400, key.arn() + " is disabled.");
            // The table allows DisabledException too; this is the one that the documentation's
            // alarm looks for.
            case "PendingDeletion", "PendingReplicaDeletion" ->
                    throw invalid(key, " is pending deletion.");
            case "PendingImport" -> throw invalid(key, " is pending import.");
            case "Unavailable" -> {
                if (!operation.equals("CreateGrant")) throw invalid(key, " is unavailable.");
            }
            case "Creating" -> throw invalid(key, " is creating.");
            default -> throw new NotModelledException("key state " + key.state());
        }
    }

    private static Refusal invalid(Key key, String what) {
        return new Refusal("KMSInvalidStateException", 400, key.arn() + what);
    }
}
