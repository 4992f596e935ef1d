package io.bedrockbudgeteer.local.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.account.Principal;
import io.bedrockbudgeteer.local.account.Refusal;
import io.bedrockbudgeteer.local.service.Client.Answer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// IAM over the wire.
class IamTest {
    private static final String DOCUMENT = "{\"Version\":\"2012-10-17\",\"Statement\":[]}";
    private final LocalAccount account = new LocalAccount(Scene.options());
    private final Client client = new Client(account, account.deployerKeys());

    @AfterEach
    void close() {
        account.close();
    }

    private Answer iam(String action, Map<String, String> parameters) {
        return client.query("iam", "2010-05-08", action, parameters);
    }

    @Test
    void role_is_read_with_its_id_path_and_boundary() {
        String arn =
                account.roles()
                        .create(
                                "/app/",
                                "worker",
                                DOCUMENT,
                                Optional.of("arn:aws:iam::111122223333:policy/boundary"));

        String text = iam("GetRole", Map.of("RoleName", "worker")).text();

        assertThat(arn).isEqualTo("arn:aws:iam::111122223333:role/app/worker");
        assertThat(text)
                .contains(
                        "<GetRoleResponse",
                        "<GetRoleResult><Role>",
                        "<Arn>" + arn + "</Arn>",
                        "<Path>/app/</Path>");
        assertThat(text).contains("<RoleId>" + account.roles().uniqueId("worker") + "</RoleId>");
        assertThat(text)
                .contains(
                        "<PermissionsBoundaryArn>arn:aws:iam::111122223333:policy/boundary</PermissionsBoundaryArn>");
        assertThat(account.roles().uniqueId("worker")).matches("AROA[A-Z0-9]{17}");
    }

    @Test
    void missing_role_is_not_found() {
        Answer answer = iam("GetRole", Map.of("RoleName", "gone"));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text())
                .contains(
                        "<Type>Sender</Type>",
                        "<Code>NoSuchEntity</Code>",
                        "<Message>The role with name gone cannot be found.");
    }

    @Test
    void inline_policies_are_listed_and_travel_url_encoded() {
        account.roles().create("/", "worker", DOCUMENT, Optional.empty());
        account.roles()
                .putPolicy(
                        "worker",
                        "key-1",
                        "{\"Statement\":[{\"Sid\":\"a b+c\",\"Effect\":\"Deny\"}]}");

        assertThat(iam("ListRolePolicies", Map.of("RoleName", "worker")).text())
                .contains("<member>key-1</member>", "<IsTruncated>false");
        String text =
                iam("GetRolePolicy", Map.of("RoleName", "worker", "PolicyName", "key-1")).text();
        String encoded = text.replaceAll("(?s).*<PolicyDocument>(.*)</PolicyDocument>.*", "$1");
        assertThat(encoded).doesNotContain("+", " ", "\"");
        assertThat(URLDecoder.decode(encoded, StandardCharsets.UTF_8))
                .isEqualTo(account.roles().policies("worker").get("key-1"));
        assertThat(
                        iam("GetRolePolicy", Map.of("RoleName", "worker", "PolicyName", "key-2"))
                                .status())
                .isEqualTo(404);
        account.roles().deletePolicy("worker", "key-1");
        assertThat(iam("ListRolePolicies", Map.of("RoleName", "worker")).text())
                .contains("<PolicyNames></PolicyNames>");
    }

    @Test
    void managed_policies_are_attached_and_read() {
        account.roles().create("/", "worker", DOCUMENT, Optional.empty());
        String logs = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
        account.roles().attach("worker", logs);
        String own = account.roles().managedPolicy("/", "own", DOCUMENT);
        account.roles().attach("worker", own);

        assertThat(iam("ListAttachedRolePolicies", Map.of("RoleName", "worker")).text())
                .contains(
                        "<PolicyName>AWSLambdaBasicExecutionRole</PolicyName><PolicyArn>" + logs,
                        "<PolicyArn>" + own);
        assertThat(iam("GetPolicy", Map.of("PolicyArn", own)).text())
                .contains("<DefaultVersionId>v1</DefaultVersionId>");
        assertThat(iam("GetPolicyVersion", Map.of("PolicyArn", logs, "VersionId", "v1")).text())
                .contains("logs%3APutLogEvents");
        assertThatThrownBy(() ->
                        account.roles().attach("worker", "arn:aws:iam::aws:policy/ReadOnlyAccess"))
                .isInstanceOf(NotModelledException.class);
        account.roles().detach("worker", own);
        assertThat(iam("ListAttachedRolePolicies", Map.of("RoleName", "worker")).text())
                .doesNotContain(own);
    }

    @Test
    void call_needs_an_identity_policy_on_the_role_with_its_path() {
        account.roles().create("/app/", "worker", DOCUMENT, Optional.empty());
        Principal.Session reader =
                Scene.role(
                        account,
                        "reader",
                        Scene.allow("\"iam:GetRole\"", "arn:aws:iam::111122223333:role/worker"));
        Client limited = new Client(account, account.keysOf(reader));

        Answer refused =
                limited.query("iam", "2010-05-08", "GetRole", Map.of("RoleName", "worker"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text())
                .contains(
                        "<Code>AccessDenied</Code>",
                        "is not authorized to perform: iam:GetRole on resource:"
                                + " arn:aws:iam::111122223333:role/app/worker because no identity-based policy allows the iam:GetRole action");
        account.roles()
                .putPolicy(
                        "reader",
                        "inline",
                        "{\"Statement\":["
                                + Scene.allow(
                                        "\"iam:Get*\"", "arn:aws:iam::111122223333:role/app/*")
                                + "]}");
        assertThat(
                        limited.query("iam", "2010-05-08", "GetRole", Map.of("RoleName", "worker"))
                                .status())
                .isEqualTo(200);
    }

    @Test
    void name_is_taken_once_and_documents_must_be_json() {
        account.roles().create("/", "worker", DOCUMENT, Optional.empty());
        assertThatThrownBy(() ->
                        account.roles().create("/other/", "worker", DOCUMENT, Optional.empty()))
                .isInstanceOfSatisfying(
                        Refusal.class, r -> assertThat(r.code()).isEqualTo("EntityAlreadyExists"));
        assertThatThrownBy(() -> account.roles().putPolicy("worker", "p", "{"))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        r -> assertThat(r.code()).isEqualTo("MalformedPolicyDocument"));
        assertThatThrownBy(() -> account.roles().delete("gone")).isInstanceOf(Refusal.class);
    }
}
