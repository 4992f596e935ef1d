package io.bedrockbudgeteer.local.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bedrockbudgeteer.local.account.Functions.InvokeConfig;
import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.account.Refusal;
import io.bedrockbudgeteer.local.engine.FakeAccount;
import io.bedrockbudgeteer.local.engine.Made;
import io.bedrockbudgeteer.local.engine.Provider.Change;
import io.bedrockbudgeteer.local.engine.Provider.Kind;
import io.bedrockbudgeteer.local.engine.ResourceFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every row of the table: what a minimal resource is called, which attributes it has, and what
/// makes it another resource.
class ResourceTypesTest {
    private static final int TYPES = 24;
    private static final Map<String, Object> POLICY =
            Map.of(
                    "Version",
                    "2012-10-17",
                    "Statement",
                    List.of(Map.of("Effect", "Allow", "Action", "*", "Resource", "*")));
    private static final Map<String, Object> ZIP = Map.of("LocalZip", "code.zip", "Sha256", "00");
    private static final String MADE_UP = "shop-It-[A-Z0-9]{12}";
    private static final String TOPIC = "arn:aws:sns:us-east-1:111122223333:news";
    private static final String QUEUE = "https://sqs.us-east-1.amazonaws.com/111122223333/later";

    @TempDir static Path folder;

    private World world = new World(new FakeAccount(), Path.of("."));

    /// @param replacing a property change that makes another resource; empty when nothing does
    record Row(
            String type,
            Map<String, Object> minimal,
            String id,
            Set<String> attributes,
            Map<String, Object> replacing) {
        @Override
        public String toString() {
            return type;
        }
    }

    static Stream<Row> rows() {
        return Stream.of(
                new Row(
                        "AWS::IAM::Role",
                        Map.of("AssumeRolePolicyDocument", POLICY),
                        MADE_UP,
                        Set.of("Arn", "RoleId"),
                        Map.of("Path", "/x/")),
                new Row(
                        "AWS::IAM::RolePolicy",
                        Map.of(
                                "PolicyName",
                                "key-1",
                                "RoleName",
                                "worker",
                                "PolicyDocument",
                                POLICY),
                        "key-1\\|worker",
                        Set.of(),
                        Map.of("PolicyName", "key-2")),
                new Row(
                        "AWS::Lambda::Function",
                        Map.of(
                                "Code",
                                ZIP,
                                "Role",
                                World.ROLE,
                                "Handler",
                                "a.B::c",
                                "Runtime",
                                "java25"),
                        MADE_UP,
                        Set.of("Arn"),
                        Map.of("FunctionName", "other")),
                new Row(
                        "AWS::Lambda::LayerVersion",
                        Map.of("Content", ZIP, "LayerName", "lib"),
                        "arn:aws:lambda:us-east-1:111122223333:layer:lib:1",
                        Set.of(),
                        Map.of("LayerName", "lib2")),
                new Row(
                        "AWS::Lambda::EventInvokeConfig",
                        Map.of(
                                "FunctionName",
                                "f",
                                "Qualifier",
                                "$LATEST",
                                "MaximumRetryAttempts",
                                1),
                        "f\\|\\$LATEST",
                        Set.of(),
                        Map.of("FunctionName", "g")),
                new Row(
                        "AWS::Lambda::Permission",
                        Map.of(
                                "FunctionName",
                                "f",
                                "Action",
                                "lambda:InvokeFunction",
                                "Principal",
                                "events.amazonaws.com"),
                        MADE_UP,
                        Set.of(),
                        Map.of("SourceArn", "arn:x")),
                new Row(
                        "AWS::Logs::LogGroup",
                        Map.of("RetentionInDays", 7),
                        MADE_UP,
                        Set.of("Arn"),
                        Map.of("LogGroupName", "g")),
                new Row(
                        "AWS::Logs::LogStream",
                        Map.of("LogGroupName", "group", "LogStreamName", "s"),
                        "s",
                        Set.of(),
                        Map.of("LogStreamName", "t")),
                new Row(
                        "AWS::DynamoDB::Table",
                        Map.of(
                                "KeySchema",
                                List.of(Map.of("AttributeName", "a", "KeyType", "HASH"))),
                        MADE_UP,
                        Set.of("Arn"),
                        Map.of("TableName", "t")),
                new Row(
                        "AWS::S3::Bucket",
                        Map.of(),
                        "shop-it-[a-z0-9]{12}",
                        Set.of("Arn", "DomainName", "RegionalDomainName"),
                        Map.of("BucketName", "b")),
                new Row(
                        "AWS::S3::BucketPolicy",
                        Map.of("Bucket", "bucket", "PolicyDocument", POLICY),
                        "bucket",
                        Set.of(),
                        Map.of("Bucket", "b")),
                new Row(
                        "AWS::SSM::Parameter",
                        Map.of("Type", "String", "Value", "1"),
                        MADE_UP,
                        Set.of("Type", "Value"),
                        Map.of("Name", "n")),
                new Row(
                        "AWS::CloudTrail::Trail",
                        Map.of("S3BucketName", "bucket", "IsLogging", true),
                        MADE_UP,
                        Set.of("Arn"),
                        Map.of("TrailName", "t")),
                new Row(
                        "AWS::KinesisFirehose::DeliveryStream",
                        Map.of(
                                "ExtendedS3DestinationConfiguration",
                                Map.of("RoleARN", World.ROLE, "BucketARN", "arn:aws:s3:::bucket")),
                        MADE_UP,
                        Set.of("Arn"),
                        Map.of("DeliveryStreamName", "d")),
                new Row(
                        "AWS::SNS::Topic",
                        Map.of(),
                        "arn:aws:sns:us-east-1:111122223333:" + MADE_UP,
                        Set.of("TopicArn", "TopicName"),
                        Map.of("TopicName", "t")),
                new Row(
                        "AWS::SNS::TopicPolicy",
                        Map.of("Topics", List.of(TOPIC), "PolicyDocument", POLICY),
                        MADE_UP,
                        Set.of(),
                        Map.of()),
                new Row(
                        "AWS::SNS::Subscription",
                        Map.of("TopicArn", TOPIC, "Protocol", "email", "Endpoint", "a@b.c"),
                        TOPIC + ":[0-9a-f-]{36}",
                        Set.of(),
                        Map.of("Endpoint", "d@b.c")),
                new Row(
                        "AWS::SQS::Queue",
                        Map.of("QueueName", "q"),
                        "https://sqs.us-east-1.amazonaws.com/111122223333/q",
                        Set.of("Arn", "QueueName", "QueueUrl"),
                        Map.of("QueueName", "r")),
                new Row(
                        "AWS::SQS::QueuePolicy",
                        Map.of("Queues", List.of(QUEUE), "PolicyDocument", POLICY),
                        MADE_UP,
                        Set.of(),
                        Map.of()),
                new Row(
                        "AWS::CloudWatch::Alarm",
                        Map.of(
                                "ComparisonOperator",
                                "GreaterThanThreshold",
                                "EvaluationPeriods",
                                1),
                        MADE_UP,
                        Set.of("Arn"),
                        Map.of("AlarmName", "a")),
                new Row(
                        "AWS::Events::Rule",
                        Map.of("EventPattern", Map.of("source", List.of("aws.iam"))),
                        MADE_UP,
                        Set.of("Arn"),
                        Map.of("Name", "r")),
                new Row(
                        "AWS::CloudFormation::WaitConditionHandle",
                        Map.of(),
                        "https://cloudformation-waitcondition-us-east-1.s3.amazonaws.com/.*",
                        Set.of(),
                        Map.of()),
                new Row(
                        "AWS::KMS::Key",
                        Map.of("KeyPolicy", POLICY),
                        "k1",
                        Set.of("Arn", "KeyId"),
                        Map.of("KeySpec", "RSA_2048")),
                new Row(
                        "AWS::KMS::Alias",
                        Map.of("AliasName", "alias/a", "TargetKeyId", "k1"),
                        "alias/a",
                        Set.of(),
                        Map.of("AliasName", "alias/b")));
    }

    @BeforeEach
    void someThingsExist() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("code.zip"), "");
        world = new World(new FakeAccount(), folder);
        world.create("AWS::Logs::LogGroup", Map.of("LogGroupName", "group"));
        world.create("AWS::SNS::Topic", Map.of("TopicName", "news"));
        world.create("AWS::SQS::Queue", Map.of("QueueName", "later"));
        world.create("AWS::S3::Bucket", Map.of("BucketName", "bucket"));
    }

    private void letTheTrailWrite() throws InterruptedException {
        world.create(
                "AWS::S3::BucketPolicy",
                Map.of(
                        "Bucket",
                        "bucket",
                        "PolicyDocument",
                        TrailAndStreamTest.bucketPolicy("bucket")));
    }

    @Test
    void each_type_has_a_row_here() {
        assertThat(ResourceTypes.TABLE).hasSize(TYPES);
        assertThat(rows().map(Row::type))
                .containsExactlyInAnyOrderElementsOf(ResourceTypes.pages().keySet());
    }

    @Test
    void each_type_names_the_page_it_follows() {
        assertThat(ResourceTypes.pages().values())
                .allSatisfy(page -> assertThat(page).contains(", "));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_minimal_resource_gets_its_id_and_all_its_attributes(Row row) throws Exception {
        if (row.type().equals("AWS::CloudTrail::Trail")) {
            letTheTrailWrite();
        }
        Made made = world.create(row.type(), row.minimal());

        assertThat(made.physicalId()).matches(row.id());
        assertThat(made.attributes().keySet()).isEqualTo(row.attributes());
        assertThat(row.attributes())
                .allMatch(name -> world.types.of(row.type()).hasAttribute(name));
        assertThat(world.types.of(row.type()).hasAttribute("Nonsense")).isFalse();
        world.delete(row.type(), made.physicalId(), row.minimal());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void an_unknown_property_is_refused_by_name(Row row) {
        Map<String, Object> properties = new LinkedHashMap<>(row.minimal());
        properties.put("Nonsense", 1);

        assertThatThrownBy(() -> world.types.of(row.type()).checkNames("It", properties))
                .isInstanceOf(NotModelledException.class)
                .hasMessageContaining("property Nonsense of " + row.type() + " (It)");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void what_replaces_and_what_does_not(Row row) {
        Map<String, Object> other = new LinkedHashMap<>(row.minimal());
        other.putAll(row.replacing());

        assertThat(world.change(row.type(), row.minimal(), row.minimal())).isEqualTo(Change.NONE);
        assertThat(world.change(row.type(), row.minimal(), other))
                .isEqualTo(row.replacing().isEmpty() ? Change.NONE : Change.REPLACEMENT);
    }

    @Test
    void a_missing_required_property_is_refused_before_the_service_is_asked() {
        assertThatThrownBy(() -> world.create("AWS::DynamoDB::Table", Map.of()))
                .isInstanceOf(ResourceFailed.class)
                .hasMessage(
                        "Properties validation failed for resource It with message: #: required key [KeySchema] not found");
    }

    @Test
    void nested_properties_are_checked_too_and_through_lists() {
        Map<String, Map<String, Object>> cases =
                Map.of(
                        "AWS::DynamoDB::Table", Map.of("SSESpecification", Map.of("Nonsense", 1)),
                        "AWS::S3::Bucket",
                                Map.of(
                                        "BucketEncryption",
                                        Map.of(
                                                "ServerSideEncryptionConfiguration",
                                                List.of(Map.of("Nonsense", 1)))),
                        "AWS::Lambda::Function", Map.of("LoggingConfig", Map.of("Nonsense", 1)));
        assertThat(cases).hasSize(3);
        cases.forEach((type, properties) ->
                assertThatThrownBy(() -> world.types.of(type).checkNames("It", properties))
                        .as(type)
                        .isInstanceOf(NotModelledException.class)
                        .hasMessageContaining(".Nonsense of " + type));
    }

    @Test
    void names_that_are_taken_are_refused() throws Exception {
        Map<String, Map<String, Object>> named =
                Map.of(
                        "AWS::IAM::Role",
                                Map.of("RoleName", "n", "AssumeRolePolicyDocument", POLICY),
                        "AWS::Logs::LogGroup", Map.of("LogGroupName", "n"),
                        "AWS::DynamoDB::Table", Map.of("TableName", "n", "KeySchema", List.of()),
                        "AWS::S3::Bucket", Map.of("BucketName", "n"),
                        "AWS::SNS::Topic", Map.of("TopicName", "n"),
                        "AWS::SQS::Queue", Map.of("QueueName", "n"),
                        "AWS::SSM::Parameter", Map.of("Name", "n", "Type", "String", "Value", "v"),
                        "AWS::KMS::Alias", Map.of("AliasName", "alias/n", "TargetKeyId", "k1"),
                        "AWS::CloudWatch::Alarm",
                                Map.of(
                                        "AlarmName",
                                        "n",
                                        "ComparisonOperator",
                                        "GreaterThanThreshold",
                                        "EvaluationPeriods",
                                        1));
        assertThat(named).hasSize(9);
        for (Map.Entry<String, Map<String, Object>> entry : named.entrySet()) {
            world.create(entry.getKey(), entry.getValue());
            assertThatThrownBy(() -> world.create(entry.getKey(), entry.getValue()))
                    .as(entry.getKey())
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("already exists");
        }
    }

    @Test
    void a_deleted_name_is_free_again() throws Exception {
        Map<String, Object> topic = Map.of("TopicName", "n");
        String id = world.create("AWS::SNS::Topic", topic).physicalId();
        world.delete("AWS::SNS::Topic", id, topic);

        assertThat(world.create("AWS::SNS::Topic", topic).physicalId()).isEqualTo(id);
    }

    @Test
    void a_change_of_a_fixed_name_resource_that_needs_a_new_one_is_refused_by_its_name() {
        Map<String, Object> before = Map.of("TableName", "t", "KeySchema", List.of("a"));
        Map<String, Object> after = Map.of("TableName", "t", "KeySchema", List.of("b"));

        assertThatThrownBy(() -> world.change("AWS::DynamoDB::Table", before, after))
                .isInstanceOf(ResourceFailed.class)
                .hasMessage(
                        "CloudFormation cannot update a stack when a custom-named resource requires replacing."
                                + " Rename t and update the stack again.");
    }

    @Test
    void roles_keep_their_inline_policies_and_separate_ones_apart() throws Exception {
        Map<String, Object> before =
                Map.of(
                        "RoleName",
                        "r",
                        "AssumeRolePolicyDocument",
                        POLICY,
                        "Policies",
                        List.of(
                                Map.of("PolicyName", "a", "PolicyDocument", POLICY),
                                Map.of("PolicyName", "b", "PolicyDocument", POLICY)));
        world.create("AWS::IAM::Role", before);
        world.create(
                "AWS::IAM::RolePolicy",
                Map.of("PolicyName", "c", "RoleName", "r", "PolicyDocument", POLICY));
        Map<String, Object> after = new LinkedHashMap<>(before);
        after.put("Policies", List.of(Map.of("PolicyName", "b", "PolicyDocument", POLICY)));

        world.update("AWS::IAM::Role", "r", before, after);

        assertThat(world.account.roles().policies("r")).containsOnlyKeys("b", "c");
        world.delete("AWS::IAM::RolePolicy", "c|r", Map.of());
        assertThat(world.account.roles().policies("r")).containsOnlyKeys("b");
    }

    @Test
    void a_function_gets_zip_layers_variables_and_log_group() throws Exception {
        String layer =
                world.create(
                                "AWS::Lambda::LayerVersion",
                                Map.of("Content", ZIP, "LayerName", "lib"))
                        .physicalId();
        world.create(
                "AWS::Lambda::Function",
                Map.of(
                        "FunctionName",
                        "f",
                        "Code",
                        ZIP,
                        "Role",
                        World.ROLE,
                        "Handler",
                        "a.B::c",
                        "Runtime",
                        "java25",
                        "Timeout",
                        60,
                        "MemorySize",
                        "512",
                        "Layers",
                        List.of(layer),
                        "Environment",
                        Map.of("Variables", Map.of("A", 1)),
                        "LoggingConfig",
                        Map.of("LogGroup", "group", "LogFormat", "JSON")));
        world.create(
                "AWS::Lambda::EventInvokeConfig",
                Map.of(
                        "FunctionName",
                        "f",
                        "Qualifier",
                        "$LATEST",
                        "MaximumRetryAttempts",
                        1,
                        "MaximumEventAgeInSeconds",
                        540));

        String arn = "arn:aws:lambda:us-east-1:111122223333:function:f";
        var function = Objects.requireNonNull(world.account.functions.get(arn));
        assertThat(function.layers()).containsExactly(folder.resolve("code.zip"));
        assertThat(function.environment()).containsExactly(Map.entry("A", "1"));
        assertThat(function.memoryMb()).isEqualTo(512);
        assertThat(function.timeoutSeconds()).isEqualTo(60);
        assertThat(function.logGroup()).isEqualTo("group");
        assertThat(
                        Objects.requireNonNull(world.account.invokeConfigs.get(arn))
                                .maximumEventAgeSeconds())
                .isEqualTo(540);
        world.delete("AWS::Lambda::Function", "f", Map.of());
        assertThat(world.account.functions).isEmpty();
    }

    @Test
    void a_failure_destination_goes_with_the_retry_rules_and_ends_with_them() throws Exception {
        String queue = "arn:aws:sqs:us-east-1:111122223333:later";
        Map<String, Object> config = destination("OnFailure", queue);

        String id = world.create("AWS::Lambda::EventInvokeConfig", config).physicalId();

        String function = "arn:aws:lambda:us-east-1:111122223333:function:f";
        assertThat(world.account.invokeConfigs.get(function))
                .isEqualTo(new InvokeConfig(2, 21_600, Optional.of(queue)));
        world.delete("AWS::Lambda::EventInvokeConfig", id, config);
        assertThat(world.account.invokeConfigs.get(function)).isEqualTo(InvokeConfig.STANDARD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                TOPIC,
                "arn:aws:sqs:us-east-1:111122223333:later.fifo",
                "arn:aws:s3:::bucket",
                "later"
            })
    void a_failure_destination_that_is_no_standard_queue_is_refused(String destination) {
        assertThatThrownBy(() ->
                        world.create(
                                "AWS::Lambda::EventInvokeConfig",
                                destination("OnFailure", destination)))
                .isInstanceOf(NotModelledException.class)
                .hasMessageContaining(destination);
    }

    @Test
    void a_destination_for_successes_is_refused_by_name() {
        Map<String, Object> config = destination("OnSuccess", TOPIC);

        assertThatThrownBy(() ->
                        world.types.of("AWS::Lambda::EventInvokeConfig").checkNames("It", config))
                .isInstanceOf(NotModelledException.class)
                .hasMessageContaining("DestinationConfig.OnSuccess");
    }

    private static Map<String, Object> destination(String kind, String arn) {
        return Map.of(
                "FunctionName",
                "f",
                "Qualifier",
                "$LATEST",
                "DestinationConfig",
                Map.of(kind, Map.of("Destination", arn)));
    }

    @Test
    void a_queue_lives_in_the_account_with_its_policy() throws Exception {
        String arn = "arn:aws:sqs:us-east-1:111122223333:later";
        Map<String, Object> policy = Map.of("Queues", List.of(QUEUE), "PolicyDocument", POLICY);
        String id = world.create("AWS::SQS::QueuePolicy", policy).physicalId();
        assertThat(world.account.queues().policies().get(arn)).contains("2012-10-17");

        world.delete("AWS::SQS::QueuePolicy", id, policy);
        assertThat(world.account.queues().policies()).containsEntry(arn, "");
        assertThat(world.account.queues().arns()).containsExactly(arn);
        world.delete("AWS::SQS::Queue", QUEUE, Map.of());
        assertThat(world.account.queues().arns()).isEmpty();
    }

    @Test
    void code_that_is_not_built_is_refused_with_the_command_to_build_it() {
        Map<String, Object> properties =
                Map.of("Code", Map.of("LocalZip", "missing.zip"), "Role", World.ROLE);

        assertThatThrownBy(() -> world.create("AWS::Lambda::Function", properties))
                .isInstanceOf(ResourceFailed.class)
                .hasMessageContaining("missing.zip")
                .hasMessageContaining("mvn -DskipTests package");
    }

    @Test
    void a_secure_string_is_refused_as_cloudformation_refuses_it() {
        assertThatThrownBy(() ->
                        world.create(
                                "AWS::SSM::Parameter",
                                Map.of("Type", "SecureString", "Value", "v")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("SecureString");
    }

    @Test
    void a_deleted_key_is_scheduled_for_deletion() throws Exception {
        String id = world.create("AWS::KMS::Key", Map.of("KeyPolicy", POLICY)).physicalId();
        world.delete("AWS::KMS::Key", id, Map.of());

        assertThat(world.account.keyStates.values()).containsExactly("PendingDeletion");
    }

    @Test
    void roles_policies_and_log_groups_are_what_functions_stand_on() {
        Set<String> foundation =
                ResourceTypes.TABLE.stream()
                        .filter(spec -> spec.kind() == Kind.FOUNDATION)
                        .map(TypeSpec::type)
                        .collect(Collectors.toSet());

        assertThat(foundation)
                .containsExactlyInAnyOrder(
                        "AWS::IAM::Role", "AWS::IAM::RolePolicy", "AWS::Logs::LogGroup");
    }

    @Test
    void unknown_types_are_refused_and_custom_ones_are_known_by_their_prefix() {
        assertThat(world.types.of("Custom::Guard").kind()).isEqualTo(Kind.CUSTOM);
        assertThat(world.types.of("AWS::CloudFormation::CustomResource").kind())
                .isEqualTo(Kind.CUSTOM);
        for (String type :
                List.of(
                        "AWS::CloudFormation::Stack",
                        "Custom::",
                        "Custom::" + "x".repeat(61),
                        "AWS::Lambda::Alias")) {
            assertThatThrownBy(() -> world.types.of(type))
                    .as(type)
                    .isInstanceOf(NotModelledException.class);
        }
    }
}
