package io.bedrockbudgeteer.local.provider;

import io.bedrockbudgeteer.local.account.Parameters.Parameter;
import io.bedrockbudgeteer.local.account.Refusal;
import io.bedrockbudgeteer.local.engine.Made;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Stores: tables, buckets and plain parameters.
final class StoreTypes {
    static final String BUCKET = "AWS::S3::Bucket";
    static final String BUCKET_POLICY = "AWS::S3::BucketPolicy";
    private static final int LONGEST_TABLE_NAME = 255;
    private static final int LONGEST_BUCKET_NAME = 63;
    private static final int LONGEST_PARAMETER_NAME = 1011;

    static final List<TypeSpec> TYPES =
            List.of(
                    TypeSpec.of(
                                    "AWS::DynamoDB::Table",
                                    "DynamoDB Developer Guide, Encryption at rest: usage notes")
                            .modelled(
                                    "TableName",
                                    "KeySchema",
                                    "AttributeDefinitions",
                                    "SSESpecification",
                                    "SSESpecification.SSEEnabled",
                                    "SSESpecification.SSEType",
                                    "SSESpecification.KMSMasterKeyId")
                            .ignored(
                                    "BillingMode",
                                    "GlobalSecondaryIndexes",
                                    "LocalSecondaryIndexes",
                                    "TimeToLiveSpecification",
                                    "PointInTimeRecoverySpecification",
                                    "ProvisionedThroughput",
                                    "DeletionProtectionEnabled",
                                    "ContributorInsightsSpecification",
                                    "TableClass",
                                    "Tags")
                            .required("KeySchema")
                            .named("TableName")
                            .replacing("KeySchema")
                            .attributes("Arn")
                            .keys("SSESpecification.KMSMasterKeyId")
                            .does(
                                    Named.by(
                                                    "TableName",
                                                    LONGEST_TABLE_NAME,
                                                    (scene, name) ->
                                                            Map.of(
                                                                    "Arn",
                                                                    scene.arn(
                                                                            "dynamodb",
                                                                            "table/" + name)))
                                            .checking(StoreTypes::checkTableKey)),
                    TypeSpec.of(
                                    BUCKET,
                                    "Amazon S3 User Guide, Setting default server-side encryption behavior for buckets")
                            .modelled(
                                    "BucketName",
                                    "BucketEncryption",
                                    "BucketEncryption.ServerSideEncryptionConfiguration",
                                    "BucketEncryption.ServerSideEncryptionConfiguration.BucketKeyEnabled",
                                    "BucketEncryption.ServerSideEncryptionConfiguration.ServerSideEncryptionByDefault",
                                    "BucketEncryption.ServerSideEncryptionConfiguration.ServerSideEncryptionByDefault.SSEAlgorithm",
                                    "BucketEncryption.ServerSideEncryptionConfiguration.ServerSideEncryptionByDefault.KMSMasterKeyID")
                            .ignored(
                                    "LifecycleConfiguration",
                                    "OwnershipControls",
                                    "PublicAccessBlockConfiguration",
                                    "VersioningConfiguration",
                                    "LoggingConfiguration",
                                    "Tags")
                            .named("BucketName")
                            .attributes("Arn", "DomainName", "RegionalDomainName")
                            .keys(Bucket.DEFAULT_KEY)
                            .does(
                                    new Named(
                                            scene ->
                                                    scene.text("BucketName")
                                                            .orElseGet(() ->
                                                                    scene.ids()
                                                                            .lowerCaseName(
                                                                                    scene.target()
                                                                                            .place()
                                                                                            .stackName(),
                                                                                    scene.target()
                                                                                            .logicalId(),
                                                                                    LONGEST_BUCKET_NAME)),
                                            (scene, name) -> name,
                                            StoreTypes::bucketAttributes,
                                            // Nobody is asked: S3 does not look at the key when the
                                            // default is set.
                                            Named.NO_CHECK)),
                    TypeSpec.of(
                                    BUCKET_POLICY,
                                    "Amazon S3 User Guide, Bucket policies for Amazon S3")
                            .modelled("Bucket", "PolicyDocument")
                            .required("Bucket", "PolicyDocument")
                            .replacing("Bucket")
                            .does(
                                    new Named(
                                            scene -> scene.needed("Bucket"),
                                            (scene, name) -> name,
                                            (scene, name) -> Map.of(),
                                            (scene, name, before) -> bucket(scene, name))),
                    TypeSpec.of(
                                    "AWS::SSM::Parameter",
                                    "CloudFormation Template Reference, AWS::SSM::Parameter")
                            .modelled("Name", "Type", "Value")
                            .ignored(
                                    "Description",
                                    "AllowedPattern",
                                    "DataType",
                                    "Policies",
                                    "Tags",
                                    "Tier")
                            .required("Type", "Value")
                            .named("Name")
                            .attributes("Type", "Value")
                            .does(new ParameterBehaviour()));

    private StoreTypes() {}

    private static Inventory.Thing bucket(Scene scene, String name) {
        return scene.inventory()
                .find(BUCKET, name)
                .orElseThrow(() ->
                        new Refusal("NoSuchBucket", 404, "The specified bucket does not exist"));
    }

    private static Map<String, Object> bucketAttributes(Scene scene, String name) {
        String suffix = scene.account().urlSuffix();
        return Map.of(
                "Arn", "arn:" + scene.account().partition() + ":s3:::" + name,
                "DomainName", name + ".s3." + suffix,
                "RegionalDomainName", name + ".s3." + scene.account().region() + "." + suffix);
    }

    /// DynamoDB uses the key in the name of whoever creates or changes the table, and makes itself
    /// a grant.
    private static void checkTableKey(
            Scene scene, String name, Optional<Map<String, Object>> before) {
        if (!scene.isTrue("SSESpecification.SSEEnabled")) {
            return;
        }
        Optional<String> key = scene.text("SSESpecification.KMSMasterKeyId");
        if (key.isEmpty()
                || before.filter(old ->
                                Scene.text(old, "SSESpecification.KMSMasterKeyId").equals(key))
                        .isPresent()) {
            return;
        }
        Map<String, String> context =
                Map.of(
                        "aws:dynamodb:tableName",
                        name,
                        "aws:dynamodb:subscriberId",
                        scene.account().accountId());
        try {
            scene.keyAccess()
                    .deployer(
                            "dynamodb",
                            key.get(),
                            context,
                            "DescribeKey",
                            "CreateGrant",
                            "Encrypt",
                            "Decrypt",
                            "ReEncryptFrom",
                            "ReEncryptTo",
                            "GenerateDataKey");
        } catch (Refusal e) {
            throw new Refusal(
                    "ValidationException",
                    400,
                    "KMS key access denied or key not usable for table " + name + ": " + e.text());
        }
    }

    /// String and StringList only. Source: CloudFormation Template Reference, AWS::SSM::Parameter,
    /// "Type".
    private static final class ParameterBehaviour implements Behaviour {
        @Override
        public Made create(Scene scene) {
            String name = scene.name("Name", LONGEST_PARAMETER_NAME);
            if (scene.account().parameters().all().containsKey(name)) {
                throw new Refusal(
                        "ParameterAlreadyExists", 400, "The parameter already exists: " + name);
            }
            return put(scene, name, 1);
        }

        @Override
        public Made update(Scene scene, String physicalId, Map<String, Object> before) {
            Parameter old = scene.account().parameters().all().get(physicalId);
            if (old == null) {
                throw new Refusal(
                        "ParameterNotFound", 400, "Parameter " + physicalId + " not found.");
            }
            return put(scene, physicalId, old.version() + 1);
        }

        @Override
        public void delete(Scene scene, String physicalId) {
            scene.account().parameters().remove(physicalId);
        }

        private static Made put(Scene scene, String name, int version) {
            String type = scene.needed("Type");
            if (!type.equals("String") && !type.equals("StringList")) {
                throw new Refusal(
                        "ValidationException",
                        400,
                        "Parameters of type " + type + " are not supported by CloudFormation.");
            }
            String value = scene.text("Value").orElse("");
            scene.account()
                    .parameters()
                    .put(new Parameter(name, type, value, Optional.empty(), version, Map.of()));
            return new Made(name, Map.of("Type", type, "Value", value));
        }
    }
}
