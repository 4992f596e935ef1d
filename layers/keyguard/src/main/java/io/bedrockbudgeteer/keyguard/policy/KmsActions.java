package io.bedrockbudgeteer.keyguard.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The KMS actions that work on one key. Source: Service Authorization Reference, Actions,
/// resources, and condition keys for AWS KMS.
public final class KmsActions {

    /// Every action on a single key, such as `kms:Decrypt`, in alphabetical order.
    public static final List<String> ON_KEY =
            Stream.of(
                            "CancelKeyDeletion",
                            "CreateAlias",
                            "CreateGrant",
                            "Decrypt",
                            "DeleteAlias",
                            "DeleteImportedKeyMaterial",
                            "DeriveSharedSecret",
                            "DescribeKey",
                            "DisableKey",
                            "DisableKeyRotation",
                            "EnableKey",
                            "EnableKeyRotation",
                            "Encrypt",
                            "GenerateDataKey",
                            "GenerateDataKeyPair",
                            "GenerateDataKeyPairWithoutPlaintext",
                            "GenerateDataKeyWithoutPlaintext",
                            "GenerateMac",
                            "GetKeyLastUsage",
                            "GetKeyPolicy",
                            "GetKeyRotationStatus",
                            "GetParametersForImport",
                            "GetPublicKey",
                            "ImportKeyMaterial",
                            "ListGrants",
                            "ListKeyPolicies",
                            "ListKeyRotations",
                            "ListResourceTags",
                            "PutKeyPolicy",
                            "ReEncryptFrom",
                            "ReEncryptTo",
                            "ReplicateKey",
                            "RetireGrant",
                            "RevokeGrant",
                            "RotateKeyOnDemand",
                            "ScheduleKeyDeletion",
                            "Sign",
                            "SynchronizeMultiRegionKey",
                            "TagResource",
                            "UntagResource",
                            "UpdateAlias",
                            "UpdateKeyDescription",
                            "UpdatePrimaryRegion",
                            "Verify",
                            "VerifyMac")
                    .map(name -> "kms:" + name)
                    .toList();

    // KMS Developer Guide, Allowing users in other accounts to use a KMS key.
    private static final Set<String> ACROSS_ACCOUNTS =
            Set.of(
                    "decrypt",
                    "encrypt",
                    "generatedatakey",
                    "generatedatakeypair",
                    "generatedatakeypairwithoutplaintext",
                    "generatedatakeywithoutplaintext",
                    "generatemac",
                    "derivesharedsecret",
                    "reencryptfrom",
                    "reencryptto",
                    "sign",
                    "verify",
                    "verifymac",
                    "creategrant",
                    "describekey",
                    "getkeyrotationstatus",
                    "getpublickey",
                    "listgrants",
                    "retiregrant",
                    "revokegrant");

    private static final List<String> LOWER_CASE =
            ON_KEY.stream().map(action -> action.toLowerCase(Locale.ROOT)).toList();

    private static final Map<String, String> BY_LOWER_CASE =
            ON_KEY.stream()
                    .collect(
                            Collectors.toUnmodifiableMap(
                                    action -> action.toLowerCase(Locale.ROOT), action -> action));

    private static final Map<String, String> NAMES =
            BY_LOWER_CASE.keySet().stream()
                    .collect(
                            Collectors.toUnmodifiableMap(
                                    action -> action, action -> action.substring("kms:".length())));

    private KmsActions() {}

    /// The action in AWS's spelling, when it is one on a single key.
    public static Optional<String> onKey(String action) {
        return Optional.ofNullable(BY_LOWER_CASE.get(action.toLowerCase(Locale.ROOT)));
    }

    /// The name without `kms:` of an action on a single key; empty for any other.
    ///
    /// @param lowerCase the action in lower case
    static Optional<String> nameOnKey(String lowerCase) {
        return Optional.ofNullable(NAMES.get(lowerCase));
    }

    /// The single actions that patterns such as `kms:GenerateDataKey*` stand for, without
    /// repetition, in the order of the patterns.
    public static List<String> expand(List<String> patterns) {
        List<String> single = new ArrayList<>();
        for (String pattern : patterns)
            for (String action : expand(pattern)) if (!single.contains(action)) single.add(action);
        return List.copyOf(single);
    }

    private static List<String> expand(String pattern) {
        Optional<String> name = onKey(pattern);
        if (name.isPresent()) return List.of(name.get());
        Actions one = new Actions(false, List.of(pattern));
        List<String> single = new ArrayList<>();
        for (int i = 0; i < ON_KEY.size(); i++)
            if (one.matches(LOWER_CASE.get(i)).isTrue()) single.add(ON_KEY.get(i));
        return single;
    }

    static boolean worksAcrossAccounts(String action) {
        String name = action.toLowerCase(Locale.ROOT);
        return name.startsWith("kms:") && ACROSS_ACCOUNTS.contains(name.substring("kms:".length()));
    }
}
