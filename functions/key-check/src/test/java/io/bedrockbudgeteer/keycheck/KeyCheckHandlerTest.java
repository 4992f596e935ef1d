package io.bedrockbudgeteer.keycheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.testing.AnswerEndpoint.Answer;
import io.bedrockbudgeteer.keyguard.testing.AwsError;
import io.bedrockbudgeteer.keyguard.testing.FakeAws;
import io.bedrockbudgeteer.keyguard.testing.Invocations;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyCheckHandlerTest {
    private static final String ID = "1234abcd-12ab-34cd-56ef-1234567890ab";
    private static final List<String> ATTRIBUTES =
            List.of(
                    "KeyArn",
                    "KeyId",
                    "Alias",
                    "KeySpec",
                    "Origin",
                    "MultiRegion",
                    "RotationEnabled",
                    "PolicyDelegatesToIam",
                    "Findings");

    private final Invocations guard = new Invocations("Custom::KmsKeyCheck", "KeyCheck");
    private final FakeAws aws = guard.aws;
    private final KeyCheckHandler handler = new KeyCheckHandler(aws.environment());
    private final String key = aws.kms.newKey(ID);

    @AfterEach
    void close() {
        guard.close();
    }

    @Test
    void a_good_key_is_described() {
        Answer answer = guard.create(handler, Map.of("KeyArn", key));
        assertThat(answer.isSuccess()).isTrue();
        assertThat(answer.data()).containsOnlyKeys(ATTRIBUTES.toArray(new String[0]));
        assertThat(answer.data())
                .containsEntry("KeyArn", key)
                .containsEntry("KeyId", ID)
                .containsEntry("KeySpec", "SYMMETRIC_DEFAULT")
                .containsEntry("Origin", "AWS_KMS")
                .containsEntry("MultiRegion", "false")
                .containsEntry("RotationEnabled", "true")
                .containsEntry("PolicyDelegatesToIam", "true")
                .containsEntry("Findings", "none");
        assertThat(aws.calls())
                .containsExactly("kms:DescribeKey", "kms:GetKeyRotationStatus", "kms:GetKeyPolicy");
    }

    @Test
    void an_alias_is_resolved() {
        Answer answer = guard.create(handler, Map.of("KeyArn", aws.kms.newAlias("budget", key)));
        assertThat(answer.data())
                .containsEntry("KeyArn", key)
                .containsEntry("Alias", "alias/budget");
        assertThat(answer.data().get("Findings")).startsWith("KEY019 info");
    }

    /// @param member of the key's metadata
    record Bad(String member, Object value, String rule, String fix) {}

    static List<Bad> badKeys() {
        return List.of(
                new Bad("KeyState", "Disabled", "KEY008", "aws kms enable-key"),
                new Bad("KeyState", "PendingDeletion", "KEY009", "cancel-key-deletion"),
                new Bad("KeyState", "PendingReplicaDeletion", "KEY009", "cancel-key-deletion"),
                new Bad("KeyState", "PendingImport", "KEY010", "import-key-material"),
                new Bad("KeyState", "Unavailable", "KEY011", "connect-custom-key-store"),
                new Bad("KeyState", "SomethingNew", "KEY011", "describe-key"),
                new Bad("KeySpec", "RSA_2048", "KEY012", "create-key"),
                new Bad("KeyUsage", "SIGN_VERIFY", "KEY013", "create-key"),
                new Bad("KeyManager", "AWS", "KEY005", "create-key"));
    }

    @ParameterizedTest
    @MethodSource("badKeys")
    void a_key_that_cannot_work_fails_with_the_rule_and_what_to_type(Bad bad) {
        aws.kms.set(key, bad.member(), bad.value());
        Answer answer = guard.create(handler, Map.of("KeyArn", key));
        assertThat(answer.status()).isEqualTo("FAILED");
        assertThat(answer.reason())
                .startsWith(bad.rule() + " error: ")
                .contains(" Fix: ")
                .contains(bad.fix())
                .contains(key);
    }

    @Test
    void everything_that_is_wrong_is_said_at_once() {
        aws.kms.set(key, "KeyState", "Disabled");
        aws.kms.set(key, "KeySpec", "HMAC_256");
        aws.kms.set(key, "KeyUsage", "GENERATE_VERIFY_MAC");
        aws.kms.policy(key, "!{\"Statement\": [}");
        Answer answer = guard.create(handler, Map.of("KeyArn", key));
        assertThat(answer.reason())
                .startsWith("4 problems. KEY008 error")
                .contains("KEY012", "KEY013", "POL002");
    }

    record Value(String value, String rule) {}

    static List<Value> badValues() {
        return List.of(
                new Value("1234abcd-12ab-34cd-56ef-1234567890ab", "KEY001"),
                new Value("alias/budget", "KEY001"),
                new Value("arn:aws:kms:eu-central-1:111122223333:alias/aws/s3", "KEY001"),
                new Value("arn:aws:s3:::bucket", "KEY001"),
                new Value(
                        " arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
                        "KEY001"),
                new Value("arn:aws:kms:eu-central-1:111122223333:key/*", "KEY001"),
                new Value(
                        "arn:aws-cn:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
                        "KEY002"),
                new Value(
                        "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
                        "KEY003"),
                new Value(
                        "arn:aws:kms:eu-central-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab",
                        "KEY004"));
    }

    @ParameterizedTest
    @MethodSource("badValues")
    void a_value_that_cannot_be_meant_is_refused_without_a_call(Value value) {
        Answer answer = guard.create(handler, Map.of("KeyArn", value.value()));
        assertThat(answer.reason()).startsWith(value.rule() + " error");
        assertThat(aws.calls()).isEmpty();
    }

    @Test
    void a_missing_key_and_a_refused_look_are_told_apart() {
        aws.kms.remove(key);
        assertThat(guard.create(handler, Map.of("KeyArn", key)).reason())
                .startsWith("KEY006 error");
        String denied =
                "User: arn:aws:sts::111122223333:assumed-role/app-key-check/x is not authorized to perform: kms:DescribeKey";
        aws.fail("kms:DescribeKey", 1, AwsError.accessDenied(denied));
        assertThat(guard.create(handler, Map.of("KeyArn", key)).reason())
                .startsWith("KEY007 error")
                .contains(denied);
        aws.fail("kms:DescribeKey", 1, new AwsError(400, "KMSInvalidStateException", null));
        assertThat(guard.create(handler, Map.of("KeyArn", key)).reason())
                .startsWith("KEY020 error")
                .contains("KMSInvalidStateException")
                .doesNotContain("null");
    }

    @Test
    void warnings_do_not_stop_anything() {
        aws.kms.rotates(key, false);
        aws.kms.set(key, "MultiRegion", true);
        aws.kms.set(key, "MultiRegionConfiguration", Map.of("MultiRegionKeyType", "REPLICA"));
        Answer answer = guard.create(handler, Map.of("KeyArn", key));
        assertThat(answer.isSuccess()).isTrue();
        assertThat(answer.data().get("Findings"))
                .contains("KEY017 warning")
                .contains("KEY016 info");
        assertThat(answer.data())
                .containsEntry("MultiRegion", "true")
                .containsEntry("RotationEnabled", "false");
    }

    @Test
    void imported_material_and_key_stores_are_warned_of_and_not_asked_about_rotation() {
        aws.kms.set(key, "Origin", "EXTERNAL");
        aws.kms.set(key, "ValidTo", new java.math.BigDecimal("1800000000"));
        Answer answer = guard.create(handler, Map.of("KeyArn", key));
        assertThat(answer.data().get("Findings")).contains("KEY014 warning").contains("2027-01-15");
        assertThat(aws.calls()).doesNotContain("kms:GetKeyRotationStatus");
        aws.kms.set(key, "Origin", "EXTERNAL_KEY_STORE");
        assertThat(guard.create(handler, Map.of("KeyArn", key)).data().get("Findings"))
                .contains("KEY015 warning");
    }

    @Test
    void what_blocks_only_a_write_is_a_warning_when_nothing_is_written() {
        aws.kms.policy(
                key,
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"R\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:root\"},\"Action\":\"kms:*\",\"Resource\":\"*\"},"
                        + "{\"Sid\":\"Gone\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"AROAABCDEFGHIJKLMNOPQ\"},\"Action\":\"kms:Decrypt\",\"Resource\":\"*\"}]}");
        assertThat(guard.create(handler, Map.of("KeyArn", key)).reason())
                .startsWith("POL003 error")
                .contains("AROAABCDEFGHIJKLMNOPQ");
        Answer checkOnly = guard.create(handler, Map.of("KeyArn", key, "Mode", "CheckOnly"));
        assertThat(checkOnly.isSuccess()).isTrue();
        assertThat(checkOnly.data().get("Findings")).contains("POL003 warning");
        Answer repair = guard.create(handler, Map.of("KeyArn", key, "RepairPolicy", "true"));
        assertThat(repair.isSuccess()).isTrue();
        assertThat(repair.data().get("Findings")).contains("POL003 warning");
        assertThat(guard.create(handler, Map.of("KeyArn", key, "RepairPolicy", "yes")).reason())
                .startsWith("RepairPolicy is 'yes', allowed: true or false");
    }

    @Test
    void a_policy_that_may_not_be_read_is_an_error() {
        aws.fail("kms:GetKeyPolicy", 1, AwsError.accessDenied("no"));
        assertThat(guard.create(handler, Map.of("KeyArn", key)).reason())
                .startsWith("POL001 error");
    }

    @Test
    void a_roll_back_to_a_key_that_is_disabled_now_succeeds() {
        aws.kms.set(key, "KeyState", "Disabled");
        Map<String, String> properties = Map.of("KeyArn", key);
        assertThat(guard.update(handler, "id", properties, properties).status())
                .isEqualTo("FAILED");
        aws.cloudFormation.status("UPDATE_ROLLBACK_IN_PROGRESS");
        Answer answer = guard.update(handler, "id", properties, properties);
        assertThat(answer.isSuccess()).isTrue();
        assertThat(answer.data()).containsOnlyKeys(ATTRIBUTES.toArray(new String[0]));
    }

    @Test
    void a_roll_back_to_properties_of_an_older_version_succeeds_with_all_attributes() {
        Map<String, String> old = Map.of("KeyArn", key, "KeyPolicyMode", "Patch");
        assertThat(guard.update(handler, "id", old, Map.of("KeyArn", key)).reason())
                .contains("Unknown property KeyPolicyMode");
        aws.cloudFormation.status("UPDATE_ROLLBACK_IN_PROGRESS");
        Answer answer = guard.update(handler, "id", old, Map.of("KeyArn", key));
        assertThat(answer.isSuccess()).isTrue();
        assertThat(answer.data())
                .containsOnlyKeys(ATTRIBUTES.toArray(new String[0]))
                .containsEntry("KeyArn", key);
    }

    @Test
    void a_delete_asks_nobody() {
        aws.kms.remove(key);
        assertThat(
                        guard.delete(
                                        handler,
                                        "anything",
                                        Map.of("KeyArn", "rubbish", "Unknown", "x"))
                                .isSuccess())
                .isTrue();
        assertThat(aws.calls()).isEmpty();
    }

    @Test
    void a_missing_region_is_answered() {
        KeyCheckHandler broken = new KeyCheckHandler(aws.environment(Map.of("AWS_REGION", "")));
        Answer answer = guard.create(broken, Map.of("KeyArn", key));
        assertThat(answer.status()).isEqualTo("FAILED");
    }

    @Test
    void throttling_is_waited_out() {
        aws.fail("kms:DescribeKey", 2, new AwsError(400, "ThrottlingException", "Rate exceeded"));
        assertThat(guard.create(handler, Map.of("KeyArn", key)).isSuccess()).isTrue();
        assertThat(aws.count("kms:DescribeKey")).isEqualTo(3);
    }

    @Test
    void the_sample_event_works() {
        assertThat(guard.run(handler, guard.sample("key-check-create.json")).isSuccess()).isTrue();
    }
}
