package io.bedrockbudgeteer.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bedrockbudgeteer.local.account.Parameters.Parameter;
import io.bedrockbudgeteer.local.account.Principal;
import io.bedrockbudgeteer.local.service.Client.Answer;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Parameter Store over the wire.
class ParametersTest {
    private final LocalAccount account = new LocalAccount(Scene.options());
    private final Client client = new Client(account, account.deployerKeys());

    @AfterEach
    void close() {
        account.close();
    }

    private Answer put(String name, String type, String value, String more) {
        return client.ssm(
                "PutParameter",
                "{\"Name\":\""
                        + name
                        + "\",\"Type\":\""
                        + type
                        + "\",\"Value\":\""
                        + value
                        + "\""
                        + more
                        + "}");
    }

    @Test
    void parameter_is_put_read_overwritten_and_deleted() {
        assertThat(
                        put("/app/a", "String", "1", ",\"Description\":\"d\"")
                                .json()
                                .path("Version")
                                .asInt())
                .isEqualTo(1);
        assertThat(put("/app/a", "String", "2", "").code()).isEqualTo("ParameterAlreadyExists");
        assertThat(
                        put("/app/a", "String", "2", ",\"Overwrite\":true")
                                .json()
                                .path("Version")
                                .asInt())
                .isEqualTo(2);
        assertThat(put("/app/a", "SecureString", "2", ",\"Overwrite\":true").code())
                .isEqualTo("HierarchyTypeMismatchException");
        Answer read = client.ssm("GetParameter", "{\"Name\":\"/app/a\"}");
        assertThat(read.json().path("Parameter").path("Value").asText()).isEqualTo("2");
        assertThat(read.json().path("Parameter").path("ARN").asText())
                .isEqualTo("arn:aws:ssm:us-east-1:111122223333:parameter/app/a");
        assertThat(
                        client.ssm("DescribeParameters", "{}")
                                .json()
                                .path("Parameters")
                                .path(0)
                                .path("Description")
                                .asText())
                .isEqualTo("d");
        assertThat(client.ssm("DeleteParameter", "{\"Name\":\"/app/a\"}").status()).isEqualTo(200);
        Answer gone = client.ssm("DeleteParameter", "{\"Name\":\"/app/a\"}");
        assertThat(gone.status()).isEqualTo(400);
        assertThat(gone.code()).isEqualTo("ParameterNotFound");
    }

    @Test
    void secure_string_needs_its_key_in_the_name_of_the_caller() {
        String key = account.keys().create(Scene.key(Optional.empty()));
        String parameter = "arn:aws:ssm:us-east-1:111122223333:parameter/app/secret";
        Principal.Session writer =
                Scene.role(account, "writer", Scene.allow("\"ssm:PutParameter\"", parameter));
        Client limited = new Client(account, account.keysOf(writer));
        String request =
                "{\"Name\":\"/app/secret\",\"Type\":\"SecureString\",\"Value\":\"v\",\"KeyId\":\""
                        + key
                        + "\"}";

        assertThat(limited.ssm("PutParameter", request).message())
                .contains("not authorized to perform: kms:Encrypt on resource: " + key);
        assertThat(account.parameters().all()).isEmpty();

        account.roles()
                .putPolicy(
                        "writer",
                        "key",
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                                + "\"Action\":\"kms:Encrypt\",\"Resource\":\""
                                + key
                                + "\",\"Condition\":{\"StringEquals\":{"
                                + "\"kms:ViaService\":\"ssm.us-east-1.amazonaws.com\",\"kms:EncryptionContext:PARAMETER_ARN\":\""
                                + parameter
                                + "\"}}}]}");
        assertThat(limited.ssm("PutParameter", request).status()).isEqualTo(200);
        assertThat(account.parameters().all().get("/app/secret"))
                .extracting(Parameter::keyId)
                .isEqualTo(Optional.of(key));
        assertThat(account.calls())
                .extracting("action")
                .contains("ssm:PutParameter", "kms:Encrypt");
    }

    @Test
    void key_that_cannot_be_used_is_an_invalid_key_id() {
        String key = account.keys().create(Scene.key(Optional.empty()));
        account.keys().state(key, "Disabled");
        assertThat(put("/s", "SecureString", "v", ",\"KeyId\":\"" + key + "\"").code())
                .isEqualTo("InvalidKeyId");
        assertThat(put("/s", "SecureString", "v", ",\"KeyId\":\"alias/missing\"").code())
                .isEqualTo("InvalidKeyId");
    }

    @Test
    void value_is_shown_only_when_decrypted_and_never_in_text() {
        String key = account.keys().create(Scene.key(Optional.empty()));
        put("/app/secret", "SecureString", "SENTINEL", ",\"KeyId\":\"" + key + "\"");

        assertThat(client.ssm("GetParameter", "{\"Name\":\"/app/secret\"}").text())
                .doesNotContain("SENTINEL");
        JsonNode both =
                client.ssm(
                                "GetParameters",
                                "{\"Names\":[\"/app/secret\",\"/x\"],\"WithDecryption\":true}")
                        .json();
        assertThat(both.path("Parameters").path(0).path("Value").asText()).isEqualTo("SENTINEL");
        assertThat(both.path("InvalidParameters").path(0).asText()).isEqualTo("/x");
        assertThat(account.parameters().all().toString()).doesNotContain("SENTINEL");
        assertThat(account.calls().toString()).doesNotContain("SENTINEL");
    }

    @Test
    void path_is_read_flat_or_whole() {
        put("/app/a", "String", "1", "");
        put("/app/b/c", "String", "2", "");
        assertThat(
                        client.ssm("GetParametersByPath", "{\"Path\":\"/app\"}")
                                .json()
                                .path("Parameters"))
                .hasSize(1);
        assertThat(
                        client.ssm("GetParametersByPath", "{\"Path\":\"/app/\",\"Recursive\":true}")
                                .json()
                                .path("Parameters"))
                .hasSize(2);
    }

    @Test
    void tags_come_with_the_creation_or_later_but_not_with_an_overwrite() {
        put("/app/a", "String", "1", ",\"Tags\":[{\"Key\":\"k\",\"Value\":\"v\"}]");
        assertThat(
                        put(
                                        "/app/a",
                                        "String",
                                        "2",
                                        ",\"Overwrite\":true,\"Tags\":[{\"Key\":\"k\",\"Value\":\"w\"}]")
                                .code())
                .isEqualTo("ValidationException");
        client.ssm(
                "AddTagsToResource",
                "{\"ResourceType\":\"Parameter\",\"ResourceId\":\"/app/a\",\"Tags\":[{\"Key\":\"l\",\"Value\":\"w\"}]}");
        assertThat(
                        client.ssm(
                                        "ListTagsForResource",
                                        "{\"ResourceType\":\"Parameter\",\"ResourceId\":\"/app/a\"}")
                                .json()
                                .path("TagList"))
                .hasSize(2);
        assertThat(account.parameters().all().get("/app/a"))
                .extracting(Parameter::tags)
                .isEqualTo(Map.of("k", "v", "l", "w"));
    }

    @Test
    void odd_parameters_are_refused() {
        assertThat(put("app/a", "String", "1", "").code()).isEqualTo("ValidationException");
        assertThat(put("/aws/a", "String", "1", "").code()).isEqualTo("ValidationException");
        assertThat(put("/a b", "String", "1", "").code()).isEqualTo("ValidationException");
        assertThat(put("/a", "Odd", "1", "").code()).isEqualTo("UnsupportedParameterType");
        assertThat(put("/a", "String", "x".repeat(4097), "").code())
                .isEqualTo("ValidationException");
        assertThat(put("/a", "String", "1", ",\"Tier\":\"Advanced\"").code())
                .isEqualTo("NotModelledLocally");
    }
}
