package io.bedrockbudgeteer.keyguard.cli.explain;

import static io.bedrockbudgeteer.keyguard.cli.RequestText.ROLE;
import static io.bedrockbudgeteer.keyguard.cli.RequestText.base;
import static io.bedrockbudgeteer.keyguard.cli.RequestText.policy;
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

/// Lines that cannot be answered: what was seen, what is wrong, what to write.
class BadLinesTest {

    record Row(String line, String message) {}

    private static final List<Row> ROWS = new ArrayList<>();

    private static void row(String line, String message) {
        ROWS.add(new Row(line, message));
    }

    private static void row(RequestText request, String message) {
        row(request.line(), message);
    }

    private static void member(String name, String value, String message) {
        row(base().with(name, value), message);
    }

    private static void grant(String members, String message) {
        member("grants", "[{" + members + "}]", message);
    }

    private static final String GRANTEE = "'GranteePrincipal':'" + ROLE + "',";
    private static final String DECRYPT = GRANTEE + "'Operations':['Decrypt']";

    static {
        // Not an object
        row("nonsense", "the line is not JSON at column");
        row("{\"id\":1", "the line is not JSON at column 8: Unexpected end-of-input");
        row("{'id':1}", "the line is not JSON at column 2: Unexpected character");
        row("{\"id\":1,}", "the line is not JSON");
        row("{\"id\":[}", "expected ']' (for Array starting at column 7); write one JSON object");
        row("[]", "the line is a list; write one JSON object on each line");
        row("[{\"id\":1}]", "the line is a list");
        row("\"text\"", "the line is a string");
        row("17", "the line is a number");
        row("null", "the line is null");
        row("{} {}", "more text follows the object of the line");
        row("{\"id\":1} x", "the line is not JSON");
        row("\u00a0", "the line is not JSON");
        row("\uFEFF{}", "the line is not JSON"); // a byte order mark anywhere but at the start

        // Missing, unknown, repeated
        row("{}", "the line has no principalArn, action, resourceArn, keyPolicy; required are");
        row(base().without("keyPolicy"), "the line has no keyPolicy; required are principalArn");
        row(base().without("action").without("keyPolicy"), "the line has no action, keyPolicy");
        member(
                "keypolicy",
                "{}",
                "\"keypolicy\" is not a member of a request; write keyPolicy, or another name");
        member(
                "principal",
                "'x'",
                "\"principal\" is not a member of a request; write principalArn");
        member("permissionsBoundaries", "[]", "write permissionBoundaries, or another name");
        row(
                base().line().replaceFirst("\\{", "{\"action\":\"kms:Encrypt\","),
                "action stands there twice; write it once");
        row("{\"id\":1,\"id\":2}", "id stands there twice");

        // Wrong types
        member("id", "true", "id is a boolean; write a string or a number");
        member("id", "{'a':1}", "id is an object");
        member(
                "principalArn",
                "['" + ROLE + "']",
                "principalArn is a list; write a string such as \"arn:aws:iam::");
        member("principalArn", "null", "principalArn is null; write a string");
        member("action", "7", "action is a number; write a string such as \"kms:Decrypt\"");
        member(
                "resourceArn",
                "{}",
                "resourceArn is an object; write a string such as \"arn:aws:kms");
        member(
                "keyPolicy",
                "[]",
                "keyPolicy is a list; write the policy as an object, or its text as a string");
        member("keyPolicy", "null", "keyPolicy is null; write the policy");
        member(
                "identityPolicies",
                policy(),
                "identityPolicies is an object; write a list of policies, each an object or a string");
        member(
                "identityPolicies",
                "[7]",
                "an item of identityPolicies is a number; write the policy as an object");
        member("permissionBoundaries", "'x'", "permissionBoundaries is a string; write a list");
        member("permissionBoundaries", "[null]", "an item of permissionBoundaries is null");
        member("grants", "{}", "grants is an object; write a list of grants");
        member("context", "[]", "context is a list; write an object of condition keys");
        member("contextComplete", "'true'", "contextComplete is a string; write true or false");
        member("contextComplete", "1", "contextComplete is a number; write true or false");

        // Principals, actions, keys
        member("principalArn", "''", "principalArn is \"\", which is not a principal; write");
        member("principalArn", "'app'", "principalArn is \"app\", which is not a principal");
        member("principalArn", "'*'", "a service such as sns.amazonaws.com");
        member("principalArn", "'sns.example.com'", "which is not a principal");
        member(
                "principalArn",
                "'arn:aws:iam::111122223333:group/g'",
                "\"arn:aws:iam::111122223333:group/g\", which is not a principal");
        member("principalArn", "'1111222233334'", "which is not a principal");
        member("principalArn", "'AKIAIOSFODNN7EXAMPLE'", "principalArn is \"AKIA[redacted]\"");
        member("action", "'Decrypt'", "action is \"Decrypt\", without the prefix of a service;");
        member("action", "'decrypt'", "did you mean kms:Decrypt?");
        member("action", "'describekey'", "did you mean kms:DescribeKey?");
        member("action", "'kms:*'", "a pattern; ask about one action at a time");
        member("action", "'kms:'", "which is not an action; write one such as kms:Decrypt");
        member(
                "resourceArn",
                "'arn:aws:kms:us-east-1:111122223333:alias/app'",
                "an alias, and a policy belongs to a key; write the ARN of its key, which `aws kms");
        member("resourceArn", "'alias/app'", "an alias, and a policy belongs to a key");
        member(
                "resourceArn",
                "'1234abcd-12ab-34cd-56ef-1234567890ab'",
                "which is not the ARN of a KMS key; write one such as arn:aws:kms:us-east-1:");
        member("resourceArn", "'arn:aws:s3:::bucket'", "which is not the ARN of a KMS key");
        member("resourceArn", "'arn:aws:kms:us-east-1:1:key/a'", "not the ARN of a KMS key");
        member("resourceArn", "'*'", "which is not the ARN of a KMS key");
        member(
                "resourceArn",
                "'" + "x".repeat(500) + "'",
                "resourceArn is \"" + "x".repeat(120) + "…\", which is not");

        // Context
        member(
                "context",
                "{'a':'1','a':'2'}",
                "context has \"a\" twice; write it once, with a list of values");
        member("context", "{'a':null,'a':null}", "context has \"a\" twice");
        member("context", "{'a':{'b':1}}", "context has an object as a value of \"a\"; write a");
        member("context", "{'a':[['b']]}", "context has a list as a value of \"a\"");
        member("context", "{'a':[null]}", "context has null as a value of \"a\"");

        // Grants
        member("grants", "[7]", "grants[0] is a number; write an object");
        grant("", "grants[0] has neither GranteePrincipal nor GranteeServicePrincipal");
        grant("'Operations':['Decrypt']", "grants[0] has neither GranteePrincipal");
        grant(
                DECRYPT + ",'GranteeServicePrincipal':'sns.amazonaws.com'",
                "grants[0] has both GranteePrincipal and GranteeServicePrincipal; write one");
        grant(GRANTEE + "'GrantId':'g'", "grants[0] has no Operations; write a list such as");
        grant(GRANTEE + "'Operations':'Decrypt'", "grants[0].Operations is a string; write a list");
        grant(GRANTEE + "'Operations':[1]", "an item of grants[0].Operations is a number; write");
        grant("'GranteePrincipal':7", "grants[0].GranteePrincipal is a number; write a string");
        grant(DECRYPT + ",'GrantId':7", "grants[0].GrantId is a number; write a string");
        grant(DECRYPT + ",'grantId':'a','GrantID':'b'", "twice; write it once");
        grant(DECRYPT + ",'GrantId':'a','GrantId':'b'", "grants cannot be read: line 1, column");
        grant(DECRYPT + ",'Constraints':[]", "grants[0].Constraints is an array; write an object");
        grant(
                DECRYPT + ",'Constraints':{'Region':'x'}",
                "grants[0].Constraints has \"Region\", which is not known; known are");
        grant(
                DECRYPT + ",'Constraints':{'EncryptionContextSubset':{'a':1}}",
                "a value of grants[0].Constraints.EncryptionContextSubset is a number; write a");
        grant(
                DECRYPT + ",'Constraints':{'SourceArn':['a']}",
                "grants[0].Constraints.SourceArn is an array; write a string");
        grant(
                DECRYPT + ",'CreationDate':'yesterday'",
                "grants[0].CreationDate is \"yesterday\", which is no date; write ISO 8601 such as");
        grant(DECRYPT + ",'CreationDate':'2026-01-01'", "which is no date");
        grant(DECRYPT + ",'CreationDate':1e999999", "which is no date");
        grant(
                DECRYPT + ",'CreationDate':true",
                "grants[0].CreationDate is a boolean; write a date");
    }

    static List<Row> rows() {
        return ROWS;
    }

    @Test
    void the_table_is_complete() {
        assertThat(ROWS.size()).isEqualTo(81);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_bad_line_gives_an_error_row_and_exit_code_2(Row row) {
        Cli.Ended ended = Cli.explain(base().line() + "\n" + row.line() + "\n");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.rows()).hasSize(2);
        Json.Obj error = JsonReader.readObject(ended.rows().getLast());
        assertThat(error.string("error").orElse("")).contains(row.message());
        assertThat(error.get("line").orElseThrow()).isInstanceOf(Json.Num.class);
        assertThat(ended.rows().getLast()).contains("\"line\":2,");
        assertThat(ended.err())
                .startsWith("keyguard: 1 of 2 lines could not be read; first: line 2: ")
                .hasLineCount(1);
    }

    @Test
    void the_id_is_echoed_wherever_it_stands() {
        assertThat(error("{\"principalArn\":7,\"id\":\"late\"}")).startsWith("{\"id\":\"late\",");
        assertThat(error("{\"id\":1e3,\"x\":1}")).startsWith("{\"id\":1e3,\"line\":1,");
        assertThat(error("{\"id\":\"seen\",\"x\":")).startsWith("{\"id\":\"seen\",\"line\":1,");
        assertThat(error("{\"x\":1}")).startsWith("{\"id\":1,\"line\":1,");
        assertThat(error("{\"x\":")).startsWith("{\"line\":1,");
    }

    @Test
    void the_first_problem_of_a_line_is_told() {
        assertThat(error("{\"action\":1,\"principalArn\":2,\"colour\":3}"))
                .contains("action is a number")
                .doesNotContain("principalArn is")
                .doesNotContain("colour");
    }

    @Test
    void a_line_that_sets_many_broken_policies_in_a_row_is_given_up() {
        String line =
                base().with("identityPolicies", "[" + "{,},".repeat(2000) + "{,}]")
                        .with("id", "'z'")
                        .line();
        assertThat(error(line))
                .startsWith("{\"line\":1,")
                .contains("the line is not JSON at column");
    }

    private static String error(String line) {
        Cli.Ended ended = Cli.explain(line);
        assertThat(ended.code()).isEqualTo(2);
        return ended.rows().getFirst();
    }
}
