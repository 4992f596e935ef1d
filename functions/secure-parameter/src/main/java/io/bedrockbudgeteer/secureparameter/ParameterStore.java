package io.bedrockbudgeteer.secureparameter;

import io.bedrockbudgeteer.keyguard.aws.AwsClients;
import io.bedrockbudgeteer.keyguard.aws.Deadline;
import io.bedrockbudgeteer.keyguard.aws.Problem;
import io.bedrockbudgeteer.keyguard.aws.Reply;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.AddTagsToResourceRequest;
import software.amazon.awssdk.services.ssm.model.DeleteParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.RemoveTagsFromResourceRequest;
import software.amazon.awssdk.services.ssm.model.ResourceTypeForTagging;
import software.amazon.awssdk.services.ssm.model.Tag;

/// Systems Manager Parameter Store, as far as one parameter needs it. Absence is an empty Optional,
/// other errors are problems.
final class ParameterStore {
    private final SsmClient ssm;
    private final Deadline deadline;

    ParameterStore(AwsClients clients, Deadline deadline) {
        this.ssm = clients.build(SsmClient.builder(), "SSM");
        this.deadline = deadline;
    }

    Reply<Optional<Stored>> get(String name) {
        return absent(
                Reply.of(
                        "ssm:GetParameter",
                        () ->
                                Optional.of(
                                        stored(
                                                ssm.getParameter(
                                                                GetParameterRequest.builder()
                                                                        .name(name)
                                                                        .withDecryption(true)
                                                                        .overrideConfiguration(
                                                                                AwsClients.limits(
                                                                                        deadline))
                                                                        .build())
                                                        .parameter()))));
    }

    private static Stored stored(software.amazon.awssdk.services.ssm.model.Parameter parameter) {
        return new Stored(
                parameter.typeAsString(),
                new Secret(parameter.value()),
                parameter.version(),
                parameter.arn());
    }

    /// The tags of a parameter; empty when there is no such parameter.
    Reply<Optional<Map<String, String>>> tags(String name) {
        return absent(
                Reply.of(
                        "ssm:ListTagsForResource",
                        () -> {
                            Map<String, String> tags = new LinkedHashMap<>();
                            ssm.listTagsForResource(
                                            ListTagsForResourceRequest.builder()
                                                    .resourceType(ResourceTypeForTagging.PARAMETER)
                                                    .resourceId(name)
                                                    .overrideConfiguration(
                                                            AwsClients.limits(deadline))
                                                    .build())
                                    .tagList()
                                    .forEach(tag -> tags.put(tag.key(), tag.value()));
                            return Optional.of(tags);
                        }));
    }

    private static <T> Reply<Optional<T>> absent(Reply<Optional<T>> reply) {
        return reply.trouble()
                        .filter(problem -> problem.kind() == Problem.Kind.NOT_FOUND)
                        .isPresent()
                ? new Reply.Ok<>(Optional.empty())
                : reply;
    }

    /// Makes a new parameter with its tags; fails when the name is taken, so nothing of somebody
    /// else is overwritten.
    Reply<Long> create(Parameter parameter) {
        return put(parameter, false);
    }

    /// Replaces value, key and description; tags stay. The type cannot change.
    Reply<Long> overwrite(Parameter parameter) {
        return put(parameter, true);
    }

    private Reply<Long> put(Parameter parameter, boolean overwrite) {
        deadline.beforeWriting("ssm:PutParameter");
        return Reply.of(
                "ssm:PutParameter",
                () ->
                        ssm.putParameter(
                                        PutParameterRequest.builder()
                                                .name(parameter.name())
                                                .value(parameter.value().value())
                                                .type(ParameterType.fromValue(parameter.type()))
                                                .keyId(emptyToNull(parameter.keyArn()))
                                                .description(parameter.description())
                                                .overwrite(overwrite)
                                                // The API takes tags only together with a new
                                                // parameter.
                                                .tags(overwrite ? null : tags(parameter.tags()))
                                                .overrideConfiguration(AwsClients.limits(deadline))
                                                .build())
                                .version());
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static List<Tag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    /// Deletes a parameter; one that is gone already is fine.
    Reply<Optional<Boolean>> delete(String name) {
        deadline.beforeWriting("ssm:DeleteParameter");
        return absent(
                Reply.of(
                        "ssm:DeleteParameter",
                        () -> {
                            ssm.deleteParameter(
                                    DeleteParameterRequest.builder()
                                            .name(name)
                                            .overrideConfiguration(AwsClients.limits(deadline))
                                            .build());
                            return Optional.of(true);
                        }));
    }

    Reply<Boolean> addTags(String name, Map<String, String> tags) {
        deadline.beforeWriting("ssm:AddTagsToResource");
        return Reply.of(
                "ssm:AddTagsToResource",
                () -> {
                    ssm.addTagsToResource(
                            AddTagsToResourceRequest.builder()
                                    .resourceType(ResourceTypeForTagging.PARAMETER)
                                    .resourceId(name)
                                    .tags(tags(tags))
                                    .overrideConfiguration(AwsClients.limits(deadline))
                                    .build());
                    return true;
                });
    }

    Reply<Boolean> removeTags(String name, Collection<String> keys) {
        deadline.beforeWriting("ssm:RemoveTagsFromResource");
        return Reply.of(
                "ssm:RemoveTagsFromResource",
                () -> {
                    ssm.removeTagsFromResource(
                            RemoveTagsFromResourceRequest.builder()
                                    .resourceType(ResourceTypeForTagging.PARAMETER)
                                    .resourceId(name)
                                    .tagKeys(keys)
                                    .overrideConfiguration(AwsClients.limits(deadline))
                                    .build());
                    return true;
                });
    }
}
