package io.bedrockbudgeteer.local.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bedrockbudgeteer.local.account.Refusal;
import io.bedrockbudgeteer.local.engine.FakeAccount;
import io.bedrockbudgeteer.local.engine.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Who calls KMS when an encrypted resource is made: principal, operation, encryption context and
/// condition keys, word by word.
class KeyUseTest {
    private static final String KEY = World.KEY;
    private static final String ADMIN = "arn:aws:sts::111122223333:assumed-role/admin/deploy";
    private static final String OTHER_KEY = "arn:aws:kms:us-east-1:111122223333:key/k2";

    @TempDir static Path folder;

    /// @param uses `principal action context conditions` of each use, in order
    record Row(String type, Map<String, Object> properties, List<String> uses) {
        @Override
        public String toString() {
            return type;
        }
    }

    private static String via(String service) {
        return "{aws:ViaAWSService=true, kms:ViaService=" + service + ".us-east-1.amazonaws.com}";
    }

    private static List<String> admin(String service, String context, String... actions) {
        List<String> lines = new ArrayList<>();
        for (String action : actions) {
            String conditions =
                    action.equals("CreateGrant")
                            ? via(service)
                                    .replace("kms:Via", "kms:GrantIsForAWSResource=true, kms:Via")
                            : via(service);
            lines.add(
                    ADMIN
                            + " "
                            + action
                            + " "
                            + KEY
                            + " "
                            + (action.equals("DescribeKey") ? "{}" : context)
                            + " "
                            + conditions);
        }
        return lines;
    }

    static Stream<Row> rows() {
        String table = "{aws:dynamodb:subscriberId=111122223333, aws:dynamodb:tableName=t}";
        String logs = "{aws:logs:arn=arn:aws:logs:us-east-1:111122223333:log-group:/a/b}";
        List<String> logUses = new ArrayList<>(admin("logs", "{}", "DescribeKey"));
        for (String action :
                List.of("Encrypt", "Decrypt", "ReEncryptFrom", "ReEncryptTo", "GenerateDataKey")) {
            logUses.add("logs.us-east-1.amazonaws.com " + action + " " + KEY + " " + logs + " {}");
        }
        return Stream.of(
                new Row(
                        "AWS::DynamoDB::Table",
                        Map.of(
                                "TableName", "t",
                                "KeySchema", List.of(),
                                "SSESpecification",
                                        Map.of(
                                                "SSEEnabled",
                                                true,
                                                "SSEType",
                                                "KMS",
                                                "KMSMasterKeyId",
                                                KEY)),
                        admin(
                                "dynamodb",
                                table,
                                "DescribeKey",
                                "CreateGrant",
                                "Encrypt",
                                "Decrypt",
                                "ReEncryptFrom",
                                "ReEncryptTo",
                                "GenerateDataKey")),
                new Row(
                        "AWS::Logs::LogGroup",
                        Map.of("LogGroupName", "/a/b", "KmsKeyId", KEY),
                        logUses),
                new Row(
                        "AWS::Lambda::Function",
                        Map.of(
                                "FunctionName",
                                "f",
                                "Code",
                                Map.of("LocalZip", "code.zip"),
                                "Role",
                                World.ROLE,
                                "KmsKeyArn",
                                KEY),
                        admin(
                                "lambda",
                                "{aws:lambda:FunctionArn=arn:aws:lambda:us-east-1:111122223333:function:f}",
                                "CreateGrant",
                                "Encrypt")),
                new Row(
                        "AWS::S3::Bucket",
                        TrailAndStreamTest.encryptedBucket("b", true),
                        List.of()),
                new Row("AWS::SNS::Topic", Map.of("KmsMasterKeyId", KEY), List.of()),
                new Row("AWS::SQS::Queue", Map.of("KmsMasterKeyId", KEY), List.of()));
    }

    private static World world() throws IOException {
        Files.writeString(folder.resolve("code.zip"), "");
        return new World(new FakeAccount(), folder);
    }

    @Test
    void the_table_is_complete_together_with_trail_and_stream() {
        assertThat(rows()).hasSize(6);
        List<String> withKeys =
                ResourceTypes.TABLE.stream()
                        .filter(spec -> !spec.keys().isEmpty())
                        .map(TypeSpec::type)
                        .toList();
        List<String> tested = new ArrayList<>(rows().map(Row::type).toList());
        tested.addAll(
                List.of(
                        "AWS::CloudTrail::Trail",
                        "AWS::KinesisFirehose::DeliveryStream",
                        "AWS::KMS::Alias"));
        assertThat(withKeys).containsExactlyInAnyOrderElementsOf(tested);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void creation_uses_the_key_as_the_service_does(Row row) throws Exception {
        World world = world();
        world.create(row.type(), row.properties());

        assertThat(world.account.keyUses).containsExactlyElementsOf(row.uses());
        assertThat(world.types.of(row.type()).holdsKey(row.properties())).isTrue();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_refused_use_refuses_the_resource_and_leaves_nothing_behind(Row row) throws Exception {
        World world = world();
        for (String use : row.uses()) {
            String words = use.substring(0, use.indexOf(" {"));
            world.account.refused.add(words);
            assertThatThrownBy(() -> world.create(row.type(), row.properties()))
                    .as(words)
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("is not authorized to perform: kms:");
            assertThat(world.inventory.all(row.type())).isEmpty();
            world.account.refused.clear();
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void an_update_uses_the_key_only_when_it_changes(Row row) throws Exception {
        World world = world();
        String id = world.create(row.type(), row.properties()).physicalId();
        world.account.keyUses.clear();

        world.update(row.type(), id, row.properties(), row.properties());
        assertThat(world.account.keyUses).isEmpty();

        world.update(row.type(), id, row.properties(), withOtherKey(row.properties()));
        assertThat(world.account.keyUses)
                .containsExactlyElementsOf(
                        row.uses().stream().map(use -> use.replace(KEY, OTHER_KEY)).toList());
    }

    private static Map<String, Object> withOtherKey(Map<String, Object> properties) {
        Map<String, Object> other = new LinkedHashMap<>();
        properties.forEach((name, value) -> other.put(name, swap(value)));
        return other;
    }

    private static Object swap(Object value) {
        return switch (value) {
            case Map<?, ?> map -> withOtherKey(Values.asMap(map));
            case List<?> list -> list.stream().map(KeyUseTest::swap).toList();
            default -> value.equals(KEY) ? OTHER_KEY : value;
        };
    }

    @Test
    void a_table_under_the_key_of_aws_asks_nobody() throws Exception {
        World world = world();
        world.create(
                "AWS::DynamoDB::Table",
                Map.of("KeySchema", List.of(), "SSESpecification", Map.of("SSEEnabled", false)));
        world.create(
                "AWS::DynamoDB::Table",
                Map.of(
                        "KeySchema",
                        List.of(),
                        "SSESpecification",
                        Map.of("SSEEnabled", true, "SSEType", "KMS")));

        assertThat(world.account.keyUses).isEmpty();
    }

    @Test
    void the_log_service_is_a_regional_principal_of_its_partition() throws Exception {
        World china = new World(new FakeAccount("aws-cn", "cn-north-1"), folder);
        china.create("AWS::Logs::LogGroup", Map.of("LogGroupName", "g", "KmsKeyId", "k"));

        assertThat(china.account.keyUses.get(0))
                .contains("kms:ViaService=logs.cn-north-1.amazonaws.com}");
        assertThat(china.account.keyUses.get(1))
                .startsWith("logs.cn-north-1.amazonaws.com.cn Encrypt");
        assertThat(china.account.keyUses.get(1))
                .contains("{aws:logs:arn=arn:aws-cn:logs:cn-north-1:111122223333:log-group:g}");
    }
}
