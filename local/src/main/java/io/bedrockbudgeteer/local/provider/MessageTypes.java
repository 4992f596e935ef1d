package io.bedrockbudgeteer.local.provider;

import io.bedrockbudgeteer.local.account.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Topics and queues. No key is used when they are made; senders meet it at delivery
/// ([Deliveries]).
final class MessageTypes {
    static final String TOPIC = "AWS::SNS::Topic";
    static final String QUEUE = "AWS::SQS::Queue";
    private static final int LONGEST_TOPIC_NAME = 256;
    private static final int LONGEST_QUEUE_NAME = 80;

    static final List<TypeSpec> TYPES =
            List.of(
                    TypeSpec.of(
                                    TOPIC,
                                    "Amazon SNS Developer Guide, Managing Amazon SNS encryption keys and costs")
                            .modelled("TopicName", "KmsMasterKeyId")
                            .ignored("DisplayName", "Tags", "TracingConfig", "SignatureVersion")
                            .named("TopicName")
                            .attributes("TopicArn", "TopicName")
                            .keys("KmsMasterKeyId")
                            .does(
                                    Named.by(
                                                    "TopicName",
                                                    LONGEST_TOPIC_NAME,
                                                    (scene, name) ->
                                                            Map.of(
                                                                    "TopicArn",
                                                                    scene.arn("sns", name),
                                                                    "TopicName",
                                                                    name))
                                            .identifiedBy((scene, name) -> scene.arn("sns", name))),
                    TypeSpec.of(
                                    "AWS::SNS::TopicPolicy",
                                    "Amazon SNS Developer Guide, Example cases for Amazon SNS access control")
                            .modelled("Topics", "PolicyDocument")
                            .required("Topics", "PolicyDocument")
                            .does(generated((scene, name, before) -> all(scene, "Topics", TOPIC))),
                    TypeSpec.of("AWS::SNS::Subscription", "Amazon SNS API Reference, Subscribe")
                            .modelled("TopicArn", "Protocol", "Endpoint")
                            .ignored(
                                    "RedrivePolicy",
                                    "FilterPolicy",
                                    "FilterPolicyScope",
                                    "RawMessageDelivery",
                                    "DeliveryPolicy")
                            .required("TopicArn", "Protocol")
                            .replacing("TopicArn", "Protocol", "Endpoint")
                            .does(
                                    new Named(
                                            scene ->
                                                    scene.needed("TopicArn")
                                                            + ":"
                                                            + scene.ids().uuid(),
                                            (scene, name) -> name,
                                            (scene, name) -> Map.of(),
                                            (scene, name, before) ->
                                                    one(scene, scene.needed("TopicArn"), TOPIC))),
                    TypeSpec.of(QUEUE, "Amazon SQS Developer Guide, Key management")
                            .modelled(
                                    "QueueName",
                                    "KmsMasterKeyId",
                                    "KmsDataKeyReusePeriodSeconds",
                                    "SqsManagedSseEnabled")
                            .ignored(
                                    "MessageRetentionPeriod",
                                    "VisibilityTimeout",
                                    "ReceiveMessageWaitTimeSeconds",
                                    "DelaySeconds",
                                    "MaximumMessageSize",
                                    "RedrivePolicy",
                                    "RedriveAllowPolicy",
                                    "Tags")
                            .named("QueueName")
                            .attributes("Arn", "QueueName", "QueueUrl")
                            .keys("KmsMasterKeyId")
                            .does(
                                    Named.by(
                                                    "QueueName",
                                                    LONGEST_QUEUE_NAME,
                                                    (scene, name) ->
                                                            Map.of(
                                                                    "Arn",
                                                                    scene.arn("sqs", name),
                                                                    "QueueName",
                                                                    name,
                                                                    "QueueUrl",
                                                                    queueUrl(scene, name)))
                                            .identifiedBy(MessageTypes::queueUrl)
                                            .checking(MessageTypes::checkQueue)
                                            .after(
                                                    (scene, name) ->
                                                            scene.account()
                                                                    .queues()
                                                                    .put(
                                                                            scene.arn("sqs", name),
                                                                            scene.text(
                                                                                    "KmsMasterKeyId")),
                                                    (scene, name) ->
                                                            scene.account()
                                                                    .queues()
                                                                    .remove(
                                                                            scene.arn(
                                                                                    "sqs", name)))),
                    TypeSpec.of(
                                    "AWS::SQS::QueuePolicy",
                                    "Amazon SQS Developer Guide, Basic examples of Amazon SQS policies")
                            .modelled("Queues", "PolicyDocument")
                            .required("Queues", "PolicyDocument")
                            .does(
                                    generated((scene, name, before) -> all(scene, "Queues", QUEUE))
                                            .after(
                                                    (scene, name) ->
                                                            queuePolicy(
                                                                    scene,
                                                                    IamTypes.json(
                                                                            scene.value(
                                                                                            "PolicyDocument")
                                                                                    .orElseThrow())),
                                                    (scene, name) -> queuePolicy(scene, ""))));

    private MessageTypes() {}

    private static Named generated(Named.Check check) {
        return new Named(
                scene ->
                        scene.ids()
                                .name(
                                        scene.target().place().stackName(),
                                        scene.target().logicalId(),
                                        LONGEST_TOPIC_NAME),
                (scene, name) -> name,
                (scene, name) -> Map.of(),
                check);
    }

    private static String queueUrl(Scene scene, String name) {
        return "https://sqs."
                + scene.account().region()
                + "."
                + scene.account().urlSuffix()
                + "/"
                + scene.account().accountId()
                + "/"
                + name;
    }

    private static void queuePolicy(Scene scene, String document) {
        for (Object url : scene.list("Queues")) {
            String name = url.toString().substring(url.toString().lastIndexOf('/') + 1);
            scene.account().queues().policy(scene.arn("sqs", name), document);
        }
    }

    private static void all(Scene scene, String property, String type) {
        scene.list(property).forEach(id -> one(scene, id.toString(), type));
    }

    private static void one(Scene scene, String id, String type) {
        if (scene.inventory().find(type, id).isEmpty()) {
            throw new Refusal("NotFound", 404, type + " " + id + " does not exist.");
        }
    }

    /// Source: Amazon SQS API Reference, SetQueueAttributes: only one kind of server-side
    /// encryption at a time.
    private static void checkQueue(Scene scene, String name, Optional<Map<String, Object>> before) {
        if (scene.text("KmsMasterKeyId").isPresent() && scene.isTrue("SqsManagedSseEnabled")) {
            throw new Refusal(
                    "InvalidAttributeValue",
                    400,
                    "You can use one type of server-side encryption (SSE) at one time for queue "
                            + name);
        }
    }
}
