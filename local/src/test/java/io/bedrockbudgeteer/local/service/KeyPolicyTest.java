package io.bedrockbudgeteer.local.service;

import static io.bedrockbudgeteer.local.service.Scene.allow;
import static io.bedrockbudgeteer.local.service.Scene.key;
import static io.bedrockbudgeteer.local.service.Scene.policy;
import static io.bedrockbudgeteer.local.service.Scene.role;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bedrockbudgeteer.local.account.Principal;
import io.bedrockbudgeteer.local.service.Client.Answer;
import io.bedrockbudgeteer.local.service.access.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What PutKeyPolicy takes and refuses, and what GetKeyPolicy makes of it.
class KeyPolicyTest {
    private LocalAccount account = new LocalAccount(Scene.options());

    @AfterEach
    void close() {
        account.close();
    }

    private Client deployer() {
        return new Client(account, account.deployerKeys());
    }

    private Answer put(String key, String policy) {
        return deployer().putKeyPolicy(key, policy);
    }

    @Test
    void policy_comes_back_printed_as_kms_prints_it() {
        String key = account.keys().create(key(Optional.empty()));
        role(account, "reader");
        put(
                key,
                policy(
                        "{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":[\"111122223333\",\"arn:aws:iam::111122223333:role/reader\"]},"
                                + "\"Action\":\"kms:Decrypt\",\"Resource\":\"*\"}"));

        assertThat(deployer().kms("GetKeyPolicy", Client.id(key)).json().path("Policy").asText())
                .isEqualTo(
                        """
                        {
                          "Version" : "2012-10-17",
                          "Statement" : [ {
                            "Sid" : "Enable IAM User Permissions",
                            "Effect" : "Allow",
                            "Principal" : {
                              "AWS" : "arn:aws:iam::111122223333:root"
                            },
                            "Action" : "kms:*",
                            "Resource" : "*"
                          }, {
                            "Effect" : "Allow",
                            "Principal" : {
                              "AWS" : [ "arn:aws:iam::111122223333:root", "arn:aws:iam::111122223333:role/reader" ]
                            },
                            "Action" : "kms:Decrypt",
                            "Resource" : "*"
                          } ]
                        }\
                        """);
    }

    @Test
    void deleted_role_shows_as_its_unique_id_and_blocks_the_next_put() {
        String key = account.keys().create(key(Optional.empty()));
        Principal.Session reader = role(account, "reader");
        String id = account.roles().uniqueId("reader");
        String named =
                policy(
                        "{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\""
                                + reader.roleArn()
                                + "\"},\"Action\":\"kms:Decrypt\",\"Resource\":\"*\"}");
        assertThat(put(key, named).status()).isEqualTo(200);
        account.keys().use(reader, "Decrypt", key, Map.of(), Map.of());

        account.roles().delete("reader");
        role(account, "reader");

        assertThat(account.keys().policy(key)).contains(id).doesNotContain("role/reader");
        assertThat(account.keys().policyAsPut(key)).isEqualTo(named);
        assertThat(put(key, account.keys().policy(key)).message())
                .isEqualTo("Policy contains a statement with one or more invalid principals.");
        assertThatThrownBy(() -> account.keys().use(reader, "Decrypt", key, Map.of(), Map.of()))
                .hasMessageContaining(
                        "because no identity-based policy allows the kms:Decrypt action");
    }

    @Test
    void new_role_becomes_visible_to_kms_after_a_while() {
        account.close();
        Instant[] now = {Instant.parse("2026-01-01T00:00:00Z")};
        account =
                new LocalAccount(
                        Scene.options().visibility(Duration.ofSeconds(30)).clock(() -> now[0]));
        String key = account.keys().create(key(Optional.empty()));
        Principal.Session reader = role(account, "reader");
        String named =
                policy(
                        "{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\""
                                + reader.roleArn()
                                + "\"},\"Action\":\"kms:Decrypt\",\"Resource\":\"*\"}");

        assertThat(put(key, named).code()).isEqualTo("MalformedPolicyDocumentException");
        now[0] = now[0].plusMillis(500); // 30 s, divided by the scale of 60.
        assertThat(put(key, named).status()).isEqualTo(200);
    }

    @Test
    void read_may_be_stale_for_a_while_after_a_put() {
        account.close();
        account = new LocalAccount(Scene.options().staleReads(1));
        String key = account.keys().create(key(Optional.empty()));
        String next =
                policy(
                        "{\"Sid\":\"New\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"kms:Decrypt\",\"Resource\":\"*\"}");
        put(key, next);

        assertThat(deployer().kms("GetKeyPolicy", Client.id(key)).text()).doesNotContain("New");
        assertThat(deployer().kms("GetKeyPolicy", Client.id(key)).text()).contains("New");
    }

    /// @param policy text to put
    record Bad(String policy, String code, String message) {}

    static List<Bad> badPolicies() {
        String malformed = "MalformedPolicyDocumentException";
        String principals = "invalid principals";
        return List.of(
                new Bad("", "ValidationException", "length"),
                new Bad(policy() + " ".repeat(32_768), "LimitExceededException", "32768"),
                new Bad(
                        policy("{\"Sid\":\"\u20ac\"}"),
                        "ValidationException",
                        "regular expression"),
                new Bad("{", malformed, "invalid Json"),
                new Bad(
                        "{\"Version\":\"2012-10-17\",\"Version\":\"2012-10-17\"}",
                        malformed,
                        "invalid Json"),
                new Bad("[]", malformed, "Syntax"),
                new Bad("{\"Version\":\"2012-10-17\",\"Statement\":[]}", malformed, "no statement"),
                new Bad(
                        "{\"Version\":\"2020-01-01\",\"Statement\":[" + Scene.ROOT + "]}",
                        malformed,
                        "Version"),
                new Bad(
                        statement("", "\"Action\":\"kms:*\",\"Resource\":\"*\""),
                        malformed,
                        "no principal"),
                new Bad(
                        statement("\"Principal\":{}", "\"Action\":\"kms:*\",\"Resource\":\"*\""),
                        malformed,
                        "no principal"),
                new Bad(aws("arn:aws:iam::111122223333:role/missing"), malformed, principals),
                new Bad(aws("arn:aws:iam::111122223333:user/missing"), malformed, principals),
                new Bad(aws("arn:aws-cn:iam::111122223333:root"), malformed, principals),
                new Bad(aws("AROA11111111111111111"), malformed, principals),
                new Bad(aws("reader"), malformed, principals),
                new Bad(service("nothing.amazonaws.com"), malformed, principals),
                new Bad(service("logs.amazonaws.co"), malformed, principals),
                new Bad(
                        statement("\"Principal\":{\"AWS\":\"*\"}", "\"Resource\":\"*\""),
                        malformed,
                        "no Action or no Resource"),
                new Bad(
                        statement("\"Principal\":{\"AWS\":\"*\"}", "\"Action\":\"kms:Decrypt\""),
                        malformed,
                        "no Action or no Resource"),
                new Bad(
                        statement(
                                "\"Principal\":\"*\"",
                                "\"Action\":\"kms:*\",\"Resource\":\"arn:aws:kms:*:*:key/*\""),
                        malformed,
                        "Resource"),
                new Bad(
                        condition("StringMatches", "kms:ViaService"),
                        malformed,
                        "Invalid Condition type : StringMatches"),
                new Bad(
                        condition("ForAllValues:StringEquals", "kms:EncryptionContext:a"),
                        malformed,
                        "OverlyPermissiveCondition"),
                new Bad(
                        condition("StringEquals", "kms:ResourceAliases"),
                        malformed,
                        "IAM policies only"),
                new Bad(policy(Scene.ROOT), malformed, "unique"),
                new Bad(
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"kms:Get*\","
                                + "\"Resource\":\"*\"}]}",
                        malformed,
                        "will not allow you to update the key policy"),
                new Bad(
                        policy(
                                "{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"kms:PutKeyPolicy\",\"Resource\":\"*\"}"),
                        malformed,
                        "will not allow you to update the key policy"));
    }

    @ParameterizedTest
    @MethodSource("badPolicies")
    void policy_is_refused_and_the_old_one_stays(Bad bad) {
        String key = account.keys().create(key(Optional.empty()));
        String before = account.keys().policy(key);

        Answer answer = put(key, bad.policy());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(bad.code());
        assertThat(answer.message()).contains(bad.message());
        assertThat(account.keys().policy(key)).isEqualTo(before);
    }

    @Test
    void no_bad_policy_has_disappeared() {
        assertThat(badPolicies()).hasSize(26);
    }

    @Test
    void good_principals_are_taken() {
        account.close();
        account =
                new LocalAccount(
                        Scene.options().users(Set.of("arn:aws:iam::111122223333:user/ann")));
        String key = account.keys().create(key(Optional.empty()));
        role(account, "reader");
        for (String principal :
                List.of(
                        "*",
                        "444455556666",
                        "arn:aws:iam::444455556666:role/theirs",
                        "arn:aws:iam::111122223333:user/ann",
                        "arn:aws:sts::111122223333:assumed-role/reader/s",
                        account.roles().uniqueId("reader"))) {
            assertThat(put(key, aws(principal)).status()).as(principal).isEqualTo(200);
        }
        for (String service :
                List.of(
                        "cloudtrail.amazonaws.com",
                        "logs.eu-central-1.amazonaws.com",
                        "delivery.logs.amazonaws.com")) {
            assertThat(put(key, service(service)).status()).as(service).isEqualTo(200);
        }
    }

    @Test
    void statement_without_action_is_taken_when_the_switch_says_so() {
        account.close();
        account = new LocalAccount(Scene.options().refusesIncompleteStatements(false));
        String key = account.keys().create(key(Optional.empty()));
        assertThat(
                        put(key, statement("\"Principal\":{\"AWS\":\"*\"}", "\"Resource\":\"*\""))
                                .status())
                .isEqualTo(200);
    }

    @Test
    void lock_out_check_counts_the_callers_own_identity_policy() {
        String key = account.keys().create(key(Optional.empty()));
        Principal.Session weak = role(account, "weak", allow("\"kms:PutKeyPolicy\"", key));
        Client client = new Client(account, account.keysOf(weak));
        String onlyDeployer =
                "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:role/deployer\"},"
                        + "\"Action\":\"kms:*\",\"Resource\":\"*\"}]}";
        String body =
                Json.text(
                        Json.MAPPER
                                .createObjectNode()
                                .put("KeyId", key)
                                .put("Policy", onlyDeployer));

        assertThat(client.kms("PutKeyPolicy", body).message())
                .contains("will not allow you to update");
        assertThat(deployer().kms("PutKeyPolicy", body).status()).isEqualTo(200);
        assertThat(client.kms("PutKeyPolicy", body).message())
                .isEqualTo(
                        "User: arn:aws:sts::111122223333:assumed-role/weak/session is not authorized to perform: kms:PutKeyPolicy on"
                                + " resource: "
                                + key
                                + " because no resource-based policy allows the kms:PutKeyPolicy action");
    }

    @Test
    void bypassing_the_lock_out_check_by_a_function_is_a_violation() {
        String key = account.keys().create(key(Optional.empty()));
        Principal.Session role = role(account, "function", allow("\"kms:*\"", key));
        String body =
                Json.text(
                        Json.MAPPER
                                .createObjectNode()
                                .put("KeyId", key)
                                .put("Policy", policy())
                                .put("BypassPolicyLockoutSafetyCheck", true));

        assertThat(new Client(account, account.keysOf(role)).kms("PutKeyPolicy", body).status())
                .isEqualTo(200);
        assertThat(account.violations()).singleElement().asString().contains("bypassed");
    }

    private static String aws(String principal) {
        return statement(
                "\"Principal\":{\"AWS\":\"" + principal + "\"}",
                "\"Action\":\"kms:Decrypt\",\"Resource\":\"*\"");
    }

    private static String service(String principal) {
        return statement(
                "\"Principal\":{\"Service\":\"" + principal + "\"}",
                "\"Action\":\"kms:Decrypt\",\"Resource\":\"*\"");
    }

    private static String condition(String operator, String key) {
        return statement(
                "\"Principal\":\"*\"",
                "\"Action\":\"kms:Decrypt\",\"Resource\":\"*\",\"Condition\":{\""
                        + operator
                        + "\":{\""
                        + key
                        + "\":\"x\"}}");
    }

    private static String statement(String principal, String rest) {
        return policy(
                "{\"Effect\":\"Allow\","
                        + (principal.isEmpty() ? "" : principal + ",")
                        + rest
                        + "}");
    }
}
