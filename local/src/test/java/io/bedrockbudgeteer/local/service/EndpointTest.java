package io.bedrockbudgeteer.local.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bedrockbudgeteer.local.account.Principal;
import io.bedrockbudgeteer.local.account.Refusal;
import io.bedrockbudgeteer.local.service.Client.Answer;
import io.bedrockbudgeteer.local.service.Faults.Fault;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Who may speak to the endpoint, and what it says to requests that it does not know.
class EndpointTest {
    private static final String IAM = "2010-05-08";
    private final LocalAccount account = new LocalAccount(Scene.options());
    private final Client client = new Client(account, account.deployerKeys());

    @AfterEach
    void close() {
        account.close();
    }

    @Test
    void unknown_access_key_is_refused_in_the_format_of_the_service() {
        Client stranger = new Client(account.endpoint(), "AKIAUNKNOWN", Scene.REGION);

        assertThat(stranger.kms("ListKeys", "{}").code()).isEqualTo("UnrecognizedClientException");
        assertThat(stranger.query("iam", IAM, "ListRoles", Map.of()).text())
                .contains("<Code>InvalidClientTokenId</Code>");
        assertThat(stranger.cbor("DescribeAlarms", "{}").code())
                .endsWith("#UnrecognizedClientException");
        assertThat(account.calls()).allMatch(call -> !call.allowed());
    }

    @Test
    void request_without_a_signature_is_refused() {
        HttpRequest.Builder bare =
                HttpRequest.newBuilder(account.endpoint().resolve("/"))
                        .header("Content-Type", "application/x-amz-json-1.1")
                        .header("X-Amz-Target", "TrentService.ListKeys");
        Answer answer = client.send(bare, "{}".getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("MissingAuthenticationToken");
    }

    @Test
    void credentials_end_with_their_role_and_do_not_come_back_with_its_name() {
        Principal.Session role = Scene.role(account, "short", Scene.allow("\"*\"", "*"));
        Client its = new Client(account, account.keysOf(role));
        assertThat(its.kms("ListKeys", "{}").status()).isEqualTo(200);

        account.roles().delete("short");
        Scene.role(account, "short", Scene.allow("\"*\"", "*"));

        assertThat(its.kms("ListKeys", "{}").code()).isEqualTo("UnrecognizedClientException");
    }

    @Test
    void operation_that_is_not_modelled_is_an_error_of_the_service_and_a_violation() {
        assertThat(client.kms("ScheduleKeyDeletion", "{}").code()).isEqualTo("NotModelledLocally");
        assertThat(client.query("iam", IAM, "CreateUser", Map.of()).text())
                .contains("<Code>NotModelledLocally</Code>");
        Answer alarm = client.cbor("PutCompositeAlarm", "{}");
        assertThat(alarm.code()).endsWith("#NotModelledLocally");
        assertThat(alarm.queryError()).contains("NotModelledLocally;Sender");
        assertThat(
                        client.json(
                                        "logs",
                                        "Logs_20140328.CreateLogGroup",
                                        "application/x-amz-json-1.1",
                                        "{}")
                                .code())
                .isEqualTo("NotModelledLocally");
        assertThat(account.violations()).hasSize(4).allMatch(v -> v.contains("not modelled here"));
    }

    @Test
    void parameter_that_is_not_modelled_is_a_violation_too() {
        assertThat(client.kms("DescribeKey", "{\"KeyId\":\"alias/x\",\"Odd\":1}").code())
                .isEqualTo("NotModelledLocally");
        assertThat(account.violations()).singleElement().asString().contains("parameter Odd");
    }

    @Test
    void body_in_no_format_is_a_violation() {
        Answer answer =
                client.json("kms", "TrentService.ListKeys", "application/x-amz-json-1.1", "{");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(account.violations()).hasSize(1);
    }

    @Test
    void every_answer_has_a_request_id() {
        assertThat(client.kms("ListKeys", "{}").requestId()).isPresent();
        assertThat(client.cbor("DescribeAlarms", "{}").requestId()).isPresent();
        assertThat(client.query("sts", "2011-06-15", "GetCallerIdentity", Map.of()).text())
                .contains(
                        "<RequestId>",
                        "<Arn>arn:aws:sts::111122223333:assumed-role/deployer/deploy</Arn>",
                        "<Account>111122223333</Account>");
    }

    @Test
    void failures_come_in_the_order_that_was_asked_for_and_then_stop() {
        account.faults()
                .add("kms:ListKeys", Fault.throttling(), Fault.internal(), new Fault.ResetBefore());

        Answer throttled = client.kms("ListKeys", "{}");
        assertThat(throttled.status()).isEqualTo(400);
        assertThat(throttled.code()).isEqualTo("ThrottlingException");
        assertThat(client.kms("ListKeys", "{}").status()).isEqualTo(500);
        assertThatThrownBy(() -> client.kms("ListKeys", "{}"))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(client.kms("ListKeys", "{}").status()).isEqualTo(200);
    }

    @Test
    void another_writer_can_come_in_between() {
        String key = account.keys().create(Scene.key(Optional.empty()));
        String theirs =
                Scene.policy(
                        "{\"Sid\":\"Theirs\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"kms:Decrypt\",\"Resource\":\"*\"}");
        account.faults()
                .add(
                        "kms:GetKeyPolicy",
                        new Fault.Delay(Duration.ofMillis(1)),
                        new Fault.Meanwhile(
                                () -> account.keys().putPolicy(account.deployer(), key, theirs)));

        String request = "{\"KeyId\":\"" + key + "\"}";
        assertThat(client.kms("GetKeyPolicy", request).text()).doesNotContain("Theirs");
        assertThat(client.kms("GetKeyPolicy", request).text()).contains("Theirs");
    }

    @Test
    void record_of_calls_tells_who_did_what_and_what_decided() {
        String key = account.keys().create(Scene.key(Optional.empty()));
        client.kms("PutKeyPolicy", "{\"KeyId\":\"" + key + "\",\"Policy\":\"{\"}");

        assertThat(account.calls())
                .singleElement()
                .satisfies(call -> {
                    assertThat(call.caller())
                            .isEqualTo("arn:aws:sts::111122223333:assumed-role/deployer/deploy");
                    assertThat(call.action()).isEqualTo("kms:PutKeyPolicy");
                    assertThat(call.resource()).isEqualTo(key);
                    assertThat(call.allowed()).isTrue();
                    assertThat(call.decidedBy())
                            .isEqualTo(
                                    "key policy Enable IAM User Permissions with identity policy administrator All,"
                                            + " then MalformedPolicyDocumentException: This policy contains invalid Json");
                });
    }

    @Test
    void partition_follows_the_region() {
        for (var expected :
                Map.of("cn-north-1", "aws-cn", "us-gov-west-1", "aws-us-gov", "eu-central-1", "aws")
                        .entrySet()) {
            try (LocalAccount other = new LocalAccount(AccountOptions.in(expected.getKey()))) {
                assertThat(other.partition()).isEqualTo(expected.getValue());
                assertThat(other.urlSuffix())
                        .isEqualTo(
                                expected.getKey().startsWith("cn-")
                                        ? "amazonaws.com.cn"
                                        : "amazonaws.com");
                assertThat(other.deployer().name())
                        .startsWith("arn:" + expected.getValue() + ":sts::111122223333:");
            }
        }
    }

    @Test
    void same_seed_gives_the_same_ids() {
        try (LocalAccount one = new LocalAccount(Scene.options().seed(7));
                LocalAccount two = new LocalAccount(Scene.options().seed(7))) {
            assertThat(one.keys().create(Scene.key(Optional.empty())))
                    .isEqualTo(two.keys().create(Scene.key(Optional.empty())));
        }
    }

    @Test
    void key_with_a_policy_that_locks_the_deployer_out_is_not_made() {
        assertThatThrownBy(() ->
                        account.keys()
                                .create(
                                        Scene.key(
                                                Optional.of(
                                                        "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
                                                                + "{\"Service\":\"sns.amazonaws.com\"},\"Action\":\"kms:Decrypt\",\"Resource\":\"*\"}]}"))))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("will not allow you to update the key policy");
        assertThat(account.keys().arns()).isEmpty();
    }
}
