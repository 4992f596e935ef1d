package io.bedrockbudgeteer.keyguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.cli.console.Screen;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The command line: help, exit codes, what goes where, one line for each error.
class MainTest {
    private static final String POLICY = Golden.INPUT.resolve("key.json").toString();
    private static final String KEY = RequestText.KEY;
    private static final String ROLE = RequestText.ROLE;

    @TempDir private Path folder = Path.of(".");

    static List<String> question(String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "explain",
                                "--principal",
                                ROLE,
                                "--action",
                                "kms:Decrypt",
                                "--key",
                                KEY,
                                "--policy-file",
                                POLICY));
        arguments.addAll(List.of(more));
        return arguments;
    }

    private static List<String> without(String flag) {
        List<String> arguments = question();
        int at = arguments.indexOf(flag);
        arguments.subList(at, at + 2).clear();
        return arguments;
    }

    private static List<String> instead(String flag, String value) {
        List<String> arguments = question();
        arguments.set(arguments.indexOf(flag) + 1, value);
        return arguments;
    }

    private static Cli.Ended run(List<String> arguments) {
        return Cli.run(arguments.toArray(String[]::new));
    }

    @Test
    void help_is_as_agreed() throws IOException {
        Golden.check("help.txt", Cli.run("--help").out());
        for (String command : List.of("check", "plan", "explain", "statements", "completion"))
            Golden.check("help-" + command + ".txt", Cli.run(command, "--help").out());
    }

    @Test
    void without_arguments_the_help_is_shown() {
        Cli.Ended ended = Cli.run();
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).isEqualTo(Cli.run("--help").out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "help.txt",
                "help-check.txt",
                "help-plan.txt",
                "help-explain.txt",
                "help-statements.txt",
                "help-completion.txt"
            })
    void help_fits_80_columns(String name) throws IOException {
        assertThat(Files.readAllLines(Golden.FOLDER.resolve(name)))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void help_has_colours_on_a_terminal_only_and_not_when_they_are_refused() {
        assertThat(Cli.run("explain", "--help").out()).doesNotContain("\u001B");
        assertThat(Cli.onTerminal("explain", "--help").out()).contains("\u001B[");
        assertThat(Cli.onTerminal("explain", "--no-color", "--help").out())
                .doesNotContain("\u001B");
        assertThat(Cli.onTerminal("--no-color", "explain", "--help").out())
                .doesNotContain("\u001B");
    }

    /// What the start script makes its cache of.
    @Test
    void the_warm_up_runs_all_of_its_commands_and_is_no_part_of_the_help() {
        assertThat(Cli.run("warm-up")).isEqualTo(new Cli.Ended(0, "", ""));
        assertThat(Cli.run("--help").out()).doesNotContain("warm-up");
    }

    @Test
    void the_version_is_that_of_the_project() throws IOException {
        Cli.Ended ended = Cli.run("--version");
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).isEqualTo("keyguard " + Main.VERSION + "\n");
        for (String command : List.of("check", "plan", "explain", "statements", "completion"))
            assertThat(Cli.run(command, "--version").out()).isEqualTo(ended.out());
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<version>" + Main.VERSION + "</version>");
    }

    record Wrong(List<String> arguments, String message) {}

    static List<Wrong> wrong() {
        return List.of(
                new Wrong(
                        List.of("explian"),
                        "Unmatched argument at index 0: 'explian'; did you mean explain?; type"
                                + " `keyguard --help`"),
                new Wrong(
                        List.of("explain"),
                        "there is no question; give --requests FILE, or --principal, --action,"
                                + " --key, --policy-file"),
                new Wrong(List.of("explain", "--pricipal=x"), "did you mean --principal?"),
                new Wrong(
                        List.of("explain", "--requests"),
                        "Missing required parameter for option '--requests' (FILE); type `keyguard"
                                + " explain --help`"),
                new Wrong(List.of("explain", "stray"), "Unmatched argument at index 1: 'stray'"),
                new Wrong(question("-o", "xml"), "Invalid value for option '--output'"),
                new Wrong(question("--key", KEY), "should be specified only once"),
                new Wrong(without("--key"), "missing: --key; a question needs all of --principal,"),
                new Wrong(without("--principal"), "missing: --principal;"),
                new Wrong(without("--policy-file"), "missing: --policy-file;"),
                new Wrong(
                        instead("--action", "Decrypt"),
                        "--action is \"Decrypt\", without the prefix of a service; did you mean"
                                + " kms:Decrypt?"),
                new Wrong(
                        instead("--principal", "app"),
                        "--principal is \"app\", which is not a principal; write the ARN of"),
                new Wrong(
                        instead("--key", "alias/app"),
                        "--key is \"alias/app\", an alias, and a policy belongs to a key; write the"),
                new Wrong(
                        instead("--policy-file", "missing.json"),
                        "cannot read missing.json: there is no such file; give --policy-file a file"),
                new Wrong(
                        instead("--policy-file", "src"),
                        "cannot read src: it is a folder; give --policy-file a file that can be"),
                new Wrong(
                        question("--identity-policy-file", "no.json"),
                        "cannot read no.json: there is no such file; give --identity-policy-file"),
                new Wrong(
                        question("--boundary-file", "no.json"),
                        "cannot read no.json: there is no such file; give --boundary-file"),
                new Wrong(
                        question("--grants-file", "no.json"),
                        "cannot read no.json: there is no such file; give --grants-file"),
                new Wrong(
                        question("--grants-file", POLICY),
                        "key.json has no Grants; write a list of grants, or the answer of `aws kms"),
                new Wrong(
                        question("--grants-file", Golden.FOLDER.resolve("help.txt").toString()),
                        "help.txt cannot be read: line 1, column"),
                new Wrong(
                        question("--identity-policy-file", POLICY, "--no-identity-policies"),
                        "--identity-policy-file and --no-identity-policies exclude each other;"),
                new Wrong(
                        question("--boundary-file", POLICY, "--no-boundary"),
                        "--boundary-file and --no-boundary exclude each other; leave one out"),
                new Wrong(
                        List.of(
                                "explain",
                                "--principal",
                                ROLE,
                                "--action",
                                "kms:Decrypt",
                                "--key",
                                KEY,
                                "--policy-file",
                                "-",
                                "--grants-file",
                                "-"),
                        "standard input can be read once; give - to one flag only"),
                new Wrong(
                        question("--context", "aws:SourceArn"),
                        "--context is \"aws:SourceArn\", without a key or a value; write KEY=VALUE,"),
                new Wrong(question("--context", "=x"), "--context is \"=x\", without a key"),
                new Wrong(
                        question("--context", "a:b=1", "--context-absent", "a:b"),
                        "\"a:b\" is given with --context and --context-absent; leave one out"),
                new Wrong(
                        question("--requests", "x.jsonl"),
                        "--requests and the flags of one question exclude each other;"),
                new Wrong(
                        List.of("explain", "--requests", "x.jsonl", "--context-complete"),
                        "--requests and the flags of one question exclude each other;"),
                new Wrong(
                        List.of("explain", "--requests", "x.jsonl", "-o", "text"),
                        "--requests always writes JSON lines; leave -o text out"),
                new Wrong(
                        List.of("explain", "--requests", "missing.jsonl"),
                        "cannot read missing.jsonl: there is no such file; give --requests a file"
                                + " that can be read, or - for standard input"),
                new Wrong(List.of("explain", "--requests", "src"), "it is a folder"));
    }

    @Test
    void the_table_of_wrong_uses_is_complete() {
        assertThat(wrong().size()).isEqualTo(31);
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void wrong_use_ends_with_2_and_one_line_that_says_what_to_type(Wrong wrong) {
        Cli.Ended ended = run(wrong.arguments());
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err())
                .startsWith("keyguard: ")
                .contains(wrong.message())
                .doesNotContain("unexpected")
                .hasLineCount(1);
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void debug_shows_where_an_error_comes_from() {
        List<String> arguments = instead("--key", "x");
        arguments.add("--debug");
        assertThat(run(arguments).err()).contains("\tat io.bedrockbudgeteer.keyguard.cli");
        assertThat(Cli.run("explain", "--debug", "--nonsense").err()).contains("\tat ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'Policy': '{}', 'PolicyName': 'default'} | --query Policy --output text` does",
                "{'RoleName': 'r', 'PolicyDocument': {}} | --query PolicyDocument` does",
                "{'PolicyVersion': {'Document': {}}} | --query PolicyVersion.Document` does"
            },
            quoteCharacter = '^')
    void the_answer_of_an_aws_command_is_told_from_the_policy_in_it(String answer, String fix)
            throws IOException {
        Path file = folder.resolve("answer.json");
        Files.writeString(file, answer.replace('\'', '"'));
        Cli.Ended ended = run(instead("--policy-file", file.toString()));
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("is the answer of an AWS command", fix).hasLineCount(1);
    }

    @Test
    void a_file_that_is_not_utf8_is_refused() throws IOException {
        Path file = folder.resolve("latin1.json");
        Files.write(file, new byte[] {'{', (byte) 0xE4, '}'});
        Cli.Ended ended = run(instead("--policy-file", file.toString()));
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("latin1.json is not UTF-8 text; save it as UTF-8");
    }

    @Test
    void grants_that_are_not_all_of_them_are_refused() throws IOException {
        Path file = folder.resolve("grants.json");
        Files.writeString(file, "{\"Grants\": [], \"Truncated\": true}");
        Cli.Ended ended = run(question("--grants-file", file.toString()));
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("says Truncated: true, so grants are missing;");
    }

    /// What a full disk does.
    @Test
    void output_that_cannot_be_written_is_an_error() {
        assertThat(onOutputThatFailsWith("No space left on device", question())).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo(
                        "keyguard: reading or writing failed: No space left on device; look at the"
                                + " disk and the file, and run again\n");
    }

    @Test
    void a_reader_that_went_away_is_none() {
        assertThat(onOutputThatFailsWith("Broken pipe", question())).isEqualTo(141);
        assertThat(onOutputThatFailsWith("Broken pipe", List.of("explain", "--requests", "-")))
                .isEqualTo(141);
        assertThat(err.toString()).isEmpty();
    }

    private final StringWriter err = new StringWriter();

    private int onOutputThatFailsWith(String message, List<String> arguments) {
        InputStream in =
                new ByteArrayInputStream(
                        RequestText.base().line().getBytes(StandardCharsets.UTF_8));
        OutputStream out =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException(message);
                    }
                };
        return Main.run(
                arguments,
                new Screen(in, out, new PrintWriter(err), () -> false),
                InstantSource.fixed(Cli.NOW));
    }
}
