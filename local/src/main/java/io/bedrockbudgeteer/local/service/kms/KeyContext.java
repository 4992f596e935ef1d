package io.bedrockbudgeteer.local.service.kms;

import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.account.Principal;
import io.bedrockbudgeteer.local.service.access.Context;
import io.bedrockbudgeteer.local.service.access.Contexts;
import io.bedrockbudgeteer.local.service.access.Who;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The condition keys that a KMS operation carries (KMS Developer Guide, "AWS KMS condition keys";
/// Service Authorization Reference, "Actions, resources, and condition keys for AWS Key Management
/// Service"). A key outside the row of the operation is absent.
final class KeyContext {
    private static final String[] OF_SOME_OPERATIONS = {
        "kms:EncryptionAlgorithm",
        "kms:EncryptionContextKeys",
        "kms:RequestAlias",
        "kms:ReEncryptOnSameKey",
        "kms:DataKeyPairSpec",
        "kms:GrantIsForAWSResource",
        "kms:GrantOperations",
        "kms:GrantConstraintType",
        "kms:GrantConstraintSourceArn",
        "kms:GranteePrincipal",
        "kms:GranteeServicePrincipal",
        "kms:RetiringPrincipal",
        "kms:RetiringServicePrincipal",
        "kms:BypassPolicyLockoutSafetyCheck",
        "kms:RotationPeriodInDays",
        "kms:ScheduleKeyDeletionPendingWindowInDays",
        "kms:TrailingDaysWithoutKeyUsage",
        "kms:SigningAlgorithm",
        "kms:MessageType",
        "kms:MacAlgorithm",
        "kms:KeyAgreementAlgorithm",
        "kms:ExpirationModel",
        "kms:ValidTo",
        "kms:WrappingAlgorithm",
        "kms:WrappingKeySpec",
        "kms:ReplicaRegion",
        "kms:PrimaryRegion",
        "kms:ViaService",
        "kms:MultiRegionKeyType"
    };
    private static final String[] OF_GRANTS = {
        "kms:GrantOperations",
        "kms:GrantConstraintType",
        "kms:GrantConstraintSourceArn",
        "kms:GranteePrincipal",
        "kms:GranteeServicePrincipal",
        "kms:RetiringPrincipal",
        "kms:RetiringServicePrincipal"
    };
    static final Set<String> CRYPTOGRAPHIC =
            Set.of(
                    "Encrypt",
                    "Decrypt",
                    "ReEncryptFrom",
                    "ReEncryptTo",
                    "GenerateDataKey",
                    "GenerateDataKeyWithoutPlaintext",
                    "GenerateDataKeyPair",
                    "GenerateDataKeyPairWithoutPlaintext");

    private KeyContext() {}

    /// @param alias the alias name that the caller used, if any
    /// @param given keys that the calling service adds, or that follow from the parameters
    static Context of(
            Who who,
            Key key,
            List<String> aliases,
            String operation,
            Optional<String> alias,
            Map<String, String> encryptionContext,
            Map<String, String> given,
            Instant now) {
        Context.Builder context =
                Contexts.global(
                                who,
                                key.region(),
                                key.account(),
                                given.containsKey("kms:ViaService"),
                                now)
                        .put("kms:KeyOrigin", key.spec().origin())
                        .put("kms:KeySpec", key.spec().spec())
                        .put("kms:KeyUsage", key.spec().usage())
                        .put("kms:CustomerMasterKeySpec", key.spec().spec())
                        .put("kms:CustomerMasterKeyUsage", key.spec().usage())
                        .put("kms:MultiRegion", String.valueOf(key.spec().multiRegion()))
                        .absent(OF_SOME_OPERATIONS)
                        .absentPrefix("kms:EncryptionContext:")
                        .absentPrefix("kms:RecipientAttestation:");
        if (aliases.isEmpty()) context.absent("kms:ResourceAliases");
        else context.put("kms:ResourceAliases", aliases);
        if (key.spec().multiRegion()) context.put("kms:MultiRegionKeyType", "PRIMARY");
        // Whether kms:CallerAccount is there when a service principal calls is not documented.
        if (who.principal() instanceof Principal.Session)
            context.put("kms:CallerAccount", who.account());
        given.forEach((name, value) -> context.put(name, value));
        if (CRYPTOGRAPHIC.contains(operation)) {
            context.put("kms:EncryptionAlgorithm", "SYMMETRIC_DEFAULT");
            alias.ifPresent(name -> context.put("kms:RequestAlias", name));
            if (operation.startsWith("ReEncrypt")) context.unknown("kms:ReEncryptOnSameKey");
            if (operation.startsWith("GenerateDataKeyPair")) context.unknown("kms:DataKeyPairSpec");
        } else if (operation.equals("DescribeKey") || operation.equals("GetPublicKey")) {
            alias.ifPresent(name -> context.put("kms:RequestAlias", name));
        } else if (operation.equals("CreateGrant")) {
            context.unknown(OF_GRANTS);
            if (!given.containsKey("kms:GrantIsForAWSResource"))
                context.put("kms:GrantIsForAWSResource", "false");
        } else if (operation.equals("ListGrants") || operation.equals("RevokeGrant")) {
            context.unknown("kms:GrantIsForAWSResource");
        }
        return pairs(context, operation, encryptionContext).build();
    }

    private static Context.Builder pairs(
            Context.Builder context, String operation, Map<String, String> encryptionContext) {
        if (encryptionContext.isEmpty()) return context;
        if (!CRYPTOGRAPHIC.contains(operation) && !operation.equals("CreateGrant")) {
            throw new NotModelledException(
                    "an encryption context with " + operation + ", which carries none");
        }
        encryptionContext.forEach(
                (name, value) -> context.put("kms:EncryptionContext:" + name, value));
        return context.put("kms:EncryptionContextKeys", List.copyOf(encryptionContext.keySet()));
    }
}
