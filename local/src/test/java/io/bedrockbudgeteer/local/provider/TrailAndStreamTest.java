package io.bedrockbudgeteer.local.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.account.Refusal;
import io.bedrockbudgeteer.local.engine.FakeAccount;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What writes to buckets: the trail tries bucket policy and key, the stream tries role and key.
class TrailAndStreamTest {
    private static final String TRAIL = "arn:aws:cloudtrail:us-east-1:111122223333:trail/audit";
    private static final String SOURCE =
            "{aws:SourceAccount=111122223333, aws:SourceArn=" + TRAIL + "}";
    private static final String KEY = World.KEY;

    private final World world = new World(new FakeAccount(), Path.of("."));

    static Map<String, Object> encryptedBucket(String name, boolean bucketKey) {
        return Map.of(
                "BucketName",
                name,
                "BucketEncryption",
                Map.of(
                        "ServerSideEncryptionConfiguration",
                        List.of(
                                Map.of(
                                        "BucketKeyEnabled",
                                        bucketKey,
                                        "ServerSideEncryptionByDefault",
                                        Map.of(
                                                "SSEAlgorithm",
                                                "aws:kms",
                                                "KMSMasterKeyID",
                                                KEY)))));
    }

    static Map<String, Object> bucketPolicy(String bucket) {
        return Map.of(
                "Statement",
                List.of(
                        Map.of(
                                "Effect", "Deny",
                                "Principal", "*",
                                "Action", "s3:*",
                                "Resource",
                                        List.of(
                                                "arn:aws:s3:::" + bucket,
                                                "arn:aws:s3:::" + bucket + "/*"),
                                "Condition",
                                        Map.of("Bool", Map.of("aws:SecureTransport", "false"))),
                        Map.of(
                                "Effect",
                                "Allow",
                                "Principal",
                                Map.of("Service", "cloudtrail.amazonaws.com"),
                                "Action",
                                "s3:GetBucketAcl",
                                "Resource",
                                "arn:aws:s3:::" + bucket),
                        Map.of(
                                "Effect",
                                "Allow",
                                "Principal",
                                Map.of("Service", "cloudtrail.amazonaws.com"),
                                "Action",
                                "s3:PutObject",
                                "Resource",
                                "arn:aws:s3:::" + bucket + "/*AWSLogs/111122223333/*",
                                "Condition",
                                Map.of(
                                        "StringEquals",
                                        Map.of("s3:x-amz-acl", "bucket-owner-full-control")))));
    }

    private Map<String, Object> trail() {
        return Map.of(
                "TrailName",
                "audit",
                "S3BucketName",
                "b",
                "S3KeyPrefix",
                "logs",
                "KMSKeyId",
                KEY,
                "IsLogging",
                true);
    }

    private void bucket(boolean bucketKey) throws InterruptedException {
        world.create("AWS::S3::Bucket", encryptedBucket("b", bucketKey));
        world.create(
                "AWS::S3::BucketPolicy",
                Map.of("Bucket", "b", "PolicyDocument", bucketPolicy("b")));
    }

    @Test
    void cloudtrail_uses_the_key_by_itself_and_decrypts_when_there_is_a_bucket_key()
            throws Exception {
        bucket(true);
        world.create("AWS::CloudTrail::Trail", trail());

        assertThat(world.account.keyUses)
                .containsExactly(
                        "cloudtrail.amazonaws.com DescribeKey " + KEY + " {} " + SOURCE,
                        "cloudtrail.amazonaws.com GenerateDataKey "
                                + KEY
                                + " {aws:cloudtrail:arn="
                                + TRAIL
                                + "} "
                                + SOURCE,
                        "cloudtrail.amazonaws.com Decrypt " + KEY + " {} " + SOURCE);
    }

    @Test
    void without_a_bucket_key_nothing_is_decrypted() throws Exception {
        bucket(false);
        world.create("AWS::CloudTrail::Trail", trail());

        assertThat(world.account.keyUses).hasSize(2);
    }

    @Test
    void an_update_of_the_trail_tries_everything_again() throws Exception {
        bucket(true);
        String id = world.create("AWS::CloudTrail::Trail", trail()).physicalId();
        world.update("AWS::CloudTrail::Trail", id, trail(), trail());

        assertThat(world.account.keyUses).hasSize(6);
    }

    @Test
    void a_refused_key_refuses_the_trail() throws Exception {
        bucket(true);
        world.account.refused.add("GenerateDataKey");

        assertThatThrownBy(() -> world.create("AWS::CloudTrail::Trail", trail()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(
                        "Insufficient permissions to access S3 bucket b or KMS key " + KEY);
    }

    @Test
    void a_bucket_that_does_not_let_cloudtrail_write_refuses_the_trail() throws Exception {
        world.create("AWS::S3::Bucket", Map.of("BucketName", "b"));
        String message = "Incorrect S3 bucket policy is detected for bucket: b";
        assertThatThrownBy(() -> world.create("AWS::CloudTrail::Trail", trail()))
                .hasMessage(message);

        Map<String, Object> deny = new LinkedHashMap<>(bucketPolicy("b"));
        deny.put(
                "Statement",
                List.of(
                        Map.of(
                                "Effect",
                                "Deny",
                                "Principal",
                                "*",
                                "Action",
                                "s3:*",
                                "Resource",
                                "*")));
        world.create("AWS::S3::BucketPolicy", Map.of("Bucket", "b", "PolicyDocument", deny));
        assertThatThrownBy(() -> world.create("AWS::CloudTrail::Trail", trail()))
                .hasMessage(message);
    }

    @Test
    void a_bucket_policy_with_an_operator_that_is_not_known_is_an_error() throws Exception {
        world.create("AWS::S3::Bucket", Map.of("BucketName", "b"));
        Map<String, Object> statement =
                Map.of(
                        "Effect", "Allow",
                        "Principal", "*",
                        "Action", "s3:*",
                        "Resource", "*",
                        "Condition", Map.of("IpAddress", Map.of("aws:SourceIp", "10.0.0.0/8")));
        world.create(
                "AWS::S3::BucketPolicy",
                Map.of("Bucket", "b", "PolicyDocument", Map.of("Statement", List.of(statement))));

        assertThatThrownBy(() -> world.create("AWS::CloudTrail::Trail", trail()))
                .isInstanceOf(NotModelledException.class)
                .hasMessageContaining("IpAddress");
    }

    private static Map<String, Object> stream(Map<String, Object> more) {
        Map<String, Object> destination =
                new LinkedHashMap<>(
                        Map.of(
                                "RoleARN",
                                World.ROLE,
                                "BucketARN",
                                "arn:aws:s3:::b",
                                "Prefix",
                                "usage/year=!{timestamp:yyyy}/"));
        destination.putAll(more);
        return Map.of(
                "DeliveryStreamName",
                "s",
                "DeliveryStreamEncryptionConfigurationInput",
                Map.of("KeyType", "CUSTOMER_MANAGED_CMK", "KeyARN", KEY),
                "ExtendedS3DestinationConfiguration",
                destination);
    }

    @Test
    void a_stream_makes_a_grant_and_its_role_writes_under_the_bucket_key() throws Exception {
        bucket(true);
        world.create("AWS::KinesisFirehose::DeliveryStream", stream(Map.of()));

        String role = "arn:aws:sts::111122223333:assumed-role/worker/firehose ";
        String s3 = " {aws:ViaAWSService=true, kms:ViaService=s3.us-east-1.amazonaws.com}";
        assertThat(world.account.keyUses)
                .containsExactly(
                        "arn:aws:sts::111122223333:assumed-role/admin/deploy CreateGrant "
                                + KEY
                                + " {} {aws:ViaAWSService=true, kms:GrantIsForAWSResource=true,"
                                + " kms:ViaService=firehose.us-east-1.amazonaws.com}",
                        role + "GenerateDataKey " + KEY + " {aws:s3:arn=arn:aws:s3:::b}" + s3,
                        role + "Decrypt " + KEY + " {aws:s3:arn=arn:aws:s3:::b}" + s3);
    }

    @Test
    void without_a_bucket_key_the_context_is_the_object() throws Exception {
        bucket(false);
        world.create("AWS::KinesisFirehose::DeliveryStream", stream(Map.of()));

        assertThat(world.account.keyUses.get(1))
                .contains("{aws:s3:arn=arn:aws:s3:::b/usage/year=delivery}");
    }

    @Test
    void a_key_named_by_the_destination_wins_over_that_of_the_bucket() throws Exception {
        bucket(true);
        world.create(
                "AWS::KinesisFirehose::DeliveryStream",
                stream(
                        Map.of(
                                "EncryptionConfiguration",
                                Map.of("KMSEncryptionConfig", Map.of("AWSKMSKeyARN", "other")))));

        assertThat(world.account.keyUses.get(1)).contains(" GenerateDataKey other ");
    }

    @Test
    void a_role_without_access_refuses_the_stream_and_says_how_aws_differs() throws Exception {
        bucket(true);
        world.account.refused.add("assumed-role/worker/firehose Decrypt");

        assertThatThrownBy(() ->
                        world.create("AWS::KinesisFirehose::DeliveryStream", stream(Map.of())))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("on AWS only at the first delivery");
    }

    @Test
    void deliveries_to_encrypted_topics_and_queues_are_tried_with_what_the_sender_sends()
            throws Exception {
        String topic =
                world.create("AWS::SNS::Topic", Map.of("TopicName", "t", "KmsMasterKeyId", KEY))
                        .physicalId();
        world.create("AWS::SQS::Queue", Map.of("QueueName", "q", "KmsMasterKeyId", KEY));
        String queue = "arn:aws:sqs:us-east-1:111122223333:q";
        world.create(
                "AWS::CloudWatch::Alarm",
                Map.of(
                        "AlarmName",
                        "a",
                        "AlarmActions",
                        List.of(topic),
                        "ComparisonOperator",
                        "GreaterThanThreshold",
                        "EvaluationPeriods",
                        1));
        world.create(
                "AWS::Events::Rule",
                Map.of(
                        "Name",
                        "r",
                        "Targets",
                        List.of(Map.of("Id", "1", "Arn", topic), Map.of("Id", "2", "Arn", queue))));
        world.account.refused.add("events.amazonaws.com Decrypt " + KEY + " {aws:sns");

        List<String> trouble = new Deliveries(world.account, world.inventory).undeliverable();

        assertThat(trouble)
                .singleElement()
                .asString()
                .startsWith("Delivery from rule r to topic " + topic + " would fail: ");
        assertThat(world.account.keyUses)
                .contains(
                        "cloudwatch.amazonaws.com GenerateDataKey "
                                + KEY
                                + " {aws:sns:topicArn="
                                + topic
                                + "} {aws:SourceAccount=111122223333, aws:SourceArn=arn:aws:cloudwatch:us-east-1:111122223333:alarm:a}",
                        // EventBridge sends no source keys to topics.
                        "events.amazonaws.com GenerateDataKey "
                                + KEY
                                + " {aws:sns:topicArn="
                                + topic
                                + "} {}",
                        "events.amazonaws.com GenerateDataKey "
                                + KEY
                                + " {aws:sqs:arn="
                                + queue
                                + "} {aws:SourceAccount=111122223333, aws:SourceArn=arn:aws:events:us-east-1:111122223333:rule/r}");
    }
}
