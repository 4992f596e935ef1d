package io.bedrockbudgeteer.local.service;

import static io.bedrockbudgeteer.local.service.Scene.allow;
import static io.bedrockbudgeteer.local.service.Scene.key;
import static io.bedrockbudgeteer.local.service.Scene.policy;
import static io.bedrockbudgeteer.local.service.Scene.role;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bedrockbudgeteer.local.account.Keys.KeySpec;
import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.account.Principal;
import io.bedrockbudgeteer.local.account.Refusal;
import io.bedrockbudgeteer.local.service.Client.Answer;
import io.bedrockbudgeteer.local.service.access.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// KMS over the wire and through the providers' door.
class KmsTest {
    private LocalAccount account = new LocalAccount(Scene.options());

    @AfterEach
    void close() {
        account.close();
    }

    private Client deployer() {
        return new Client(account, account.deployerKeys());
    }

    private Answer put(String key, String policy) {
        return deployer().kms("PutKeyPolicy", Json.text(
                Json.MAPPER.createObjectNode().put("KeyId", key).put("PolicyName", "default").put("Policy", policy)));
    }

    private static String id(String key) {
        return "{\"KeyId\":\"" + key + "\"}";
    }

    @Test
    void key_is_found_by_every_name_and_its_policy_only_by_id_and_arn() {
        String key = account.keys().create(key(Optional.empty()));
        account.keys().alias("alias/a", key);
        String alias = "arn:aws:kms:us-east-1:111122223333:alias/a";
        String keyId = key.substring(key.lastIndexOf('/') + 1);

        for (String name : List.of(key, keyId, "alias/a", alias)) {
            Answer answer = deployer().kms("DescribeKey", id(name));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().path("KeyMetadata").path("Arn").asText()).isEqualTo(key);
        }
        assertThat(deployer().kms("GetKeyPolicy", id(keyId)).status()).isEqualTo(200);
        assertThat(deployer().kms("GetKeyPolicy", id("alias/a")).code()).isEqualTo("NotFoundException");
        assertThat(deployer().kms("GetKeyPolicy", id(alias)).code()).isEqualTo("InvalidArnException");
        assertThat(deployer().kms("DescribeKey", id("nonsense")).code()).isEqualTo("NotFoundException");
        assertThat(deployer().kms("DescribeKey", id("arn:aws:kms:nonsense")).code()).isEqualTo("InvalidArnException");
        assertThat(deployer().kms("DescribeKey", id(key.replace("us-east-1", "us-west-2"))).code()).isEqualTo("NotFoundException");
        assertThat(deployer().kms("DescribeKey", id(key.replace("111122223333", "444455556666"))).code()).isEqualTo("AccessDeniedException");
    }

    @Test
    void policy_comes_back_printed_as_kms_prints_it() {
        String key = account.keys().create(key(Optional.empty()));
        role(account, "reader");
        put(key, policy("{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":[\"111122223333\",\"arn:aws:iam::111122223333:role/reader\"]},"
                + "\"Action\":\"kms:Decrypt\",\"Resource\":\"*\"}"));

        assertThat(deployer().kms("GetKeyPolicy", id(key)).json().path("Policy").asText()).isEqualTo("""
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
                }""");
    }

    @Test
    void deleted_role_shows_as_its_unique_id_and_blocks_the_next_put() {
        String key = account.keys().create(key(Optional.empty()));
        Principal.Session reader = role(account, "reader");
        String id = account.roles().uniqueId("reader");
        String named = policy("{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"" + reader.roleArn()
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
                .hasMessageContaining("because no identity-based policy allows the kms:Decrypt action");
    }

    @Test
    void new_role_becomes_visible_to_kms_after_a_while() throws InterruptedException {
        account.close();
        account = new LocalAccount(Scene.options().visibility(Duration.ofSeconds(30)));
        String key = account.keys().create(key(Optional.empty()));
        Principal.Session reader = role(account, "reader");
        String named = policy("{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"" + reader.roleArn()
                + "\"},\"Action\":\"kms:Decrypt\",\"Resource\":\"*\"}");

        assertThat(put(key, named).code()).isEqualTo("MalformedPolicyDocumentException");
        Thread.sleep(600); // 30 s, divided by the scale of 60, is half a second.
        assertThat(put(key, named).status()).isEqualTo(200);
    }

    @Test
    void read_may_be_stale_for_a_while_after_a_put() {
        account.close();
        account = new LocalAccount(Scene.options().staleReads(1));
        String key = account.keys().create(key(Optional.empty()));
        String next = policy("{\"Sid\":\"New\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"kms:Decrypt\",\"Resource\":\"*\"}");
        put(key, next);

        assertThat(deployer().kms("GetKeyPolicy", id(key)).text()).doesNotContain("New");
        assertThat(deployer().kms("GetKeyPolicy", id(key)).text()).contains("New");
    }

    /// @param policy text to put
    record Bad(String policy, String code, String message) {}

    static List<Bad> badPolicies() {
        String malformed = "MalformedPolicyDocumentException";
        String principals = "invalid principals";
        return List.of(
                new Bad("", "ValidationException", "length"),
                new Bad(policy() + " ".repeat(32_768), "LimitExceededException", "32768"),
                new Bad(policy("{\"Sid\":\"\u20ac\"}"), "ValidationException", "regular expression"),
                new Bad("{", malformed, "invalid Json"),
                new Bad("{\"Version\":\"2012-10-17\",\"Version\":\"2012-10-17\"}", malformed, "invalid Json"),
                new Bad("[]", malformed, "Syntax"),
                new Bad("{\"Version\":\"2012-10-17\",\"Statement\":[]}", malformed, "no statement"),
                new Bad("{\"Version\":\"2020-01-01\",\"Statement\":[" + Scene.ROOT + "]}", malformed, "Version"),
                new Bad(statement("", "\"Action\":\"kms:*\",\"Resource\":\"*\""), malformed, "no principal"),
                new Bad(statement("\"Principal\":{}", "\"Action\":\"kms:*\",\"Resource\":\"*\""), malformed, "no principal"),
                new Bad(aws("arn:aws:iam::111122223333:role/missing"), malformed, principals),
                new Bad(aws("arn:aws:iam::111122223333:user/missing"), malformed, principals),
                new Bad(aws("arn:aws-cn:iam::111122223333:root"), malformed, principals),
                new Bad(aws("AROA11111111111111111"), malformed, principals),
                new Bad(aws("reader"), malformed, principals),
                new Bad(service("nothing.amazonaws.com"), malformed, principals),
                new Bad(service("logs.amazonaws.co"), malformed, principals),
                new Bad(statement("\"Principal\":{\"AWS\":\"*\"}", "\"Resource\":\"*\""), malformed, "no Action or no Resource"),
                new Bad(statement("\"Principal\":{\"AWS\":\"*\"}", "\"Action\":\"kms:Decrypt\""), malformed, "no Action or no Resource"),
                new Bad(statement("\"Principal\":\"*\"", "\"Action\":\"kms:*\",\"Resource\":\"arn:aws:kms:*:*:key/*\""), malformed, "Resource"),
                new Bad(condition("StringMatches", "kms:ViaService"), malformed, "Invalid Condition type : StringMatches"),
                new Bad(condition("ForAllValues:StringEquals", "kms:EncryptionContext:a"), malformed, "OverlyPermissiveCondition"),
                new Bad(condition("StringEquals", "kms:ResourceAliases"), malformed, "IAM policies only"),
                new Bad(policy(Scene.ROOT), malformed, "unique"),
                new Bad("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"kms:Get*\","
                        + "\"Resource\":\"*\"}]}", malformed, "will not allow you to update the key policy"),
                new Bad(policy("{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"kms:PutKeyPolicy\",\"Resource\":\"*\"}"),
                        malformed, "will not allow you to update the key policy"));
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
        account = new LocalAccount(Scene.options().users(java.util.Set.of("arn:aws:iam::111122223333:user/ann")));
        String key = account.keys().create(key(Optional.empty()));
        role(account, "reader");
        for (String principal : List.of(
                "*", "444455556666", "arn:aws:iam::444455556666:role/theirs", "arn:aws:iam::111122223333:user/ann",
                "arn:aws:sts::111122223333:assumed-role/reader/s", account.roles().uniqueId("reader"))) {
            assertThat(put(key, aws(principal)).status()).as(principal).isEqualTo(200);
        }
        for (String service : List.of("cloudtrail.amazonaws.com", "logs.eu-central-1.amazonaws.com", "delivery.logs.amazonaws.com")) {
            assertThat(put(key, service(service)).status()).as(service).isEqualTo(200);
        }
    }

    @Test
    void statement_without_action_is_taken_when_the_switch_says_so() {
        account.close();
        account = new LocalAccount(Scene.options().refusesIncompleteStatements(false));
        String key = account.keys().create(key(Optional.empty()));
        assertThat(put(key, statement("\"Principal\":{\"AWS\":\"*\"}", "\"Resource\":\"*\"")).status()).isEqualTo(200);
    }

    @Test
    void lock_out_check_counts_the_callers_own_identity_policy() {
        String key = account.keys().create(key(Optional.empty()));
        Principal.Session weak = role(account, "weak", allow("\"kms:PutKeyPolicy\"", key));
        Client client = new Client(account, account.keysOf(weak));
        String onlyDeployer = "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:role/deployer\"},"
                + "\"Action\":\"kms:*\",\"Resource\":\"*\"}]}";
        String body = Json.text(Json.MAPPER.createObjectNode().put("KeyId", key).put("Policy", onlyDeployer));

        assertThat(client.kms("PutKeyPolicy", body).message()).contains("will not allow you to update");
        assertThat(deployer().kms("PutKeyPolicy", body).status()).isEqualTo(200);
        assertThat(client.kms("PutKeyPolicy", body).message())
                .isEqualTo("User: arn:aws:sts::111122223333:assumed-role/weak/session is not authorized to perform: kms:PutKeyPolicy on"
                        + " resource: " + key + " because no resource-based policy allows the kms:PutKeyPolicy action");
    }

    @Test
    void bypassing_the_lock_out_check_by_a_function_is_a_violation() {
        String key = account.keys().create(key(Optional.empty()));
        Principal.Session role = role(account, "function", allow("\"kms:*\"", key));
        String body = Json.text(Json.MAPPER.createObjectNode()
                .put("KeyId", key).put("Policy", policy()).put("BypassPolicyLockoutSafetyCheck", true));

        assertThat(new Client(account, account.keysOf(role)).kms("PutKeyPolicy", body).status()).isEqualTo(200);
        assertThat(account.violations()).singleElement().asString().contains("bypassed");
    }

    @Test
    void states_decide_about_use_but_never_about_the_policy() {
        String key = account.keys().create(key(Optional.empty()));
        Map<String, String> codes = Map.of(
                "Disabled", "DisabledException", "PendingDeletion", "KMSInvalidStateException", "PendingImport", "KMSInvalidStateException",
                "Unavailable", "KMSInvalidStateException", "Creating", "KMSInvalidStateException");
        codes.forEach((state, code) -> {
            account.keys().state(key, state);
            assertThatThrownBy(() -> account.keys().use(account.deployer(), "Decrypt", key, Map.of(), Map.of()))
                    .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.code()).as(state).isEqualTo(code));
            assertThat(put(key, policy()).status()).isEqualTo(200);
            assertThat(deployer().kms("DescribeKey", id(key)).json().path("KeyMetadata").path("KeyState").asText()).isEqualTo(state);
        });
        assertThatThrownBy(() -> account.keys().state(key, "Odd")).isInstanceOf(NotModelledException.class);
    }

    @Test
    void service_principal_needs_a_statement_with_its_conditions() {
        String key = account.keys().create(key(Optional.of(policy("{\"Sid\":\"Logs\",\"Effect\":\"Allow\",\"Principal\":"
                + "{\"Service\":\"logs.us-east-1.amazonaws.com\"},\"Action\":[\"kms:Encrypt\",\"kms:GenerateDataKey*\"],\"Resource\":\"*\","
                + "\"Condition\":{\"ArnEquals\":{\"kms:EncryptionContext:aws:logs:arn\":"
                + "\"arn:aws:logs:us-east-1:111122223333:log-group:/app\"}}}"))));
        Principal logs = new Principal.Service("logs.us-east-1.amazonaws.com");
        Map<String, String> right = Map.of("aws:logs:arn", "arn:aws:logs:us-east-1:111122223333:log-group:/app");

        account.keys().use(logs, "GenerateDataKey", key, right, Map.of());

        for (Map<String, String> wrong : List.of(Map.<String, String>of(), Map.of("aws:logs:arn", right.get("aws:logs:arn") + ":*"))) {
            assertThatThrownBy(() -> account.keys().use(logs, "GenerateDataKey", key, wrong, Map.of()))
                    .isInstanceOf(Refusal.class)
                    .hasMessage("User: logs.us-east-1.amazonaws.com is not authorized to perform: kms:GenerateDataKey on resource: " + key
                            + " because no resource-based policy allows the kms:GenerateDataKey action");
        }
        assertThatThrownBy(() -> account.keys().use(logs, "Decrypt", key, right, Map.of())).isInstanceOf(Refusal.class);
        assertThat(account.calls()).extracting("decidedBy").contains("key policy Logs");
    }

    @Test
    void alias_condition_in_an_identity_policy_sees_the_aliases_of_the_key() {
        String key = account.keys().create(key(Optional.empty()));
        account.keys().alias("alias/customer", key);
        Principal.Session role = role(account, "guard", "{\"Effect\":\"Allow\",\"Action\":\"kms:DescribeKey\",\"Resource\":\"*\","
                + "\"Condition\":{\"ForAnyValue:StringEquals\":{\"kms:ResourceAliases\":\"alias/customer\"}}}");
        String other = account.keys().create(key(Optional.empty()));
        Client client = new Client(account, account.keysOf(role));

        assertThat(client.kms("DescribeKey", id("alias/customer")).status()).isEqualTo(200);
        assertThat(client.kms("DescribeKey", id(key)).status()).isEqualTo(200);
        assertThat(client.kms("DescribeKey", id(other)).message()).contains("no identity-based policy allows the kms:DescribeKey action");
    }

    @Test
    void grants_give_use_with_their_constraints_until_revoked() {
        String key = account.keys().create(key(Optional.empty()));
        Principal.Session role = role(account, "worker");
        Answer created = deployer().kms("CreateGrant", "{\"KeyId\":\"" + key + "\",\"GranteePrincipal\":\"" + role.roleArn()
                + "\",\"Operations\":[\"Decrypt\"],\"Name\":\"n\",\"Constraints\":{\"EncryptionContextSubset\":{\"a\":\"b\"}}}");
        String grant = created.json().path("GrantId").asText();
        Map<String, String> right = Map.of("a", "b", "c", "d");

        account.keys().use(role, "Decrypt", key, right, Map.of());
        assertThatThrownBy(() -> account.keys().use(role, "Decrypt", key, Map.of("a", "x"), Map.of())).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> account.keys().use(role, "Encrypt", key, right, Map.of())).isInstanceOf(Refusal.class);
        assertThat(deployer().kms("ListGrants", id(key)).json().path("Grants").path(0).path("GrantId").asText()).isEqualTo(grant);
        deployer().kms("RevokeGrant", "{\"KeyId\":\"" + key + "\",\"GrantId\":\"" + grant + "\"}");
        assertThatThrownBy(() -> account.keys().use(role, "Decrypt", key, right, Map.of())).isInstanceOf(Refusal.class);
        assertThat(account.calls()).extracting("decidedBy").contains("grant " + grant);
    }

    @Test
    void rotation_is_for_symmetric_keys_with_material_of_kms() {
        String plain = account.keys().create(key("Enabled", "SYMMETRIC_DEFAULT", "AWS_KMS", false));
        String imported = account.keys().create(key("Enabled", "SYMMETRIC_DEFAULT", "EXTERNAL", false));

        assertThat(deployer().kms("GetKeyRotationStatus", id(plain)).json().path("KeyRotationEnabled").asBoolean()).isFalse();
        assertThat(deployer().kms("EnableKeyRotation", id(plain)).status()).isEqualTo(200);
        assertThat(deployer().kms("GetKeyRotationStatus", id(plain)).json().path("RotationPeriodInDays").asInt()).isEqualTo(365);
        assertThat(deployer().kms("EnableKeyRotation", id(imported)).code()).isEqualTo("UnsupportedOperationException");
    }

    @Test
    void managed_key_of_a_service_is_made_when_named_and_its_policy_cannot_be_changed() {
        Answer described = deployer().kms("DescribeKey", id("alias/aws/ssm"));
        assertThat(described.json().path("KeyMetadata").path("KeyManager").asText()).isEqualTo("AWS");
        String key = described.json().path("KeyMetadata").path("Arn").asText();

        assertThat(put(key, policy()).code()).isEqualTo("AccessDeniedException");
        account.keys().use(account.deployer(), "Encrypt", key, Map.of(), Map.of("kms:ViaService", "ssm.us-east-1.amazonaws.com"));
        assertThatThrownBy(() -> account.keys().use(account.deployer(), "Encrypt", key, Map.of(), Map.of())).isInstanceOf(Refusal.class);
    }

    @Test
    void key_of_another_account_needs_its_policy_and_ours() {
        KeySpec foreign = new KeySpec(
                Optional.of("{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:root\"},"
                        + "\"Action\":[\"kms:DescribeKey\",\"kms:Decrypt\"],\"Resource\":\"*\"}]}"),
                "Enabled", "SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", "CUSTOMER", "AWS_KMS", false, "444455556666", Scene.REGION,
                Optional.empty(), true);
        String key = account.keys().create(foreign);
        Principal.Session nobody = role(account, "nobody");

        assertThat(deployer().kms("DescribeKey", id(key)).status()).isEqualTo(200);
        assertThat(put(key, policy()).code()).isEqualTo("AccessDeniedException");
        assertThatThrownBy(() -> account.keys().use(nobody, "Decrypt", key, Map.of(), Map.of())).isInstanceOf(Refusal.class);
    }

    @Test
    void aliases_and_keys_are_made_and_listed_over_the_wire() {
        String key = deployer().kms("CreateKey", "{}").json().path("KeyMetadata").path("Arn").asText();
        String alias = "{\"AliasName\":\"alias/new\",\"TargetKeyId\":\"" + key + "\"}";

        assertThat(deployer().kms("CreateAlias", alias).status()).isEqualTo(200);
        assertThat(deployer().kms("CreateAlias", alias).code()).isEqualTo("AlreadyExistsException");
        assertThat(deployer().kms("ListAliases", "{}").json().path("Aliases").path(0).path("AliasName").asText()).isEqualTo("alias/new");
        assertThat(deployer().kms("ListKeys", "{}").json().path("Keys").path(0).path("KeyArn").asText()).isEqualTo(key);
    }

    @Test
    void encryption_context_on_an_operation_without_one_is_an_error_of_the_provider() {
        String key = account.keys().create(key(Optional.empty()));
        assertThatThrownBy(() -> account.keys().use(account.deployer(), "DescribeKey", key, Map.of("a", "b"), Map.of()))
                .isInstanceOf(NotModelledException.class);
        assertThat(account.violations()).hasSize(1);
    }

    private static String aws(String principal) {
        return statement("\"Principal\":{\"AWS\":\"" + principal + "\"}", "\"Action\":\"kms:Decrypt\",\"Resource\":\"*\"");
    }

    private static String service(String principal) {
        return statement("\"Principal\":{\"Service\":\"" + principal + "\"}", "\"Action\":\"kms:Decrypt\",\"Resource\":\"*\"");
    }

    private static String condition(String operator, String key) {
        return statement("\"Principal\":\"*\"", "\"Action\":\"kms:Decrypt\",\"Resource\":\"*\",\"Condition\":{\"" + operator + "\":{\"" + key
                + "\":\"x\"}}");
    }

    private static String statement(String principal, String rest) {
        return policy("{\"Effect\":\"Allow\"," + (principal.isEmpty() ? "" : principal + ",") + rest + "}");
    }
}
