package io.bedrockbudgeteer.local.service;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// KMS over the wire and through the providers' door: names, states, use, grants, aliases,
/// rotation.
class KmsTest {
    private final LocalAccount account = new LocalAccount(Scene.options());

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
    void key_is_found_by_every_name_and_its_policy_only_by_id_and_arn() {
        String key = account.keys().create(key(Optional.empty()));
        account.keys().alias("alias/a", key);
        String alias = "arn:aws:kms:us-east-1:111122223333:alias/a";
        String keyId = key.substring(key.lastIndexOf('/') + 1);

        for (String name : List.of(key, keyId, "alias/a", alias)) {
            Answer answer = deployer().kms("DescribeKey", Client.id(name));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().path("KeyMetadata").path("Arn").asText()).isEqualTo(key);
        }
        assertThat(deployer().kms("GetKeyPolicy", Client.id(keyId)).status()).isEqualTo(200);
        assertThat(deployer().kms("GetKeyPolicy", Client.id("alias/a")).code())
                .isEqualTo("NotFoundException");
        assertThat(deployer().kms("GetKeyPolicy", Client.id(alias)).code())
                .isEqualTo("InvalidArnException");
        assertThat(deployer().kms("DescribeKey", Client.id("nonsense")).code())
                .isEqualTo("NotFoundException");
        assertThat(deployer().kms("DescribeKey", Client.id("arn:aws:kms:nonsense")).code())
                .isEqualTo("InvalidArnException");
        assertThat(
                        deployer()
                                .kms(
                                        "DescribeKey",
                                        Client.id(key.replace("us-east-1", "us-west-2")))
                                .code())
                .isEqualTo("NotFoundException");
        assertThat(
                        deployer()
                                .kms(
                                        "DescribeKey",
                                        Client.id(key.replace("111122223333", "444455556666")))
                                .code())
                .isEqualTo("AccessDeniedException");
    }

    @Test
    void states_decide_about_use_but_never_about_the_policy() {
        String key = account.keys().create(key(Optional.empty()));
        Map<String, String> codes =
                Map.of(
                        "Disabled",
                        "DisabledException",
                        "PendingDeletion",
                        "KMSInvalidStateException",
                        "PendingImport",
                        "KMSInvalidStateException",
                        "Unavailable",
                        "KMSInvalidStateException",
                        "Creating",
                        "KMSInvalidStateException");
        codes.forEach((state, code) -> {
            account.keys().state(key, state);
            assertThatThrownBy(() ->
                            account.keys()
                                    .use(account.deployer(), "Decrypt", key, Map.of(), Map.of()))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.code()).as(state).isEqualTo(code));
            assertThat(put(key, policy()).status()).isEqualTo(200);
            assertThat(
                            deployer()
                                    .kms("DescribeKey", Client.id(key))
                                    .json()
                                    .path("KeyMetadata")
                                    .path("KeyState")
                                    .asText())
                    .isEqualTo(state);
        });
        assertThatThrownBy(() -> account.keys().state(key, "Odd"))
                .isInstanceOf(NotModelledException.class);
    }

    @Test
    void service_principal_needs_a_statement_with_its_conditions() {
        String key =
                account.keys()
                        .create(
                                key(
                                        Optional.of(
                                                policy(
                                                        "{\"Sid\":\"Logs\",\"Effect\":\"Allow\",\"Principal\":"
                                                                + "{\"Service\":\"logs.us-east-1.amazonaws.com\"},\"Action\":[\"kms:Encrypt\",\"kms:GenerateDataKey*\"],\"Resource\":\"*\","
                                                                + "\"Condition\":{\"ArnEquals\":{\"kms:EncryptionContext:aws:logs:arn\":"
                                                                + "\"arn:aws:logs:us-east-1:111122223333:log-group:/app\"}}}"))));
        Principal logs = new Principal.Service("logs.us-east-1.amazonaws.com");
        Map<String, String> right =
                Map.of("aws:logs:arn", "arn:aws:logs:us-east-1:111122223333:log-group:/app");

        account.keys().use(logs, "GenerateDataKey", key, right, Map.of());

        for (Map<String, String> wrong :
                List.of(
                        Map.<String, String>of(),
                        Map.of("aws:logs:arn", right.get("aws:logs:arn") + ":*"))) {
            assertThatThrownBy(
                            () -> account.keys().use(logs, "GenerateDataKey", key, wrong, Map.of()))
                    .isInstanceOf(Refusal.class)
                    .hasMessage(
                            "User: logs.us-east-1.amazonaws.com is not authorized to perform: kms:GenerateDataKey on resource: "
                                    + key
                                    + " because no resource-based policy allows the kms:GenerateDataKey action");
        }
        assertThatThrownBy(() -> account.keys().use(logs, "Decrypt", key, right, Map.of()))
                .isInstanceOf(Refusal.class);
        assertThat(account.calls()).extracting("decidedBy").contains("key policy Logs");
    }

    @Test
    void alias_condition_in_an_identity_policy_sees_the_aliases_of_the_key() {
        String key = account.keys().create(key(Optional.empty()));
        account.keys().alias("alias/customer", key);
        Principal.Session role =
                role(
                        account,
                        "guard",
                        "{\"Effect\":\"Allow\",\"Action\":\"kms:DescribeKey\",\"Resource\":\"*\","
                                + "\"Condition\":{\"ForAnyValue:StringEquals\":{\"kms:ResourceAliases\":\"alias/customer\"}}}");
        String other = account.keys().create(key(Optional.empty()));
        Client client = new Client(account, account.keysOf(role));

        assertThat(client.kms("DescribeKey", Client.id("alias/customer")).status()).isEqualTo(200);
        assertThat(client.kms("DescribeKey", Client.id(key)).status()).isEqualTo(200);
        assertThat(client.kms("DescribeKey", Client.id(other)).message())
                .contains("no identity-based policy allows the kms:DescribeKey action");
    }

    @Test
    void grants_give_use_with_their_constraints_until_revoked() {
        String key = account.keys().create(key(Optional.empty()));
        Principal.Session role = role(account, "worker");
        Answer created =
                deployer()
                        .kms(
                                "CreateGrant",
                                "{\"KeyId\":\""
                                        + key
                                        + "\",\"GranteePrincipal\":\""
                                        + role.roleArn()
                                        + "\",\"Operations\":[\"Decrypt\"],\"Name\":\"n\",\"Constraints\":{\"EncryptionContextSubset\":{\"a\":\"b\"}}}");
        String grant = created.json().path("GrantId").asText();
        Map<String, String> right = Map.of("a", "b", "c", "d");

        account.keys().use(role, "Decrypt", key, right, Map.of());
        assertThatThrownBy(
                        () -> account.keys().use(role, "Decrypt", key, Map.of("a", "x"), Map.of()))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> account.keys().use(role, "Encrypt", key, right, Map.of()))
                .isInstanceOf(Refusal.class);
        assertThat(
                        deployer()
                                .kms("ListGrants", Client.id(key))
                                .json()
                                .path("Grants")
                                .path(0)
                                .path("GrantId")
                                .asText())
                .isEqualTo(grant);
        deployer().kms("RevokeGrant", "{\"KeyId\":\"" + key + "\",\"GrantId\":\"" + grant + "\"}");
        assertThatThrownBy(() -> account.keys().use(role, "Decrypt", key, right, Map.of()))
                .isInstanceOf(Refusal.class);
        assertThat(account.calls()).extracting("decidedBy").contains("grant " + grant);
    }

    @Test
    void rotation_is_for_symmetric_keys_with_material_of_kms() {
        String plain = account.keys().create(key("Enabled", "SYMMETRIC_DEFAULT", "AWS_KMS", false));
        String imported =
                account.keys().create(key("Enabled", "SYMMETRIC_DEFAULT", "EXTERNAL", false));

        assertThat(
                        deployer()
                                .kms("GetKeyRotationStatus", Client.id(plain))
                                .json()
                                .path("KeyRotationEnabled")
                                .asBoolean())
                .isFalse();
        assertThat(deployer().kms("EnableKeyRotation", Client.id(plain)).status()).isEqualTo(200);
        assertThat(
                        deployer()
                                .kms("GetKeyRotationStatus", Client.id(plain))
                                .json()
                                .path("RotationPeriodInDays")
                                .asInt())
                .isEqualTo(365);
        assertThat(deployer().kms("EnableKeyRotation", Client.id(imported)).code())
                .isEqualTo("UnsupportedOperationException");
    }

    @Test
    void managed_key_of_a_service_is_made_when_named_and_its_policy_cannot_be_changed() {
        Answer described = deployer().kms("DescribeKey", Client.id("alias/aws/ssm"));
        assertThat(described.json().path("KeyMetadata").path("KeyManager").asText())
                .isEqualTo("AWS");
        String key = described.json().path("KeyMetadata").path("Arn").asText();

        assertThat(put(key, policy()).code()).isEqualTo("AccessDeniedException");
        account.keys()
                .use(
                        account.deployer(),
                        "Encrypt",
                        key,
                        Map.of(),
                        Map.of("kms:ViaService", "ssm.us-east-1.amazonaws.com"));
        assertThatThrownBy(() ->
                        account.keys().use(account.deployer(), "Encrypt", key, Map.of(), Map.of()))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void key_of_another_account_needs_its_policy_and_ours() {
        KeySpec foreign =
                new KeySpec(
                        Optional.of(
                                "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:root\"},"
                                        + "\"Action\":[\"kms:DescribeKey\",\"kms:Decrypt\"],\"Resource\":\"*\"}]}"),
                        "Enabled",
                        "SYMMETRIC_DEFAULT",
                        "ENCRYPT_DECRYPT",
                        "CUSTOMER",
                        "AWS_KMS",
                        false,
                        "444455556666",
                        Scene.REGION,
                        Optional.empty(),
                        true);
        String key = account.keys().create(foreign);
        Principal.Session nobody = role(account, "nobody");

        assertThat(deployer().kms("DescribeKey", Client.id(key)).status()).isEqualTo(200);
        assertThat(put(key, policy()).code()).isEqualTo("AccessDeniedException");
        assertThatThrownBy(() -> account.keys().use(nobody, "Decrypt", key, Map.of(), Map.of()))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void aliases_and_keys_are_made_and_listed_over_the_wire() {
        String key =
                deployer().kms("CreateKey", "{}").json().path("KeyMetadata").path("Arn").asText();
        String alias = "{\"AliasName\":\"alias/new\",\"TargetKeyId\":\"" + key + "\"}";

        assertThat(deployer().kms("CreateAlias", alias).status()).isEqualTo(200);
        assertThat(deployer().kms("CreateAlias", alias).code()).isEqualTo("AlreadyExistsException");
        assertThat(
                        deployer()
                                .kms("ListAliases", "{}")
                                .json()
                                .path("Aliases")
                                .path(0)
                                .path("AliasName")
                                .asText())
                .isEqualTo("alias/new");
        assertThat(
                        deployer()
                                .kms("ListKeys", "{}")
                                .json()
                                .path("Keys")
                                .path(0)
                                .path("KeyArn")
                                .asText())
                .isEqualTo(key);
    }

    @Test
    void encryption_context_on_an_operation_without_one_is_an_error_of_the_provider() {
        String key = account.keys().create(key(Optional.empty()));
        assertThatThrownBy(() ->
                        account.keys()
                                .use(
                                        account.deployer(),
                                        "DescribeKey",
                                        key,
                                        Map.of("a", "b"),
                                        Map.of()))
                .isInstanceOf(NotModelledException.class);
        assertThat(account.violations()).hasSize(1);
    }
}
