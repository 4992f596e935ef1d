package io.bedrockbudgeteer.keyguard.key;

import io.bedrockbudgeteer.keyguard.aws.AwsClients;
import io.bedrockbudgeteer.keyguard.aws.Deadline;
import io.bedrockbudgeteer.keyguard.aws.Reply;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.kms.model.CreateAliasRequest;
import software.amazon.awssdk.services.kms.model.CreateKeyRequest;
import software.amazon.awssdk.services.kms.model.DeleteAliasRequest;
import software.amazon.awssdk.services.kms.model.EnableKeyRotationRequest;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.ScheduleKeyDeletionRequest;
import software.amazon.awssdk.services.kms.model.Tag;

/// Makes a key and what belongs to it, and takes it away again. Errors of the service are values,
/// and each call is one attempt: a caller that repeats it looks first at what is there by then. For
/// the command line: no function of the stack may do any of this.
public final class KeyMaker {
    /// The shortest time there is. KMS API Reference, ScheduleKeyDeletion.
    public static final int DAYS_UNTIL_DELETION = 7;

    private final AwsClients clients;
    private final Deadline deadline;

    public KeyMaker(AwsClients clients, Deadline deadline) {
        this.clients = clients;
        this.deadline = deadline;
    }

    /// Makes a symmetric key for encryption. One attempt: each one makes a key of its own. The
    /// lock-out check of KMS stays on.
    public Reply<Arn> createKey(String policy, String description, Map<String, String> tags) {
        deadline.beforeWriting("kms:CreateKey");
        return Reply.of(
                        "kms:CreateKey",
                        () ->
                                clients.kms()
                                        .createKey(request(policy, description, tags))
                                        .keyMetadata())
                .map(key -> Arn.parse(key.arn()));
    }

    private CreateKeyRequest request(String policy, String description, Map<String, String> tags) {
        CreateKeyRequest.Builder request =
                CreateKeyRequest.builder()
                        .keySpec(KeySpec.SYMMETRIC_DEFAULT)
                        .keyUsage(KeyUsageType.ENCRYPT_DECRYPT)
                        .policy(policy)
                        .description(description)
                        .overrideConfiguration(AwsClients.once(deadline));
        // Tags take a permission of their own, kms:TagResource.
        if (!tags.isEmpty()) request.tags(tags.entrySet().stream().map(KeyMaker::tag).toList());
        return request.build();
    }

    private static Tag tag(Map.Entry<String, String> tag) {
        return Tag.builder().tagKey(tag.getKey()).tagValue(tag.getValue()).build();
    }

    /// @param name with the prefix `alias/`
    public Reply<Boolean> createAlias(String name, Arn key) {
        return write(
                "kms:CreateAlias",
                () ->
                        clients.kms()
                                .createAlias(
                                        CreateAliasRequest.builder()
                                                .aliasName(name)
                                                .targetKeyId(key.resourceName())
                                                .overrideConfiguration(AwsClients.once(deadline))
                                                .build()));
    }

    public Reply<Boolean> enableRotation(Arn key) {
        return write(
                "kms:EnableKeyRotation",
                () ->
                        clients.kms()
                                .enableKeyRotation(
                                        EnableKeyRotationRequest.builder()
                                                .keyId(key.toString())
                                                .overrideConfiguration(AwsClients.once(deadline))
                                                .build()));
    }

    /// @param name with the prefix `alias/`
    public Reply<Boolean> deleteAlias(String name) {
        return write(
                "kms:DeleteAlias",
                () ->
                        clients.kms()
                                .deleteAlias(
                                        DeleteAliasRequest.builder()
                                                .aliasName(name)
                                                .overrideConfiguration(AwsClients.once(deadline))
                                                .build()));
    }

    /// Lets KMS delete the key after [#DAYS_UNTIL_DELETION]; until then that can be called off.
    ///
    /// @return when the key goes
    public Reply<Instant> scheduleDeletion(Arn key) {
        deadline.beforeWriting("kms:ScheduleKeyDeletion");
        return Reply.of(
                "kms:ScheduleKeyDeletion",
                () ->
                        clients.kms()
                                .scheduleKeyDeletion(
                                        ScheduleKeyDeletionRequest.builder()
                                                .keyId(key.toString())
                                                .pendingWindowInDays(DAYS_UNTIL_DELETION)
                                                .overrideConfiguration(AwsClients.once(deadline))
                                                .build())
                                .deletionDate());
    }

    private Reply<Boolean> write(String operation, Supplier<?> call) {
        deadline.beforeWriting(operation);
        return Reply.of(
                operation,
                () -> {
                    var _ = call.get();
                    return true;
                });
    }
}
