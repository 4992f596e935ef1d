package io.bedrockbudgeteer.local.provider;

import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.account.Refusal;
import io.bedrockbudgeteer.local.engine.Values;
import io.bedrockbudgeteer.local.provider.Inventory.Thing;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What writes to buckets by itself: the trail and the delivery stream.
final class DeliveryTypes {
    private static final String CLOUDTRAIL = "cloudtrail.amazonaws.com";
    private static final String SSE = "DeliveryStreamEncryptionConfigurationInput";
    private static final String DESTINATION = "ExtendedS3DestinationConfiguration";
    private static final String DESTINATION_KEY =
            DESTINATION + ".EncryptionConfiguration.KMSEncryptionConfig.AWSKMSKeyARN";
    private static final int LONGEST_TRAIL_NAME = 128;
    private static final int LONGEST_STREAM_NAME = 64;

    static final List<TypeSpec> TYPES =
            List.of(
                    TypeSpec.of(
                                    "AWS::CloudTrail::Trail",
                                    "CloudTrail User Guide, Configure AWS KMS key policies for CloudTrail")
                            .modelled(
                                    "TrailName",
                                    "S3BucketName",
                                    "S3KeyPrefix",
                                    "KMSKeyId",
                                    "IsLogging")
                            .ignored(
                                    "EnableLogFileValidation",
                                    "IsMultiRegionTrail",
                                    "IncludeGlobalServiceEvents",
                                    "IsOrganizationTrail",
                                    "EventSelectors",
                                    "AdvancedEventSelectors",
                                    "InsightSelectors",
                                    "Tags")
                            .required("S3BucketName", "IsLogging")
                            .named("TrailName")
                            .attributes("Arn")
                            .keys("KMSKeyId")
                            .does(
                                    Named.by(
                                                    "TrailName",
                                                    LONGEST_TRAIL_NAME,
                                                    (scene, name) ->
                                                            Map.of("Arn", trailArn(scene, name)))
                                            .checking(DeliveryTypes::checkTrail)),
                    TypeSpec.of(
                                    "AWS::KinesisFirehose::DeliveryStream",
                                    "Amazon Data Firehose Developer Guide, Data protection; Controlling access")
                            .modelled(
                                    "DeliveryStreamName",
                                    "DeliveryStreamType",
                                    SSE,
                                    SSE + ".KeyType",
                                    SSE + ".KeyARN",
                                    DESTINATION,
                                    DESTINATION + ".RoleARN",
                                    DESTINATION + ".BucketARN",
                                    DESTINATION + ".Prefix",
                                    DESTINATION + ".EncryptionConfiguration",
                                    DESTINATION + ".EncryptionConfiguration.KMSEncryptionConfig",
                                    DESTINATION_KEY)
                            .ignored(
                                    DESTINATION + ".ErrorOutputPrefix",
                                    DESTINATION + ".BufferingHints",
                                    DESTINATION + ".CompressionFormat",
                                    DESTINATION + ".CloudWatchLoggingOptions",
                                    DESTINATION + ".ProcessingConfiguration",
                                    DESTINATION + ".S3BackupMode",
                                    "Tags")
                            .required(DESTINATION)
                            .named("DeliveryStreamName")
                            .replacing("DeliveryStreamType")
                            .attributes("Arn")
                            .keys(SSE + ".KeyARN", DESTINATION_KEY)
                            .does(
                                    Named.by(
                                                    "DeliveryStreamName",
                                                    LONGEST_STREAM_NAME,
                                                    (scene, name) ->
                                                            Map.of(
                                                                    "Arn",
                                                                    scene.arn(
                                                                            "firehose",
                                                                            "deliverystream/"
                                                                                    + name)))
                                            .checking(DeliveryTypes::checkStream)));

    private DeliveryTypes() {}

    private static String trailArn(Scene scene, String name) {
        return scene.arn("cloudtrail", "trail/" + name);
    }

    /// CloudTrail tries bucket and key each time the trail is created or updated.
    private static void checkTrail(Scene scene, String name, Optional<Map<String, Object>> before) {
        String bucketName = scene.needed("S3BucketName");
        Bucket bucket =
                Bucket.find(scene.inventory(), bucketName)
                        .orElseThrow(() ->
                                new Refusal(
                                        "S3BucketDoesNotExistException",
                                        400,
                                        "S3 bucket does not exist: " + bucketName));
        String trail = trailArn(scene, name);
        checkBucketPolicy(scene, bucketName, trail);
        Optional<String> key = scene.text("KMSKeyId");
        if (key.isEmpty()) {
            return;
        }
        Map<String, String> source =
                Map.of("aws:SourceArn", trail, "aws:SourceAccount", scene.account().accountId());
        try {
            KeyAccess access = scene.keyAccess();
            access.service(CLOUDTRAIL, key.get(), Map.of(), source, "DescribeKey");
            access.service(
                    CLOUDTRAIL,
                    key.get(),
                    Map.of("aws:cloudtrail:arn", trail),
                    source,
                    "GenerateDataKey");
            if (bucket.hasBucketKey()) {
                // Assumption: no page names an encryption context for this use, so none is sent.
                access.service(CLOUDTRAIL, key.get(), Map.of(), source, "Decrypt");
            }
        } catch (Refusal e) {
            throw new Refusal(
                    "InsufficientEncryptionPolicyException",
                    400,
                    "Insufficient permissions to access S3 bucket "
                            + bucketName
                            + " or KMS key "
                            + key.get()
                            + ". "
                            + e.text());
        }
    }

    private static void checkBucketPolicy(Scene scene, String bucket, String trail) {
        String arn = "arn:" + scene.account().partition() + ":s3:::" + bucket;
        String prefix = scene.text("S3KeyPrefix").map(text -> text + "/").orElse("");
        String object =
                arn
                        + "/"
                        + prefix
                        + "AWSLogs/"
                        + scene.account().accountId()
                        + "/CloudTrail/"
                        + scene.account().region();
        Map<String, String> context =
                Map.of(
                        "aws:SourceArn",
                        trail,
                        "aws:SourceAccount",
                        scene.account().accountId(),
                        "aws:SecureTransport",
                        "true",
                        "s3:x-amz-acl",
                        "bucket-owner-full-control");
        ResourcePolicy policy =
                scene.inventory()
                        .find(StoreTypes.BUCKET_POLICY, bucket)
                        .map(Thing::properties)
                        .map(properties ->
                                new ResourcePolicy(
                                        Values.asMap(
                                                properties.getOrDefault(
                                                        "PolicyDocument", Map.of()))))
                        .orElse(new ResourcePolicy(Map.of()));
        boolean allowed =
                policy.allows(CLOUDTRAIL, "s3:GetBucketAcl", arn, context)
                        && policy.allows(CLOUDTRAIL, "s3:PutObject", object, context);
        if (!allowed) {
            throw new Refusal(
                    "InsufficientS3BucketPolicyException",
                    400,
                    "Incorrect S3 bucket policy is detected for bucket: " + bucket);
        }
    }

    private static void checkStream(
            Scene scene, String name, Optional<Map<String, Object>> before) {
        if (!scene.text("DeliveryStreamType").orElse("DirectPut").equals("DirectPut")) {
            throw new NotModelledException(
                    "delivery stream " + name + " of type " + scene.needed("DeliveryStreamType"));
        }
        Optional<String> sse = scene.text(SSE + ".KeyARN");
        boolean same =
                before.filter(old -> Scene.text(old, SSE + ".KeyARN").equals(sse)).isPresent();
        if (sse.isPresent() && !same) {
            // The content of the encryption context is not promised by the guide, so none is given.
            scene.keyAccess().deployer("firehose", sse.get(), Map.of(), "CreateGrant");
        }
        checkDestination(scene);
    }

    /// Firehose finds out at the first delivery, retries for 24 hours and then discards the data.
    /// Refusing here is stricter than AWS.
    private static void checkDestination(Scene scene) {
        String bucketArn = scene.text(DESTINATION + ".BucketARN").orElse("");
        String bucketName = bucketArn.substring(bucketArn.lastIndexOf(':') + 1);
        String role = scene.text(DESTINATION + ".RoleARN").orElse("");
        if (!scene.account().roles().exists(role.substring(role.lastIndexOf('/') + 1))) {
            throw new Refusal(
                    "InvalidArgumentException",
                    400,
                    "Firehose is unable to assume role "
                            + role
                            + ". Please check the role provided.");
        }
        Optional<Bucket> bucket = Bucket.find(scene.inventory(), bucketName);
        Optional<String> key =
                scene.text(DESTINATION_KEY).or(() -> bucket.flatMap(Bucket::defaultKey));
        if (key.isEmpty()) {
            return;
        }
        boolean bucketKey = bucket.filter(Bucket::hasBucketKey).isPresent();
        String prefix = scene.text(DESTINATION + ".Prefix").orElse("");
        int variable = prefix.indexOf("!{");
        String object =
                bucketArn
                        + "/"
                        + (variable < 0 ? prefix : prefix.substring(0, variable))
                        + "delivery";
        Map<String, String> context = Map.of("aws:s3:arn", bucketKey ? bucketArn : object);
        try {
            scene.keyAccess()
                    .role(role, "firehose", "s3", key.get(), context, "GenerateDataKey", "Decrypt");
        } catch (Refusal e) {
            throw new Refusal(
                    e.code(),
                    e.status(),
                    "Delivery to "
                            + bucketName
                            + " would fail (on AWS only at the first delivery, and the data is lost after 24 hours): "
                            + e.text());
        }
    }
}
