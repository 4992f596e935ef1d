package io.bedrockbudgeteer.keyguard.key;

import io.bedrockbudgeteer.keyguard.aws.AwsClients;
import io.bedrockbudgeteer.keyguard.aws.Deadline;
import io.bedrockbudgeteer.keyguard.aws.Reply;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.Grant;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.model.DescribeKeyRequest;
import software.amazon.awssdk.services.kms.model.GetKeyPolicyRequest;
import software.amazon.awssdk.services.kms.model.GetKeyRotationStatusRequest;
import software.amazon.awssdk.services.kms.model.GrantConstraints;
import software.amazon.awssdk.services.kms.model.GrantListEntry;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.ListGrantsRequest;
import software.amazon.awssdk.services.kms.model.ListGrantsResponse;
import software.amazon.awssdk.services.kms.model.PutKeyPolicyRequest;

/// KMS, as far as the guards need it. Errors of the service are values.
public final class KeyService implements KeyReader {
    // The only name there is. KMS API Reference, GetKeyPolicy.
    private static final String POLICY_NAME = "default";
    private static final int GRANTS_PER_PAGE = 1000;

    private final AwsClients clients;
    private final Deadline deadline;
    private final InstantSource clock;

    public KeyService(AwsClients clients, Deadline deadline) {
        this(clients, deadline, InstantSource.system());
    }

    /// @param clock tells how old a grant is
    public KeyService(AwsClients clients, Deadline deadline, InstantSource clock) {
        this.clients = clients;
        this.deadline = deadline;
        this.clock = clock;
    }

    /// The same service with another deadline.
    public KeyService with(Deadline other) {
        return new KeyService(clients, other, clock);
    }

    Deadline deadline() {
        return deadline;
    }

    @Override
    public Reply<KeyFacts> describe(Arn keyOrAlias) {
        return Reply.of(
                        "kms:DescribeKey",
                        () ->
                                clients.kms()
                                        .describeKey(
                                                DescribeKeyRequest.builder()
                                                        .keyId(keyOrAlias.toString())
                                                        .overrideConfiguration(
                                                                AwsClients.limits(deadline))
                                                        .build())
                                        .keyMetadata())
                .map(KeyService::facts);
    }

    private static KeyFacts facts(KeyMetadata key) {
        String multiRegion =
                key.multiRegionConfiguration() == null
                        ? ""
                        : text(key.multiRegionConfiguration().multiRegionKeyTypeAsString());
        return new KeyFacts(
                Arn.parse(key.arn()),
                text(key.keyManagerAsString()),
                text(key.keyStateAsString()),
                text(key.keySpecAsString()),
                text(key.keyUsageAsString()),
                text(key.originAsString()),
                Boolean.TRUE.equals(key.multiRegion()) && multiRegion.isEmpty()
                        ? "PRIMARY"
                        : multiRegion,
                Optional.ofNullable(key.validTo()),
                Optional.ofNullable(key.deletionDate()));
    }

    private static String text(@Nullable String word) {
        return word == null ? "" : word;
    }

    @Override
    public Reply<String> policy(Arn key) {
        return Reply.of(
                "kms:GetKeyPolicy",
                () ->
                        clients.kms()
                                .getKeyPolicy(
                                        GetKeyPolicyRequest.builder()
                                                .keyId(key.toString())
                                                .policyName(POLICY_NAME)
                                                .overrideConfiguration(AwsClients.limits(deadline))
                                                .build())
                                .policy());
    }

    /// Replaces the key policy. The lock-out check of KMS stays on: it is what keeps a key
    /// manageable. One attempt: an attempt that the SDK repeats seconds later would undo what
    /// another writer has put, read back and answered for in between.
    public Reply<Boolean> putPolicy(Arn key, String text) {
        deadline.beforeWriting("kms:PutKeyPolicy");
        return Reply.of(
                "kms:PutKeyPolicy",
                () -> {
                    clients.kms()
                            .putKeyPolicy(
                                    PutKeyPolicyRequest.builder()
                                            .keyId(key.toString())
                                            .policyName(POLICY_NAME)
                                            .policy(text)
                                            .overrideConfiguration(AwsClients.once(deadline))
                                            .build());
                    return true;
                });
    }

    @Override
    public Reply<Boolean> rotates(Arn key) {
        return Reply.of(
                "kms:GetKeyRotationStatus",
                () ->
                        clients.kms()
                                .getKeyRotationStatus(
                                        GetKeyRotationStatusRequest.builder()
                                                .keyId(key.toString())
                                                .overrideConfiguration(AwsClients.limits(deadline))
                                                .build())
                                .keyRotationEnabled());
    }

    /// Over as many pages as there are: a key can have 50 000 grants.
    @Override
    public Reply<List<Grant>> grants(Arn key) {
        return Reply.of(
                "kms:ListGrants",
                () -> {
                    List<Grant> all = new ArrayList<>();
                    String marker = null;
                    do {
                        ListGrantsResponse page =
                                clients.kms().listGrants(grantsAfter(marker, key));
                        page.grants().forEach(entry -> all.add(grant(entry, clock.instant())));
                        marker = Boolean.TRUE.equals(page.truncated()) ? page.nextMarker() : null;
                    } while (marker != null);
                    return List.copyOf(all);
                });
    }

    private ListGrantsRequest grantsAfter(@Nullable String marker, Arn key) {
        return ListGrantsRequest.builder()
                .keyId(key.toString())
                .limit(GRANTS_PER_PAGE)
                .marker(marker)
                .overrideConfiguration(AwsClients.limits(deadline))
                .build();
    }

    private static Grant grant(GrantListEntry entry, Instant now) {
        GrantConstraints constraints = entry.constraints();
        boolean toService = entry.granteePrincipal() == null;
        return new Grant(
                text(entry.grantId()),
                text(toService ? entry.granteeServicePrincipal() : entry.granteePrincipal()),
                toService,
                entry.operationsAsStrings().stream().collect(Collectors.toSet()),
                constraints != null && constraints.hasEncryptionContextEquals()
                        ? Optional.of(Map.copyOf(constraints.encryptionContextEquals()))
                        : Optional.empty(),
                constraints != null && constraints.hasEncryptionContextSubset()
                        ? Optional.of(Map.copyOf(constraints.encryptionContextSubset()))
                        : Optional.empty(),
                constraints == null
                        ? Optional.empty()
                        : Optional.ofNullable(constraints.sourceArn()),
                entry.creationDate() == null || Grant.isSettled(entry.creationDate(), now));
    }
}
