package io.bedrockbudgeteer.keyguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Flags and files that check and plan cannot work with: one line with the fix, exit code 2,
/// nothing on standard output.
class ReportInputTest {
    private static final String KEY_FILE = ReportCase.file("key");
    private static final String POLICY_FILE = ReportCase.file("default");

    @TempDir private Path folder = Path.of(".");

    /// @param content of the file that stands as FILE in the arguments
    record Wrong(List<String> arguments, String content, String message) {
        @Override
        public String toString() {
            return arguments + " " + content;
        }
    }

    private static Wrong flags(String message, String... arguments) {
        return new Wrong(List.of(arguments), "", message);
    }

    private static Wrong file(String flag, String content, String message) {
        List<String> arguments = new ArrayList<>();
        for (String other : List.of("--key-file", "--policy-file")) {
            if (other.equals(flag)) continue;
            arguments.add(other);
            arguments.add(other.equals("--key-file") ? KEY_FILE : POLICY_FILE);
        }
        arguments.addAll(List.of(flag, "FILE"));
        return new Wrong(arguments, content.replace('\'', '"'), message);
    }

    private static Wrong with(String message, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("--key-file", KEY_FILE, "--policy-file", POLICY_FILE));
        arguments.addAll(List.of(more));
        return new Wrong(arguments, "", message);
    }

    private static final String ROLE =
            "{'RoleDetailList': [{'Arn': 'arn:aws:iam::111122223333:role/r', %s}]}";

    static List<Wrong> wrong() {
        return List.of(
                flags("which key is not said; give --key, or --key-file and --policy-file to work"),
                flags(
                        "both --key-file and --policy-file are needed; write them with `aws kms",
                        "--key-file",
                        KEY_FILE),
                flags("both --key-file and --policy-file are needed", "--policy-file", POLICY_FILE),
                flags("both --key-file and --policy-file are needed", "--grants-file", "x"),
                with(
                        "no AWS call is made; leave out --key, --region, --profile",
                        "--key",
                        "alias/x"),
                with("no AWS call is made; leave out --key, --region", "--region", "us-east-1"),
                with(
                        "--environment is \"Prod\"; write up to 12 lower-case letters",
                        "--environment",
                        "Prod"),
                with("Invalid value for option '--output'", "-o", "yaml"),
                with("Invalid value for option '--role-statements'", "--role-statements", "no"),
                with("Unmatched argument at index 6: 'stray'; type `keyguard ", "stray"),
                with(
                        "--stack-name is \"app\", and offline nobody can be asked for the stack; give its ARN",
                        "--stack-name",
                        "app"),
                with(
                        "--stack-name is \"arn:aws:sns:us-east-1:111122223333:x\", which is not the ARN of a stack",
                        "--stack-name",
                        "arn:aws:sns:us-east-1:111122223333:x"),
                with(
                        "cannot read none.json: there is no such file; give --role-policies-file",
                        "--role-policies-file",
                        "none.json"),
                with("cannot read src: it is a folder; give --grants-file", "--grants-file", "src"),
                flags(
                        "only one file may be -, standard input",
                        "--key-file",
                        "-",
                        "--policy-file",
                        "-"),
                file(
                        "--key-file",
                        "{'KeyMetadata': {\n  'Arn' 'x'",
                        "FILE is not JSON: line 2, column "),
                file(
                        "--key-file",
                        "[]",
                        "FILE is an array; write the answer of `aws kms describe-key`"),
                file(
                        "--key-file",
                        "{'KeyMetadata': {}}",
                        "FILE has no Arn of a KMS key; write the answer of `aws kms describe-key`"),
                file(
                        "--policy-file",
                        "{\n  'Statement': [\n    {'Effect' 1}",
                        "FILE cannot be read as a key policy: line 3, column "),
                file(
                        "--policy-file",
                        "{'Statement': 1}",
                        "FILE cannot be read as a key policy: line 1, column "),
                file(
                        "--policy-file",
                        "{'Policy': '{}', 'PolicyName': 'default'}",
                        "FILE is the answer of an AWS command, and the policy is in its Policy"),
                file(
                        "--role-policies-file",
                        "{'RoleDetailList': [\n",
                        "FILE is not JSON: line 2, column "),
                file(
                        "--role-policies-file",
                        "{}",
                        "FILE has no RoleDetailList; write the answer of `aws iam get-account-authorization-details"),
                file(
                        "--role-policies-file",
                        "{'RoleDetailList': [], 'IsTruncated': true}",
                        "FILE says IsTruncated: true, so roles may be missing"),
                file(
                        "--role-policies-file",
                        ROLE.formatted("'AttachedManagedPolicies': [{'PolicyArn': 'p'}]"),
                        "FILE lacks the managed policy p of arn:aws:iam::111122223333:role/r"),
                file(
                        "--role-policies-file",
                        ROLE.formatted("'RolePolicyList': {}"),
                        "FILE: RolePolicyList is an object; write the answer"),
                file("--grants-file", "{'Grants': [\n{]}", "FILE cannot be read: line 2, column "),
                file(
                        "--grants-file",
                        "{'Grants': [], 'Truncated': true}",
                        "FILE says Truncated: true, so grants are missing"));
    }

    @Test
    void the_table_of_wrong_input_is_complete() {
        assertThat(wrong()).hasSize(28);
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void wrong_input_is_one_line_with_the_fix(Wrong wrong) throws IOException {
        String name = folder.resolve("given.json").toString();
        Files.writeString(Path.of(name), wrong.content());
        UnaryOperator<String> named = text -> text.equals("FILE") ? name : text;
        for (String command : List.of("check", "plan")) {
            List<String> arguments = new ArrayList<>(List.of(command));
            arguments.add("--exit-zero"); // which is about findings only
            wrong.arguments().forEach(argument -> arguments.add(named.apply(argument)));
            Cli.Ended ended = Cli.run(arguments.toArray(String[]::new));
            assertThat(ended.err())
                    .startsWith("keyguard: ")
                    .contains(wrong.message().replace("FILE", name))
                    .doesNotContain("unexpected")
                    .hasLineCount(1);
            assertThat(ended.code()).isEqualTo(2);
            assertThat(ended.out()).isEmpty();
        }
    }

    @Test
    void a_second_opinion_needs_aws() {
        Cli.Ended ended =
                Cli.run(ReportCase.named("default").arguments("check", "--access-analyzer"));
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err())
                .contains(
                        "--access-analyzer asks AWS, and files are looked at offline; leave it out")
                .hasLineCount(1);
    }

    /// A role policy that AWS would not have taken is no reason to fail: the role counts as
    /// unknown.
    @Test
    void a_role_policy_that_cannot_be_read_leaves_the_role_undecided() throws IOException {
        Path roles = folder.resolve("roles.json");
        String role = "bedrock-budgeteer-production-lambda-execution";
        Files.writeString(
                roles,
                "{\"RoleDetailList\": [{\"Arn\": \"arn:aws:iam::111122223333:role/"
                        + role
                        + "\", \"RolePolicyList\": [{\"PolicyName\": \"p\", \"PolicyDocument\": {\"Statement\": 1}}]}]}");
        Cli.Ended ended =
                Cli.run(
                        ReportCase.named("sufficient")
                                .arguments("check", "--role-policies-file", roles.toString()));
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out()).contains("UNKNOWN");
    }

    @Test
    void policies_of_roles_count_as_they_are() throws IOException {
        Path roles = folder.resolve("roles.json");
        Files.writeString(
                roles,
                "{\"RoleDetailList\": [{\"Arn\": \"arn:aws:iam::111122223333:role/bedrock-budgeteer-production-lambda-execution\", \"RolePolicyList\": []}]}");
        Cli.Ended ended =
                Cli.run(
                        ReportCase.named("sufficient")
                                .arguments("check", "--role-policies-file", roles.toString()));
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).contains("DENIED", "IAM");
    }
}
