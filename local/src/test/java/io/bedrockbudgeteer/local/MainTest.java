package io.bedrockbudgeteer.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bedrockbudgeteer.local.report.Ink;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The command line: exit codes, what goes where, one sentence per error.
class MainTest {
    @TempDir Path folder = Path.of(".");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.run(
                List.of(args), new Screen(new PrintWriter(out), new PrintWriter(err), Ink.PLAIN));
    }

    private int deploy(String... more) {
        List<String> args =
                new ArrayList<>(
                        List.of(
                                "deploy",
                                "--template",
                                LocalStackTest.TEMPLATE.toString(),
                                "--stack-name",
                                "shop"));
        args.addAll(List.of(more));
        return run(args.toArray(String[]::new));
    }

    @Test
    void a_good_run_ends_with_0_and_one_closing_line() {
        assertThat(deploy("--no-key")).isZero();
        assertThat(out.toString())
                .contains("shop  AWS::CloudFormation::Stack")
                .contains("Not modelled");
        assertThat(out.toString().strip().lines().toList().getLast())
                .matches(
                        "CREATE_COMPLETE: 4 resources in the stack, [0-9.]+ s. Simulated, not AWS.");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void a_failed_stack_ends_with_1() {
        // A fresh key does not let the log service in.
        assertThat(deploy()).isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        "ROLLBACK_COMPLETE: The following resource(s) failed to create: [Group].");
    }

    @Test
    void the_last_operation_decides() {
        assertThat(deploy("--then", "delete")).isZero();
        assertThat(deploy("--no-key", "--then", "update", "Days=30", "--then", "delete")).isZero();
        assertThat(deploy("--no-key", "--then", "update KmsKeyArn=new")).isEqualTo(1);
        assertThat(out.toString()).contains("UPDATE_ROLLBACK_COMPLETE");
    }

    @Test
    void an_operation_that_cloudformation_refuses_ends_with_1() {
        assertThat(deploy("--then", "update Days=30")).isEqualTo(1);
        assertThat(err.toString())
                .contains("is in ROLLBACK_COMPLETE state and can not be updated.");
    }

    @Test
    void json_is_alone_on_stdout_and_progress_goes_to_stderr() throws Exception {
        assertThat(deploy("--no-key", "-o", "json")).isZero();
        JsonNode report = new ObjectMapper().readTree(out.toString());
        assertThat(report.path("status").asText()).isEqualTo("CREATE_COMPLETE");
        assertThat(err.toString()).contains("CREATE_COMPLETE");

        assertThat(deploy("--no-key", "-o", "json", "--then", "delete")).isZero();
        assertThat(new ObjectMapper().readTree(out.toString())).hasSize(2);
    }

    @Test
    void json_of_earlier_operations_is_printed_although_a_later_one_is_refused() throws Exception {
        assertThat(deploy("--no-key", "-o", "json", "--then", "update Days=8")).isEqualTo(2);
        assertThat(new ObjectMapper().readTree(out.toString())).hasSize(1);
        assertThat(err.toString()).contains("Days");
    }

    record Wrong(List<String> arguments, int code, String message) {}

    static Stream<Wrong> wrong() {
        String template = LocalStackTest.TEMPLATE.toString();
        return Stream.of(
                new Wrong(List.of("deplyo"), 2, "Unmatched argument"),
                new Wrong(List.of("deploy", "--nonsense"), 2, "Unknown option"),
                new Wrong(List.of("deploy", "-o", "xml"), 2, "expected one of"),
                new Wrong(
                        List.of("deploy", "--template", "missing.yaml"),
                        2,
                        "local: there is no template missing.yaml; name one with --template"),
                new Wrong(
                        List.of("deploy", "--template", template, "--order", "friendly"),
                        2,
                        "local: unknown order 'friendly'"),
                new Wrong(
                        List.of("deploy", "--template", template, "--time-scale", "0"),
                        2,
                        "local: --time-scale must be at least 1"),
                new Wrong(
                        List.of(
                                "deploy",
                                "--template",
                                template,
                                "--no-key",
                                "--key-state",
                                "Disabled"),
                        2,
                        "exclude each other"),
                new Wrong(
                        List.of("deploy", "--template", template, "--key-policy", "missing.json"),
                        2,
                        "there is no policy file missing.json"),
                new Wrong(
                        List.of("deploy", "--template", template, "--key-state", "Sleepy"),
                        2,
                        "key state Sleepy"),
                new Wrong(
                        List.of("deploy", "--template", template, "--region", "moon"),
                        2,
                        "local: 'moon' is not a Region"),
                new Wrong(
                        List.of("deploy", "--template", template, "--then", "destroy"),
                        2,
                        "unknown step 'destroy'"),
                new Wrong(
                        List.of("deploy", "--template", template, "--parameter-overrides", "Days"),
                        2,
                        "not a parameter override: 'Days'"),
                new Wrong(
                        List.of(
                                "deploy",
                                "--template",
                                template,
                                "--parameter-overrides",
                                "Days=8"),
                        2,
                        "Days"),
                new Wrong(
                        List.of(
                                "deploy",
                                "--template",
                                template,
                                "--parameter-overrides",
                                "Nonsense=8"),
                        2,
                        "Nonsense"));
    }

    @Test
    void the_table_of_wrong_uses_is_complete() {
        assertThat(wrong()).hasSize(14);
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void wrong_use_ends_with_2_and_one_sentence(Wrong wrong) {
        assertThat(run(wrong.arguments().toArray(String[]::new))).isEqualTo(wrong.code());
        assertThat(err.toString())
                .contains(wrong.message())
                .doesNotContain("\tat ")
                .doesNotContain("unexpected");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void a_refused_key_ends_with_1_and_says_what_to_do() throws Exception {
        Path policy = folder.resolve("policy.json");
        Files.writeString(
                policy,
                LocalStackTest.policy(
                        """
                        {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"kms:*","Resource":"*"}\
                        """,
                        """
                        {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:role/later"},"Action":"kms:Decrypt","Resource":"*"}\
                        """));

        assertThat(deploy("--key-policy", policy.toString())).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("local: KMS refuses the key set-up: MalformedPolicyDocumentException");
        assertThat(err.toString().lines()).hasSize(1);
    }

    @Test
    void debug_shows_where() {
        assertThat(deploy("--debug", "--order", "friendly")).isEqualTo(2);
        assertThat(err.toString()).contains("\tat ");
    }

    @Test
    void without_arguments_help_is_shown() {
        assertThat(run()).isZero();
        assertThat(out.toString()).contains("Usage: local").contains("deploy").contains("serve");
        assertThat(out.toString().lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }
}
