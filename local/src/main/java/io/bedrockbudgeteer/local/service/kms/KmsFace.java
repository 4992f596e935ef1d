package io.bedrockbudgeteer.local.service.kms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bedrockbudgeteer.local.account.Keys.KeySpec;
import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.account.Refusal;
import io.bedrockbudgeteer.local.service.access.Attempt;
import io.bedrockbudgeteer.local.service.access.Contexts;
import io.bedrockbudgeteer.local.service.access.Json;
import io.bedrockbudgeteer.local.service.wire.Face;
import io.bedrockbudgeteer.local.service.wire.Members;
import io.bedrockbudgeteer.local.service.wire.Result;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The JSON face of KMS (KMS API Reference). Cryptography is not simulated; [Keys#use] checks its
/// permissions for the providers.
public final class KmsFace implements Face {
    private final KeyStore store;
    private final String region;
    private final String account;
    private final GrantOperations grants;

    public KmsFace(KeyStore store, String region, String account) {
        this.store = store;
        this.region = region;
        this.account = account;
        this.grants = new GrantOperations(store);
    }

    @Override
    public Result call(Attempt attempt, String operation, JsonNode input) {
        synchronized (store) {
            return switch (operation) {
                case "DescribeKey" -> describe(attempt, input);
                case "GetKeyPolicy" -> getPolicy(attempt, input);
                case "PutKeyPolicy" -> putPolicy(attempt, input);
                case "GetKeyRotationStatus" -> rotationStatus(attempt, input);
                case "EnableKeyRotation" -> enableRotation(attempt, input);
                case "ListGrants" -> grants.list(attempt, input);
                case "CreateGrant" -> grants.create(attempt, input);
                case "RevokeGrant" -> grants.revoke(attempt, input);
                case "ListAliases" -> listAliases(attempt, input);
                case "ListKeys" -> listKeys(attempt, input);
                case "CreateKey" -> createKey(attempt, input);
                case "CreateAlias" -> createAlias(attempt, input);
                default -> throw new NotModelledException("kms:" + operation);
            };
        }
    }

    private Result describe(Attempt attempt, JsonNode input) {
        String name = Members.of(input, "KeyId", "GrantTokens").required("KeyId");
        if (name.startsWith("alias/aws/")
                && !store.directory().aliases().containsKey(store.directory().ownAliasArn(name))) {
            store.create(attempt, managed(name), true);
        }
        Key key = store.require(attempt, name, "DescribeKey", Map.of(), Map.of()).key();
        return Result.json(Json.MAPPER.createObjectNode().set("KeyMetadata", metadata(key)));
    }

    /// KMS API Reference, DescribeKey: naming the alias of an AWS managed key makes the key.
    private KeySpec managed(String alias) {
        return new KeySpec(
                Optional.empty(),
                "Enabled",
                "SYMMETRIC_DEFAULT",
                "ENCRYPT_DECRYPT",
                "AWS",
                "AWS_KMS",
                false,
                account,
                region,
                Optional.of(alias),
                true);
    }

    private Result getPolicy(Attempt attempt, JsonNode input) {
        Members members = Members.of(input, "KeyId", "PolicyName");
        Key key =
                store.requireKey(attempt, members.required("KeyId"), "GetKeyPolicy", Map.of())
                        .key();
        requireDefault(members);
        return Result.json(
                Json.MAPPER
                        .createObjectNode()
                        .put("Policy", store.read(key))
                        .put("PolicyName", "default"));
    }

    private Result putPolicy(Attempt attempt, JsonNode input) {
        Members members =
                Members.of(
                        input, "KeyId", "PolicyName", "Policy", "BypassPolicyLockoutSafetyCheck");
        requireDefault(members);
        store.put(
                attempt,
                members.required("KeyId"),
                members.required("Policy"),
                members.flag("BypassPolicyLockoutSafetyCheck"));
        return Result.nothing();
    }

    private static void requireDefault(Members members) {
        if (!members.text("PolicyName").orElse("default").equals("default")) {
            throw new Refusal("NotFoundException", 400, "No such policy exists");
        }
    }

    private Result rotationStatus(Attempt attempt, JsonNode input) {
        Key key =
                store.requireKey(
                                attempt,
                                Members.of(input, "KeyId").required("KeyId"),
                                "GetKeyRotationStatus",
                                Map.of())
                        .key();
        requireRotatable(key);
        ObjectNode status =
                Json.MAPPER
                        .createObjectNode()
                        .put("KeyId", key.arn())
                        .put("KeyRotationEnabled", key.rotation());
        if (key.rotation()) status.put("RotationPeriodInDays", key.rotationDays());
        return Result.json(status);
    }

    private Result enableRotation(Attempt attempt, JsonNode input) {
        Members members = Members.of(input, "KeyId", "RotationPeriodInDays");
        int days = members.number("RotationPeriodInDays").orElse(365);
        if (days < 90 || days > 2560)
            throw new Refusal(
                    "ValidationException",
                    400,
                    "RotationPeriodInDays must be between 90 and 2560.");
        Map<String, String> given = Map.of("kms:RotationPeriodInDays", String.valueOf(days));
        Key key =
                store.requireKey(attempt, members.required("KeyId"), "EnableKeyRotation", given)
                        .key();
        requireRotatable(key);
        key.rotate(days);
        return Result.nothing();
    }

    /// KMS Developer Guide, "Rotate AWS KMS keys": symmetric keys with material that KMS made.
    private static void requireRotatable(Key key) {
        if (!key.spec().spec().equals("SYMMETRIC_DEFAULT")
                || !key.spec().origin().equals("AWS_KMS")) {
            throw new Refusal(
                    "UnsupportedOperationException",
                    400,
                    key.arn() + " does not support automatic rotation.");
        }
    }

    private Result listAliases(Attempt attempt, JsonNode input) {
        Members members = Members.of(input, "KeyId", "Limit", "Marker");
        requireOwnList(attempt, "kms:ListAliases");
        Optional<String> only =
                members.text("KeyId").map(id -> store.directory().findKey(id).key().arn());
        ArrayNode aliases = Json.MAPPER.createArrayNode();
        store.directory()
                .aliases()
                .forEach((arn, target) -> {
                    if (!arn.contains(":" + account + ":")
                            || !only.map(target::equals).orElse(true)) return;
                    aliases.addObject()
                            .put("AliasName", arn.substring(arn.lastIndexOf(":alias/") + 1))
                            .put("AliasArn", arn)
                            .put("TargetKeyId", target.substring(target.lastIndexOf('/') + 1));
                });
        ObjectNode result = Json.MAPPER.createObjectNode().put("Truncated", false);
        return Result.json(result.set("Aliases", aliases));
    }

    private Result listKeys(Attempt attempt, JsonNode input) {
        Members.of(input, "Limit", "Marker");
        requireOwnList(attempt, "kms:ListKeys");
        ArrayNode keys = Json.MAPPER.createArrayNode();
        for (Key key : store.directory().keys()) {
            if (!key.account().equals(account) || !key.region().equals(region)) continue;
            keys.addObject().put("KeyId", key.id()).put("KeyArn", key.arn());
        }
        ObjectNode result = Json.MAPPER.createObjectNode().put("Truncated", false);
        return Result.json(result.set("Keys", keys));
    }

    private Result createKey(Attempt attempt, JsonNode input) {
        Members members =
                Members.of(
                        input,
                        "Policy",
                        "Description",
                        "KeyUsage",
                        "KeySpec",
                        "Origin",
                        "MultiRegion",
                        "BypassPolicyLockoutSafetyCheck");
        requireOwnList(attempt, "kms:CreateKey");
        String origin = members.text("Origin").orElse("AWS_KMS");
        KeySpec spec =
                new KeySpec(
                        members.text("Policy"),
                        origin.equals("EXTERNAL") ? "PendingImport" : "Enabled",
                        members.text("KeySpec").orElse("SYMMETRIC_DEFAULT"),
                        members.text("KeyUsage").orElse("ENCRYPT_DECRYPT"),
                        "CUSTOMER",
                        origin,
                        members.flag("MultiRegion"),
                        account,
                        region,
                        Optional.empty(),
                        false);
        Key key = store.create(attempt, spec, members.flag("BypassPolicyLockoutSafetyCheck"));
        return Result.json(Json.MAPPER.createObjectNode().set("KeyMetadata", metadata(key)));
    }

    /// KMS Developer Guide, "Controlling access to aliases": the alias by identity policy, and the
    /// key as well.
    private Result createAlias(Attempt attempt, JsonNode input) {
        Members members = Members.of(input, "AliasName", "TargetKeyId");
        String name = members.required("AliasName");
        if (!name.matches("alias/[A-Za-z0-9/_-]{1,250}") || name.startsWith("alias/aws/")) {
            throw new Refusal(
                    "InvalidAliasNameException",
                    400,
                    "Alias must start with the prefix \"alias/\" and not with \"alias/aws/\".");
        }
        String arn = store.directory().ownAliasArn(name);
        attempt.require(
                "kms:CreateAlias",
                arn,
                Contexts.global(attempt.who(), region, account, false, store.now()).build(),
                "AccessDeniedException",
                400);
        Key key =
                store.requireKey(attempt, members.required("TargetKeyId"), "CreateAlias", Map.of())
                        .key();
        if (store.directory().aliases().containsKey(arn)) {
            throw new Refusal(
                    "AlreadyExistsException",
                    400,
                    "An alias with the name " + arn + " already exists");
        }
        store.directory().alias(arn, key.arn());
        return Result.nothing();
    }

    private void requireOwnList(Attempt attempt, String action) {
        attempt.require(
                action,
                "*",
                Contexts.global(attempt.who(), region, account, false, store.now()).build(),
                "AccessDeniedException",
                400);
    }

    private JsonNode metadata(Key key) {
        KeySpec spec = key.spec();
        ObjectNode node =
                Json.MAPPER
                        .createObjectNode()
                        .put("AWSAccountId", key.account())
                        .put("KeyId", key.id())
                        .put("Arn", key.arn())
                        .put("CreationDate", key.created().getEpochSecond())
                        .put("Enabled", key.state().equals("Enabled"))
                        .put("Description", "")
                        .put("KeyUsage", spec.usage())
                        .put("KeyState", key.state())
                        .put("Origin", spec.origin())
                        .put("KeyManager", spec.manager())
                        .put("CustomerMasterKeySpec", spec.spec())
                        .put("KeySpec", spec.spec())
                        .put("MultiRegion", spec.multiRegion());
        if (key.state().equals("PendingDeletion")) {
            node.put("DeletionDate", store.now().plus(Duration.ofDays(30)).getEpochSecond());
        }
        if (spec.usage().equals("ENCRYPT_DECRYPT"))
            node.putArray("EncryptionAlgorithms").add(algorithm(spec.spec()));
        if (spec.multiRegion()) {
            ObjectNode configuration =
                    node.putObject("MultiRegionConfiguration").put("MultiRegionKeyType", "PRIMARY");
            configuration.putObject("PrimaryKey").put("Arn", key.arn()).put("Region", key.region());
            configuration.putArray("ReplicaKeys");
        }
        return node;
    }

    private static String algorithm(String spec) {
        return spec.startsWith("RSA_") ? "RSAES_OAEP_SHA_256" : "SYMMETRIC_DEFAULT";
    }

    /// Grant operations as the API lists them.
    static final List<String> GRANTABLE =
            List.of(
                    "Decrypt",
                    "Encrypt",
                    "GenerateDataKey",
                    "GenerateDataKeyWithoutPlaintext",
                    "ReEncryptFrom",
                    "ReEncryptTo",
                    "Sign",
                    "Verify",
                    "GetPublicKey",
                    "CreateGrant",
                    "RetireGrant",
                    "DescribeKey",
                    "GenerateDataKeyPair",
                    "GenerateDataKeyPairWithoutPlaintext",
                    "GenerateMac",
                    "VerifyMac",
                    "DeriveSharedSecret");
}
