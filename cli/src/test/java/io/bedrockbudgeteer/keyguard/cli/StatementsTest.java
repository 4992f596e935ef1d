package io.bedrockbudgeteer.keyguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Statements to paste: nothing but JSON on standard output, and what they count on beside it.
class StatementsTest {
    private static final String KEY =
            "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    @TempDir private Path folder = Path.of(".");

    private static Cli.Ended statements(String... more) {
        List<String> arguments = new ArrayList<>(List.of("statements", "--key", KEY));
        arguments.addAll(List.of(more));
        return Cli.run(arguments.toArray(String[]::new));
    }

    private static List<Json> list(Cli.Ended ended) {
        return ((Json.Arr) JsonReader.read(ended.out())).items();
    }

    @Test
    void statements_are_as_agreed() throws IOException {
        Cli.Ended ended = statements();
        assertThat(ended.code()).isZero();
        assertThat(ended.err())
                .isEqualTo(
                        "keyguard: nothing was looked at: these are all 6 statements that a key policy"
                                + " like that of a new key lacks; give --policy-file to see only what is"
                                + " missing\n");
        Golden.check("statements.json", ended.out());
    }

    @Test
    void the_whole_policy_makes_a_key_ready_and_so_do_the_statements_pasted_into_one()
            throws IOException {
        Path whole = folder.resolve("whole.json");
        Files.writeString(whole, statements("--whole-policy").out());
        assertReady(whole);

        String added = statements("--policy-file", ReportCase.file("default")).out();
        Path pasted = folder.resolve("pasted.json");
        String own = Files.readString(Path.of(ReportCase.file("default"))).stripTrailing();
        String end = "\n  ]\n}";
        assertThat(own).endsWith(end);
        Files.writeString(
                pasted,
                own.substring(0, own.length() - end.length())
                        + ","
                        + added.strip().replaceAll("^\\[|]$", "")
                        + end);
        assertReady(pasted);
        Cli.Ended again = statements("--policy-file", pasted.toString());
        assertThat(again.code()).isZero();
        assertThat(list(again)).isEmpty();
        assertThat(again.err())
                .isEqualTo(
                        "keyguard: nothing is missing from "
                                + pasted
                                + "; grants and the policies of roles were not looked at\n");
    }

    private static void assertReady(Path policy) {
        Cli.Ended ended =
                Cli.run(
                        "check",
                        "--key-file",
                        ReportCase.file("key"),
                        "--policy-file",
                        policy.toString());
        assertThat(ended.code()).as(ended.out()).isZero();
    }

    @Test
    void only_what_is_missing_from_a_policy() {
        Cli.Ended outdated = statements("--policy-file", ReportCase.file("outdated"));
        assertThat(outdated.code()).isZero();
        assertThat(outdated.err()).contains(" missing from " + ReportCase.file("outdated"));
        assertThat(list(outdated).size()).isBetween(1, 5);
        Cli.Ended alone = statements("--policy-file", ReportCase.file("no-delegation"));
        assertThat(alone.out())
                .as("roles, where the policy does not leave access to IAM")
                .contains("role/bedrock-budgeteer-production-lambda-execution");
    }

    @Test
    void roles_on_request_and_the_environment_is_part_of_every_name() {
        assertThat(statements().out()).doesNotContain(":role/");
        assertThat(statements("--role-statements", "always").out()).contains(":role/");
        assertThat(statements("--environment", "staging").out())
                .contains("bedrock-budgeteer-staging-trail")
                .doesNotContain("production");
    }

    @Test
    void the_policy_may_stand_on_standard_input() throws IOException {
        byte[] policy = Files.readAllBytes(Path.of(ReportCase.file("default")));
        Cli.Ended ended = Cli.runOn(policy, "statements", "--key", KEY, "--policy-file", "-");
        assertThat(ended.err()).contains("6 missing from standard input");
        assertThat(list(ended)).hasSize(6);
    }

    @Test
    void what_statements_cannot_mend_is_said_and_nothing_is_printed() {
        Cli.Ended ended = statements("--policy-file", ReportCase.file("deny"));
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err().lines())
                .hasSize(2)
                .allSatisfy(line ->
                        assertThat(line).startsWith("keyguard: ").contains("POL007", "NoTrails"));
    }

    record Wrong(List<String> arguments, String message) {}

    private static Wrong wrong(String message, String... arguments) {
        return new Wrong(List.of(arguments), message);
    }

    static List<Wrong> wrong() {
        return List.of(
                wrong("which key is not said; give --key with its ARN, such as arn:aws:kms:"),
                wrong(
                        "--key is \"alias/x\", and nobody is asked what it stands for; write the ARN",
                        "--key",
                        "alias/x"),
                wrong(
                        "--key is \"arn:aws:kms:us-east-1:111122223333:alias/x\", and nobody is asked",
                        "--key",
                        "arn:aws:kms:us-east-1:111122223333:alias/x"),
                wrong("--environment is \"X\"; write up to 12", "--key", KEY, "--environment", "X"),
                wrong(
                        "--whole-policy makes a new policy and --policy-file is one already",
                        "--key",
                        KEY,
                        "--whole-policy",
                        "--policy-file",
                        "x"),
                wrong(
                        "cannot read none: there is no such file; give --policy-file a file",
                        "--key",
                        KEY,
                        "--policy-file",
                        "none"),
                wrong(
                        "help.txt cannot be read as a key policy: line 1, column 1: ",
                        "--key",
                        KEY,
                        "--policy-file",
                        Golden.FOLDER.resolve("help.txt").toString()));
    }

    @Test
    void the_table_of_wrong_uses_is_complete() {
        assertThat(wrong()).hasSize(7);
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void wrong_use_is_one_line_with_the_fix(Wrong wrong) {
        List<String> arguments = new ArrayList<>(List.of("statements"));
        arguments.addAll(wrong.arguments());
        Cli.Ended ended = Cli.run(arguments.toArray(String[]::new));
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains(wrong.message()).hasLineCount(1);
        assertThat(ended.out()).isEmpty();
    }
}
