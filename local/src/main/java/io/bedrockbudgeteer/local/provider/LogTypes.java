package io.bedrockbudgeteer.local.provider;

import io.bedrockbudgeteer.local.account.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Log groups and streams.
final class LogTypes {
    private static final String GROUP = "AWS::Logs::LogGroup";
    private static final int LONGEST_NAME = 512;

    static final List<TypeSpec> TYPES =
            List.of(
                    TypeSpec.of(GROUP, "CloudWatch Logs User Guide, Encrypt log data using AWS KMS")
                            .foundation()
                            .modelled("LogGroupName", "RetentionInDays", "KmsKeyId")
                            .ignored(
                                    "Tags",
                                    "LogGroupClass",
                                    "DataProtectionPolicy",
                                    "FieldIndexPolicies")
                            .named("LogGroupName")
                            .attributes("Arn")
                            .keys("KmsKeyId")
                            .does(
                                    Named.by(
                                                    "LogGroupName",
                                                    LONGEST_NAME,
                                                    (scene, name) ->
                                                            Map.of("Arn", arn(scene, name) + ":*"))
                                            .checking(LogTypes::checkKey)),
                    TypeSpec.of(
                                    "AWS::Logs::LogStream",
                                    "CloudWatch Logs User Guide, Working with log groups and log streams")
                            .modelled("LogGroupName", "LogStreamName")
                            .required("LogGroupName")
                            .immutable()
                            .does(
                                    Named.by(
                                                    "LogStreamName",
                                                    LONGEST_NAME,
                                                    (scene, name) -> Map.of())
                                            // A stream's name is free again in another group.
                                            .keptUnder((scene, name) ->
                                                    scene.needed("LogGroupName") + ":" + name)
                                            .checking(LogTypes::checkGroup)));

    private LogTypes() {}

    /// Without the `:*` that GetAtt adds: this is what the encryption context holds.
    private static String arn(Scene scene, String name) {
        return scene.arn("logs", "log-group:" + name);
    }

    /// The caller must be able to describe the key, and the regional service principal must be able
    /// to use it for this group. DescribeKey by the service itself is not among the uses: the
    /// documented statement asks for an encryption context, which DescribeKey never has.
    private static void checkKey(Scene scene, String name, Optional<Map<String, Object>> before) {
        Optional<String> key = scene.text("KmsKeyId");
        if (key.isEmpty()
                || before.filter(old -> Scene.text(old, "KmsKeyId").equals(key)).isPresent()) {
            return;
        }
        String principal = "logs." + scene.account().region() + "." + scene.account().urlSuffix();
        Map<String, String> context = Map.of("aws:logs:arn", arn(scene, name));
        try {
            scene.keyAccess().deployer("logs", key.get(), Map.of(), "DescribeKey");
            scene.keyAccess()
                    .service(
                            principal,
                            key.get(),
                            context,
                            Map.of(),
                            "Encrypt",
                            "Decrypt",
                            "ReEncryptFrom",
                            "ReEncryptTo",
                            "GenerateDataKey");
        } catch (Refusal e) {
            throw new Refusal(
                    "InvalidParameterException",
                    400,
                    "The specified KMS key does not exist or is not allowed to be used with LogGroup '"
                            + arn(scene, name)
                            + "': "
                            + e.text());
        }
    }

    private static void checkGroup(Scene scene, String name, Optional<Map<String, Object>> before) {
        if (scene.inventory().find(GROUP, scene.needed("LogGroupName")).isEmpty()) {
            throw new Refusal(
                    "ResourceNotFoundException", 400, "The specified log group does not exist.");
        }
    }
}
