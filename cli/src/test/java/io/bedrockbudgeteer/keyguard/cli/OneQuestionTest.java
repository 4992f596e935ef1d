package io.bedrockbudgeteer.keyguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A question from flags: the text for people, and the flags that decide it.
class OneQuestionTest {
    private static final String INPUT = Golden.INPUT + "/";

    @TempDir private Path folder = Path.of(".");

    record Case(String name, List<String> flags) {}

    static List<Case> cases() {
        return List.of(
                new Case(
                        "allowed",
                        List.of(
                                "--identity-policy-file",
                                INPUT + "role.json",
                                "--no-boundary",
                                "--grants-file",
                                INPUT + "grants.json")),
                new Case("not-given", List.of()),
                new Case("denied", List.of("--no-identity-policies", "--no-boundary")),
                new Case(
                        "denied-by-identity-policy",
                        List.of(
                                "--identity-policy-file",
                                INPUT + "role.json",
                                "--identity-policy-file",
                                INPUT + "deny.json",
                                "--no-boundary")),
                new Case(
                        "denied-by-minified-policy",
                        List.of(
                                "--policy-file",
                                INPUT + "minified.json",
                                "--no-identity-policies")),
                new Case(
                        "conditional",
                        List.of(
                                "--principal",
                                "cloudtrail.amazonaws.com",
                                "--action",
                                "kms:GenerateDataKey")),
                new Case(
                        "grant",
                        List.of(
                                "--principal",
                                "arn:aws:iam::111122223333:role/new",
                                "--no-identity-policies",
                                "--no-boundary",
                                "--grants-file",
                                INPUT + "grants.json")),
                new Case("unreadable", List.of("--policy-file", INPUT + "broken.json")));
    }

    private static String[] arguments(Case row) {
        List<String> arguments = MainTest.question();
        for (int i = 0; i < row.flags().size(); i++) {
            int at = arguments.indexOf(row.flags().get(i));
            boolean once = !row.flags().get(i).equals("--identity-policy-file");
            if (at < 0 || !once) arguments.add(row.flags().get(i));
            else arguments.set(at + 1, row.flags().get(++i));
        }
        return arguments.toArray(String[]::new);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void text_is_as_agreed(Case row) throws IOException {
        Cli.Ended plain = Cli.run(arguments(row));
        assertThat(plain.code()).as(plain.err()).isZero();
        Golden.check(row.name() + ".txt", plain.out());

        Cli.Ended coloured = Cli.onTerminal(arguments(row));
        Golden.check(row.name() + "-in-colour.txt", coloured.out());
        assertThat(coloured.out().replaceAll("\u001B\\[[0-9;]*m", "")).isEqualTo(plain.out());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void text_fits_80_columns_and_loses_nothing(Case row) {
        String out = Cli.run(arguments(row)).out();
        assertThat(out.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(out).doesNotContain("…");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void json_is_the_row_of_the_batch_form_without_id(Case row) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(arguments(row)));
        arguments.addAll(List.of("-o", "json"));
        Cli.Ended ended = Cli.run(arguments.toArray(String[]::new));
        assertThat(ended.code()).isZero();
        Golden.check(row.name() + ".json", ended.out());
    }

    @Test
    void no_color_is_respected_on_a_terminal() {
        List<String> arguments = MainTest.question("--no-color");
        assertThat(Cli.onTerminal(arguments.toArray(String[]::new)).out()).doesNotContain("\u001B");
    }

    @Test
    void a_policy_may_come_from_standard_input() throws IOException {
        byte[] policy = Files.readAllBytes(Golden.INPUT.resolve("key.json"));
        List<String> arguments = MainTest.question("--no-identity-policies", "--no-boundary");
        arguments.set(arguments.indexOf("--policy-file") + 1, "-");
        Cli.Ended ended = Cli.runOn(policy, arguments.toArray(String[]::new));
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).startsWith("DENIED");
    }

    @Test
    void repeated_context_gives_several_values_and_absent_keys_are_known() throws IOException {
        Path policy = folder.resolve("p.json");
        Files.writeString(
                policy,
                RequestText.policy(
                                RequestText.allowIf(
                                        "{'AWS':'" + RequestText.ROLE + "'}",
                                        "{'ForAnyValue:StringEquals':{'aws:TagKeys':'b'},'Null':{'aws:SourceArn':'true'}}"))
                        .replace('\'', '"'));
        String[] start = {
            "explain",
            "--principal",
            RequestText.ROLE,
            "--action",
            "kms:TagResource",
            "--key",
            RequestText.KEY,
            "--policy-file",
            policy.toString()
        };
        assertThat(run(start)).startsWith("CONDITIONAL");
        assertThat(run(start, "--context", "aws:TagKeys=a", "--context", "aws:TagKeys=b"))
                .startsWith("CONDITIONAL")
                .contains("--context aws:SourceArn=VALUE, or --context-absent aws:SourceArn");
        assertThat(
                        run(
                                start,
                                "--context",
                                "aws:TagKeys=a",
                                "--context",
                                "aws:TagKeys=b",
                                "--context-absent",
                                "aws:SourceArn"))
                .startsWith("ALLOWED");
        assertThat(run(start, "--context", "aws:TagKeys=b", "--context-complete"))
                .startsWith("ALLOWED");
        assertThat(run(start, "--context-complete")).startsWith("DENIED");
    }

    private static String run(String[] start, String... more) {
        Cli.Ended ended =
                Cli.run(
                        Stream.concat(Arrays.stream(start), Arrays.stream(more))
                                .toArray(String[]::new));
        assertThat(ended.code()).as(ended.err()).isZero();
        return ended.out();
    }

    /// A policy comes from anybody: it must not be able to move the cursor or hide a line.
    @Test
    void text_of_a_policy_cannot_control_the_terminal() throws IOException {
        Path policy = folder.resolve("evil.json");
        Files.writeString(
                policy,
                "{\"Statement\":[{\"Sid\":\"a\\u001b[31m\\u202e\",\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"kms:*\",\"Resource\":\"*\",\"Condition\":{\"StringNotLike\":{\"aws:x\":\"\u009b1m\u202e\"}}}]}",
                StandardCharsets.UTF_8);
        List<String> arguments = MainTest.question("--context", "aws:x=1");
        arguments.set(arguments.indexOf("--policy-file") + 1, policy.toString());
        String out = Cli.run(arguments.toArray(String[]::new)).out();
        assertThat(out)
                .startsWith("DENIED")
                .contains("Decided by a\\u001b[31m\\u202e, line 1 of")
                .doesNotContain("\u001B", "\u009B", "\u202E");
    }
}
