package io.bedrockbudgeteer.local.provider;

import io.bedrockbudgeteer.local.account.Keys;
import io.bedrockbudgeteer.local.account.Keys.KeySpec;
import io.bedrockbudgeteer.local.engine.Made;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Keys and aliases that a template makes itself.
final class KeyTypes {
    private static final String ALIAS = "AWS::KMS::Alias";

    static final List<TypeSpec> TYPES =
            List.of(
                    TypeSpec.of("AWS::KMS::Key", "KMS API Reference, CreateKey and PutKeyPolicy")
                            .modelled(
                                    "KeyPolicy",
                                    "EnableKeyRotation",
                                    "KeySpec",
                                    "KeyUsage",
                                    "MultiRegion",
                                    "Origin")
                            .ignored(
                                    "Description",
                                    "PendingWindowInDays",
                                    "RotationPeriodInDays",
                                    "Enabled",
                                    "Tags")
                            .replacing("KeySpec", "KeyUsage", "MultiRegion", "Origin")
                            .attributes("Arn", "KeyId")
                            .does(new KeyBehaviour()),
                    TypeSpec.of(ALIAS, "KMS Developer Guide, Aliases in AWS KMS")
                            .modelled("AliasName", "TargetKeyId")
                            .required("AliasName", "TargetKeyId")
                            .named("AliasName")
                            .keys("TargetKeyId")
                            .does(
                                    new Named(
                                                    scene -> scene.needed("AliasName"),
                                                    (scene, name) -> name,
                                                    (scene, name) -> Map.of(),
                                                    KeyTypes::freeForUpdate)
                                            .after(
                                                    (scene, name) ->
                                                            scene.account()
                                                                    .keys()
                                                                    .alias(
                                                                            name,
                                                                            keyArn(
                                                                                    scene,
                                                                                    scene.needed(
                                                                                            "TargetKeyId"))),
                                                    (scene, name) ->
                                                            scene.account()
                                                                    .keys()
                                                                    .removeAlias(name))));

    private KeyTypes() {}

    /// UpdateAlias moves an alias; a new one must not exist yet.
    private static void freeForUpdate(
            Scene scene, String alias, Optional<Map<String, Object>> before) {
        if (before.isPresent()) {
            scene.account().keys().removeAlias(alias);
        }
    }

    private static String keyArn(Scene scene, String idOrArn) {
        return idOrArn.startsWith("arn:") ? idOrArn : scene.arn("kms", "key/" + idOrArn);
    }

    private static final class KeyBehaviour implements Behaviour {
        @Override
        public Made create(Scene scene) {
            String arn =
                    scene.account()
                            .keys()
                            .create(
                                    new KeySpec(
                                            scene.value("KeyPolicy").map(IamTypes::json),
                                            "Enabled",
                                            scene.text("KeySpec").orElse("SYMMETRIC_DEFAULT"),
                                            scene.text("KeyUsage").orElse("ENCRYPT_DECRYPT"),
                                            "CUSTOMER",
                                            scene.text("Origin").orElse("AWS_KMS"),
                                            scene.isTrue("MultiRegion"),
                                            scene.account().accountId(),
                                            scene.account().region(),
                                            Optional.empty(),
                                            scene.isTrue("EnableKeyRotation")));
            String id = arn.substring(arn.lastIndexOf('/') + 1);
            return made(arn, id);
        }

        @Override
        public Made update(Scene scene, String physicalId, Map<String, Object> before) {
            String arn = keyArn(scene, physicalId);
            Keys keys = scene.account().keys();
            scene.value("KeyPolicy")
                    .map(IamTypes::json)
                    .ifPresent(policy -> keys.putPolicy(scene.account().deployer(), arn, policy));
            return made(arn, physicalId);
        }

        /// CloudFormation schedules the deletion; the key stays visible until the waiting time has
        /// passed.
        @Override
        public void delete(Scene scene, String physicalId) {
            scene.account().keys().state(keyArn(scene, physicalId), "PendingDeletion");
        }

        private static Made made(String arn, String id) {
            return new Made(id, Map.of("Arn", arn, "KeyId", id));
        }
    }
}
