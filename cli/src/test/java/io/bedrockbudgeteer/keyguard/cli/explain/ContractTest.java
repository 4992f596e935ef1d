package io.bedrockbudgeteer.keyguard.cli.explain;

import static io.bedrockbudgeteer.keyguard.cli.RequestText.KEY;
import static io.bedrockbudgeteer.keyguard.cli.RequestText.ROLE;
import static io.bedrockbudgeteer.keyguard.cli.RequestText.allow;
import static io.bedrockbudgeteer.keyguard.cli.RequestText.allowIf;
import static io.bedrockbudgeteer.keyguard.cli.RequestText.base;
import static io.bedrockbudgeteer.keyguard.cli.RequestText.iam;
import static io.bedrockbudgeteer.keyguard.cli.RequestText.policy;
import static io.bedrockbudgeteer.keyguard.cli.RequestText.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.cli.Cli;
import io.bedrockbudgeteer.keyguard.cli.RequestText;
import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every form that a request may take, and what it means for the answer.
class ContractTest {

    /// @param expected verdict, basis and, where it matters, a part of the reason or of decidedBy
    record Row(String what, RequestText request, List<String> expected) {}

    private static final List<Row> ROWS = new ArrayList<>();

    private static final String ROOT = "arn:aws:iam::111122223333:root";
    private static final String FOREIGN = "arn:aws:iam::444455556666:role/app";
    private static final String SESSION = "arn:aws:sts::111122223333:assumed-role/app/s1";
    private static final String DELEGATED = policy(allow("{'AWS':'" + ROOT + "'}"));
    private static final String NOBODY = policy(allow("{'AWS':'" + ROLE + "-other'}"));
    private static final String ON_SOURCE =
            policy(
                    allowIf(
                            "{'AWS':'" + ROLE + "'}",
                            "{'StringEquals':{'aws:SourceAccount':['1','2']}}"));

    private static void row(String what, RequestText request, String... expected) {
        ROWS.add(new Row(what, request, List.of(expected)));
    }

    private static RequestText principal(String arn) {
        return base().with("principalArn", "'" + arn + "'");
    }

    private static RequestText delegated() {
        return base().with("keyPolicy", DELEGATED);
    }

    private static RequestText grant(String members) {
        return base().with("keyPolicy", NOBODY).with("grants", "[{" + members + "}]");
    }

    private static RequestText onSource(String context) {
        return base().with("keyPolicy", ON_SOURCE).with("context", context);
    }

    static {
        // The key policy
        row("an object", base(), "ALLOWED", "direct", "Mine");
        row("a note of the sender is skipped", base().with("comment", "{'why':['x']}"), "ALLOWED");
        row("a note with a short name too", base().with("n", "1"), "ALLOWED", "direct");
        row(
                "a string that holds JSON",
                base().with("keyPolicy", quoted(policy(allow("{'AWS':'" + ROLE + "'}")))),
                "ALLOWED",
                "direct");
        row(
                "a string that holds no JSON is an answer, not a bad line",
                base().with("keyPolicy", "'{'"),
                "UNKNOWN",
                "unsupported",
                "line 1, column 2");
        row(
                "an empty string too",
                base().with("keyPolicy", "''"),
                "UNKNOWN",
                "unsupported",
                "line 1, column 1");
        row(
                "repeated members are found in an object",
                base().with("keyPolicy", "{'Statement':[],'Statement':[]}"),
                "UNKNOWN",
                "unsupported",
                "Duplicate field 'Statement'",
                "line 1, column 28");
        row(
                "an object that is not JSON does not end the line",
                base().with("keyPolicy", "{'Statement':[,]}"),
                "UNKNOWN",
                "unsupported",
                "line 1, column 15");
        row(
                "deep nesting",
                base().with("keyPolicy", "{'Statement':" + "[".repeat(120) + "]".repeat(120) + "}"),
                "UNKNOWN",
                "unsupported",
                "nested deeper than 100 levels");
        row(
                "nesting that is deeper than the tokenizer goes",
                base().with(
                                "keyPolicy",
                                "{'Statement':" + "[".repeat(5000) + "]".repeat(5000) + "}"),
                "UNKNOWN",
                "unsupported",
                "nested deeper than 100 levels");
        row(
                "an object without statements",
                base().with("keyPolicy", "{}"),
                "UNKNOWN",
                "unsupported",
                "Statement");
        row(
                "a NotPrincipal denies who is not listed",
                base().with("keyPolicy", notPrincipal("'" + ROLE + "'")),
                "DENIED",
                "explicit-deny",
                "Others");
        row(
                "a NotPrincipal that lists the caller, with an unknown boundary",
                base().with("keyPolicy", notPrincipal("'" + ROLE + "','" + ROOT + "'")),
                "UNKNOWN",
                "unsupported",
                "whether there is one is not known");
        row(
                "the same without boundary",
                base().with("keyPolicy", notPrincipal("'" + ROLE + "','" + ROOT + "'"))
                        .with("permissionBoundaries", "[]"),
                "ALLOWED",
                "direct");
        row(
                "the same with a boundary",
                base().with("keyPolicy", notPrincipal("'" + ROLE + "','" + ROOT + "'"))
                        .with("permissionBoundaries", "[" + iam("Allow", "*") + "]"),
                "DENIED",
                "explicit-deny");

        // Identity policies and boundaries
        row("identity policies not given", delegated(), "UNKNOWN", "unsupported", "are not known.");
        row(
                "identity policies null",
                delegated().with("identityPolicies", "null"),
                "UNKNOWN",
                "unsupported",
                "are not known.");
        row(
                "identity policies not given, no boundary",
                delegated().with("permissionBoundaries", "[]"),
                "UNKNOWN",
                "unsupported",
                "are not known: not given.");
        row(
                "identity policies not given, a boundary that does not let it through",
                delegated().with("permissionBoundaries", "[" + iam("Allow", "s3:*") + "]"),
                "DENIED",
                "implicit-deny",
                "the permissions boundary does not");
        row(
                "no identity policies",
                delegated().with("identityPolicies", "[]"),
                "DENIED",
                "implicit-deny",
                "no IAM policy allows it");
        row(
                "an identity policy as an object",
                delegated().with("identityPolicies", "[" + iam("Allow", "kms:Decrypt") + "]"),
                "ALLOWED",
                "delegated");
        row(
                "an identity policy as a string",
                delegated()
                        .with("identityPolicies", "[" + quoted(iam("Allow", "kms:Decrypt")) + "]"),
                "ALLOWED",
                "delegated");
        row(
                "several, one of which denies",
                delegated()
                        .with(
                                "identityPolicies",
                                "[" + iam("Allow", "kms:*") + "," + iam("Deny", "kms:D*") + "]"),
                "DENIED",
                "explicit-deny",
                "identity policy 2, statement 1");
        row(
                "an identity policy that is not JSON",
                delegated().with("identityPolicies", "['{']"),
                "UNKNOWN",
                "unsupported",
                "identity policy cannot be read: line 1, column 2");
        row(
                "an identity policy object that is not JSON",
                delegated().with("identityPolicies", "[{'Statement':[{'a':}]}]"),
                "UNKNOWN",
                "unsupported",
                "identity policy cannot be read");
        row(
                "a boundary that does not let it through",
                delegated()
                        .with("identityPolicies", "[" + iam("Allow", "kms:*") + "]")
                        .with("permissionBoundaries", "[" + iam("Allow", "s3:*") + "]"),
                "DENIED",
                "implicit-deny",
                "the permissions boundary does not");
        row(
                "no boundary",
                delegated()
                        .with("identityPolicies", "[" + iam("Allow", "kms:*") + "]")
                        .with("permissionBoundaries", "[]"),
                "ALLOWED",
                "delegated");

        // Principals
        row("a session of the role", principal(SESSION), "ALLOWED", "direct");
        row(
                "a session of a role with a path, path unknown",
                principal(SESSION)
                        .with("keyPolicy", policy(allow("{'AWS':'" + pathRole("app") + "'}"))),
                "DENIED",
                "implicit-deny");
        row(
                "a session of a role with a path that aws:PrincipalArn tells",
                principal(SESSION)
                        .with("keyPolicy", policy(allow("{'AWS':'" + pathRole("app") + "'}")))
                        .with("context", "{'AWS:principalARN':'" + pathRole("app") + "'}"),
                "ALLOWED",
                "direct");
        row(
                "aws:PrincipalArn of another role tells nothing",
                principal(SESSION)
                        .with("keyPolicy", policy(allow("{'AWS':'" + pathRole("job") + "'}")))
                        .with("context", "{'aws:PrincipalArn':'" + pathRole("job") + "'}"),
                "DENIED",
                "implicit-deny");
        row(
                "a user",
                principal("arn:aws:iam::111122223333:user/ann")
                        .with(
                                "keyPolicy",
                                policy(allow("{'AWS':'arn:aws:iam::111122223333:user/ann'}"))),
                "ALLOWED",
                "direct");
        row(
                "a federated user",
                principal("arn:aws:sts::111122223333:federated-user/bob")
                        .with("keyPolicy", policy(allow("{'AWS':'*'}"))),
                "ALLOWED",
                "direct");
        row("the root user", principal(ROOT).with("keyPolicy", DELEGATED), "ALLOWED", "direct");
        row(
                "an account id is its root user",
                principal("111122223333").with("keyPolicy", DELEGATED),
                "ALLOWED",
                "direct",
                "arn:aws:iam::111122223333:root");
        row(
                "an account id takes the partition of the key",
                principal("111122223333")
                        .with("resourceArn", "'" + KEY.replace("arn:aws:", "arn:aws-cn:") + "'")
                        .with(
                                "keyPolicy",
                                policy(allow("{'AWS':'arn:aws-cn:iam::111122223333:root'}"))),
                "ALLOWED",
                "direct",
                "arn:aws-cn:iam::111122223333:root");
        row(
                "a principal of another account needs both sides",
                principal(FOREIGN)
                        .with("keyPolicy", policy(allow("{'AWS':'" + FOREIGN + "'}")))
                        .with("identityPolicies", "[" + iam("Allow", "kms:Decrypt") + "]"),
                "ALLOWED",
                "direct");
        row(
                "a principal of another account without IAM policy",
                principal(FOREIGN)
                        .with("keyPolicy", policy(allow("{'AWS':'" + FOREIGN + "'}")))
                        .with("identityPolicies", "[]"),
                "DENIED",
                "implicit-deny",
                "no IAM policy of the caller's account");
        row(
                "an action that does not work across accounts",
                principal(FOREIGN)
                        .with("action", "'kms:PutKeyPolicy'")
                        .with("keyPolicy", policy(allow("{'AWS':'" + FOREIGN + "'}")))
                        .with("identityPolicies", "[" + iam("Allow", "kms:*") + "]"),
                "DENIED",
                "implicit-deny",
                "does not work across accounts");
        row(
                "a service",
                principal("sns.amazonaws.com")
                        .with("keyPolicy", policy(allow("{'Service':'sns.amazonaws.com'}"))),
                "ALLOWED",
                "direct");
        row(
                "a service in China",
                principal("logs.cn-north-1.amazonaws.com.cn")
                        .with("resourceArn", "'" + KEY.replace("arn:aws:", "arn:aws-cn:") + "'")
                        .with(
                                "keyPolicy",
                                policy(allow("{'Service':'logs.cn-north-1.amazonaws.com.cn'}"))),
                "ALLOWED",
                "direct");
        row(
                "policies of a service are not looked at",
                principal("sns.amazonaws.com")
                        .with("keyPolicy", policy(allow("{'Service':'sns.amazonaws.com'}")))
                        .with("identityPolicies", "[" + iam("Deny", "*") + "]")
                        .with("permissionBoundaries", "[" + iam("Deny", "*") + "]"),
                "ALLOWED",
                "direct");

        // Grants
        row(
                "a grant",
                grant("'GrantId':'g7','GranteePrincipal':'" + ROLE + "','Operations':['Decrypt']"),
                "ALLOWED",
                "grant",
                "grant g7");
        row(
                "member names in another case, operations with prefix, no id",
                grant("'granteeprincipal':'" + ROLE + "','OPERATIONS':['kms:Decrypt']"),
                "ALLOWED",
                "grant",
                "\"decidedBy\":\"grant 1\"");
        row(
                "what the CLI prints beside it",
                grant(
                        "'KeyId':'"
                                + KEY
                                + "','GrantId':'g','Name':'','RetiringPrincipal':'x','IssuingAccount':'y',"
                                + "'GranteePrincipal':'"
                                + ROLE
                                + "','Operations':['Decrypt']"),
                "ALLOWED",
                "grant");
        row(
                "another operation",
                grant("'GranteePrincipal':'" + ROLE + "','Operations':['Encrypt']"),
                "DENIED",
                "implicit-deny");
        row(
                "a grant to a service",
                grant(
                                "'GranteeServicePrincipal':'dynamodb.us-east-1.amazonaws.com','Operations':['Decrypt']")
                        .with("principalArn", "'dynamodb.us-east-1.amazonaws.com'"),
                "ALLOWED",
                "grant");
        row(
                "a grant that AWS made for a service",
                grant(
                                "'GranteePrincipal':'dynamodb.us-east-1.amazonaws.com','Operations':['Decrypt']")
                        .with("principalArn", "'dynamodb.us-east-1.amazonaws.com'"),
                "UNKNOWN",
                "unsupported");
        row(
                "a grant to a service for one source, which came",
                grant(
                                "'GranteeServicePrincipal':'sns.amazonaws.com','Operations':['Decrypt'],'Constraints':{'SourceArn':'arn:a'}")
                        .with("principalArn", "'sns.amazonaws.com'")
                        .with("context", "{'aws:SourceArn':'arn:a'}"),
                "ALLOWED",
                "grant");
        row(
                "an encryption context that must be contained",
                grant(
                                "'GranteePrincipal':'"
                                        + ROLE
                                        + "','Operations':['Decrypt'],'Constraints':{'EncryptionContextSubset':{'a':'1'}}")
                        .with("context", "{'kms:EncryptionContext:a':'1'}"),
                "ALLOWED",
                "grant");
        row(
                "an encryption context that must be equal",
                grant(
                                "'GranteePrincipal':'"
                                        + ROLE
                                        + "','Operations':['Decrypt'],'Constraints':{'encryptionContextEquals':{'a':'1'}}")
                        .with("context", "{'kms:EncryptionContext:a':'1'}"),
                "CONDITIONAL",
                "condition",
                "\"hangsOn\":[\"kms:EncryptionContextKeys\"]");
        row(
                "the same with a complete context",
                grant(
                                "'GranteePrincipal':'"
                                        + ROLE
                                        + "','Operations':['Decrypt'],'Constraints':{'encryptionContextEquals':{'a':'1'}}")
                        .with("context", "{'kms:EncryptionContext:a':'1'}")
                        .with("contextComplete", "true"),
                "ALLOWED",
                "grant");
        row(
                "a grant of a minute ago",
                grant(
                        "'GranteePrincipal':'"
                                + ROLE
                                + "','Operations':['Decrypt'],'CreationDate':'2026-03-01T12:59:00.5+01:00'"),
                "CONDITIONAL",
                "condition",
                "\"hangsOn\":[\"grant propagation\"]");
        row(
                "a grant of an hour ago, in epoch seconds",
                grant(
                        "'GranteePrincipal':'"
                                + ROLE
                                + "','Operations':['Decrypt'],'CreationDate':1772362800.25"),
                "ALLOWED",
                "grant");
        row(
                "null members count as not given",
                grant(
                        "'GrantId':null,'GranteePrincipal':'"
                                + ROLE
                                + "','GranteeServicePrincipal':null,'Operations':['Decrypt'],'Constraints':null,'CreationDate':null"),
                "ALLOWED",
                "grant");

        // Context
        row(
                "a key that is not given is unknown",
                onSource("{}"),
                "CONDITIONAL",
                "condition",
                "\"hangsOn\":[\"aws:SourceAccount\"]");
        row("a key that is null is absent", onSource("{'aws:SourceAccount':null}"), "DENIED");
        row("a value", onSource("{'aws:SourceAccount':'2'}"), "ALLOWED", "direct");
        row("a number is its text", onSource("{'aws:SourceAccount':2}"), "ALLOWED", "direct");
        row("key names ignore case", onSource("{'AWS:sourceaccount':'2'}"), "ALLOWED", "direct");
        row("a list with one value", onSource("{'aws:SourceAccount':['2']}"), "ALLOWED", "direct");
        row(
                "complete: what is not given is absent",
                onSource("{}").with("contextComplete", "true"),
                "DENIED",
                "implicit-deny");
        row(
                "contextComplete false and null change nothing",
                onSource("{}").with("contextComplete", "false"),
                "CONDITIONAL");
        row(
                "a boolean is its text",
                base().with(
                                "keyPolicy",
                                policy(
                                        allowIf(
                                                "{'AWS':'" + ROLE + "'}",
                                                "{'Bool':{'aws:MultiFactorAuthPresent':'true'}}")))
                        .with("context", "{'aws:MultiFactorAuthPresent':true}"),
                "ALLOWED",
                "direct");
        row(
                "a list with several values",
                base().with(
                                "keyPolicy",
                                policy(
                                        allowIf(
                                                "{'AWS':'" + ROLE + "'}",
                                                "{'ForAllValues:StringEquals':{'aws:TagKeys':['a','b']}}")))
                        .with("action", "'kms:TagResource'")
                        .with("context", "{'aws:TagKeys':['a','b']}"),
                "ALLOWED",
                "direct");
        row(
                "the same key twice in different case is not decided",
                onSource("{'aws:SourceAccount':'2','aws:sourceAccount':'2'}"),
                "UNKNOWN",
                "unsupported",
                "given twice");

        // What follows from the request
        row(
                "derived keys",
                base().with(
                                "keyPolicy",
                                policy(
                                        allowIf(
                                                "'*'",
                                                "{'StringEquals':{'kms:CallerAccount':'111122223333','aws:RequestedRegion':'us-east-1','aws:PrincipalType':'AssumedRole'},'Bool':{'aws:SecureTransport':'true'},'ArnEquals':{'aws:PrincipalArn':'"
                                                        + ROLE
                                                        + "'}}"))),
                "ALLOWED",
                "direct");
        row(
                "an action in another case",
                base().with("action", "'KMS:decrypt'"),
                "ALLOWED",
                "direct");
        row(
                "an access key id is not repeated",
                base().with(
                                "keyPolicy",
                                policy(
                                        allowIf(
                                                "{'AWS':'" + ROLE + "'}",
                                                "{'DateLessThan':{'aws:CurrentTime':'2030-01-01'}}")))
                        .with("context", "{'aws:CurrentTime':'AKIAIOSFODNN7EXAMPLE'}"),
                "UNKNOWN",
                "unsupported",
                "AKIA[redacted]");
    }

    private static String pathRole(String name) {
        return "arn:aws:iam::111122223333:role/service/" + name;
    }

    private static String notPrincipal(String names) {
        return policy(
                allow("{'AWS':'" + ROLE + "'}"),
                "{'Sid':'Others','Effect':'Deny','NotPrincipal':{'AWS':["
                        + names
                        + "]},'Action':'kms:*','Resource':'*'}");
    }

    static List<Row> rows() {
        return ROWS;
    }

    @Test
    void the_table_is_complete() {
        assertThat(ROWS.size()).isEqualTo(69);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_request_is_answered(Row row) {
        Cli.Ended ended = Cli.explain(row.request().with("id", "'x'").line() + "\n");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.err()).isEmpty();
        assertThat(ended.rows()).hasSize(1);
        assertThat(ended.out()).startsWith("{\"id\":\"x\",\"verdict\":\"" + row.expected().get(0));
        assertThat(ended.out()).contains(row.expected());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void an_answer_has_exactly_the_members_of_the_contract(Row row) {
        Json.Obj answer =
                JsonReader.readObject(Cli.explain(row.request().line()).rows().getFirst());

        List<String> members =
                new ArrayList<>(List.of("id", "verdict", "basis", "decidedBy", "reason"));
        if (answer.string("verdict").orElse("").equals("CONDITIONAL")) members.add("hangsOn");
        assertThat(answer.members().keySet()).containsExactlyElementsOf(members);
    }
}
