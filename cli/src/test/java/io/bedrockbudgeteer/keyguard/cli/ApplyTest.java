package io.bedrockbudgeteer.keyguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.json.JsonReader;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.testing.AwsError;
import io.bedrockbudgeteer.keyguard.testing.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// keyguard apply: shows, asks, saves, writes, verifies.
class ApplyTest {
    static final String FOREIGN =
            "{\"Sid\":\"Theirs\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:root\"},\"Action\":\"kms:ListGrants\",\"Resource\":\"*\"}";

    @TempDir private Path folder = Path.of(".");

    private Scene scene = new Scene(folder);

    @BeforeEach
    void open() {
        scene.close();
        scene = new Scene(folder);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private int statements() {
        return KeyPolicy.read(scene.policy()).statements().size();
    }

    /// As KMS writes it out.
    private static String read(String policy) {
        return JsonText.pretty(JsonReader.read(policy));
    }

    @Test
    void the_plan_is_shown_and_written_and_the_old_policy_is_saved_first() throws IOException {
        String old = scene.policy();
        String plan = scene.run("plan", "--key", scene.key).out();
        Cli.Ended ended = scene.on("apply", "--yes");
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).startsWith(plan);
        assertThat(statements()).isGreaterThan(KeyPolicy.read(old).statements().size());
        assertThat(Files.readString(scene.backup())).isEqualTo(read(old));
        Golden.check("apply.txt", scene.neutral(Scene.withoutChanges(ended.out())));
        Golden.check("apply-progress.txt", ended.err());
    }

    @Test
    void what_is_printed_at_the_end_is_what_stands_in_the_findings_of_a_stack() {
        Cli.Ended ended = scene.wide(100_000).on("apply", "--yes");
        String end = ended.out().substring(ended.out().indexOf("was written and read back"));
        assertThat(end.lines().filter(line -> line.matches("(POL|KEY|IAM)\\d{3} .*")))
                .isNotEmpty()
                .allSatisfy(line ->
                        assertThat(line)
                                .matches("POL\\d{3} (info|warning): .*\\.")
                                .doesNotContain("Fix:"));
        assertThat(end).contains("POL017 info: Statement \"BedrockBudgeteerTrailDecrypt");
    }

    @Test
    void on_a_terminal_it_is_in_colour_and_asks() throws IOException {
        Cli.Ended ended = scene.typing("yes\n").colourful().on("apply");
        assertThat(ended.code()).as(ended.err()).isZero();
        Golden.check("apply-in-colour.txt", scene.neutral(Scene.withoutChanges(ended.out())));
        Golden.check("apply-progress-on-terminal.txt", ended.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"no\n", "y\n", "\n", "", "YES\n", "yes"})
    void everything_but_yes_is_a_no(String typed) {
        String old = scene.policy();
        Cli.Ended ended = scene.typing(typed).on("apply");
        // The end of the input right behind the word is as good as the Enter key.
        boolean agreed = typed.equals("yes");
        assertThat(ended.code()).isEqualTo(agreed ? 0 : 1);
        assertThat(scene.policy().equals(old)).isEqualTo(!agreed);
        if (!agreed) {
            assertThat(ended.out())
                    .contains("Only 'yes' is accepted:")
                    .endsWith("Nothing was written; the key policy is unchanged.\n");
            assertThat(scene.files()).isEmpty();
        }
    }

    @Test
    void without_a_terminal_it_wants_a_yes_before_it_looks_at_anything() {
        Scene.oneLine(scene.on("apply"), 2, "there is no terminal to ask on", "--yes");
        assertThat(scene.aws.calls()).isEmpty();
    }

    @Test
    void a_dry_run_shows_the_plan_and_writes_nothing() {
        Cli.Ended ended = scene.on("apply", "--dry-run");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).contains("to add,").endsWith("Nothing was written (--dry-run).\n");
        assertThat(scene.aws.kms.puts()).isEmpty();
        assertThat(scene.files()).isEmpty();
    }

    @Test
    void when_nothing_is_missing_nothing_is_asked_saved_or_written() {
        assertThat(scene.on("apply", "--yes").code()).isZero();
        int puts = scene.aws.kms.puts().size();
        Cli.Ended again = scene.typing("").run("apply", "--key", scene.key);
        assertThat(again.code()).isZero();
        assertThat(again.out()).contains("No changes.").doesNotContain("Only 'yes'");
        assertThat(scene.aws.kms.puts()).hasSize(puts);
        assertThat(scene.files()).hasSize(1);
    }

    @Test
    void the_saved_policy_is_for_its_owner_only_and_never_written_over() throws IOException {
        assertThat(scene.on("apply", "--yes").code()).isZero();
        if (Files.getFileStore(folder).supportsFileAttributeView("posix"))
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(scene.backup())))
                    .isEqualTo("rw-------");
        scene.aws.forgetCalls();
        Scene.oneLine(scene.on("apply", "--yes"), 2, "it is there already", "--backup");
        assertThat(scene.aws.calls()).isEmpty();
    }

    @Test
    void the_printed_command_puts_the_old_policy_back() {
        Cli.Ended ended = scene.on("apply", "--yes");
        assertThat(ended.out())
                .contains(
                        "To put it back:\n"
                                + "  aws kms put-key-policy \\\n"
                                + "    --key-id "
                                + Scene.KEY_ID
                                + " \\\n"
                                + "    --policy-name default --policy file://"
                                + scene.backup()
                                + " \\\n"
                                + "    --region eu-central-1\n");
    }

    @Test
    void a_statement_for_a_role_that_does_not_exist_is_not_put() {
        scene.withPolicy(Policies.NO_DELEGATION);
        Cli.Ended ended = scene.on("apply", "--yes");
        assertThat(ended.code()).as(ended.err()).isEqualTo(1);
        assertThat(ended.err())
                .contains("roles that do not exist yet")
                .contains("bedrock-budgeteer-production-lambda-execution")
                .contains("deploy the stack first");
        assertThat(scene.aws.kms.puts()).isEmpty();
        assertThat(scene.files()).isEmpty();
    }

    @Test
    void a_key_that_cannot_work_is_not_given_statements() {
        scene.aws.kms.set(scene.key, "KeyState", "Disabled");
        Cli.Ended ended = scene.on("apply", "--yes");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).startsWith("KEY008 error:").contains("aws kms enable-key");
        assertThat(scene.aws.kms.puts()).isEmpty();
    }

    /// Standard input that lets somebody else write while the question stands.
    private static InputStream meanwhile(Runnable action, String typed) {
        return new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read() {
                if (pos == 0) action.run();
                return super.read();
            }

            @Override
            public synchronized int read(byte[] to, int at, int most) {
                throw new AssertionError("a line is read byte by byte");
            }
        };
    }

    @Test
    void a_statement_of_others_that_comes_meanwhile_is_kept() {
        String theirs = withForeign(scene.policy());
        Cli.Ended ended =
                scene.typing(meanwhile(() -> scene.withPolicy(theirs), "yes\n")).on("apply");
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(scene.policy()).contains("\"Theirs\"").contains("TrailDecrypt");
        assertThat(scene.backup()).content().contains("\"Theirs\"");
    }

    static String withForeign(String policy) {
        int end = policy.lastIndexOf(']');
        return policy.substring(0, end) + "," + FOREIGN + policy.substring(end);
    }

    @Test
    void when_the_plan_is_another_one_by_then_it_is_shown_and_asked_again() {
        Cli.Ended once = scene.on("apply", "--yes");
        String done = scene.policy();
        scene.close();
        scene = new Scene(folder);
        Cli.Ended ended =
                scene.typing(
                                meanwhile(
                                        () -> scene.withPolicy(without(done, "TrailDecrypt")),
                                        "yes\nyes\n"))
                        .run("apply", "--key", scene.key, "--backup", folder + "/second.json");
        assertThat(once.code()).isZero();
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.err()).contains("changed by somebody else meanwhile");
        assertThat(ended.out()).containsSubsequence("Only 'yes'", "Plan: 1 to add", "Only 'yes'");
        assertThat(scene.policy()).contains("TrailDecrypt");
    }

    @Test
    void without_a_person_a_plan_that_was_not_shown_is_not_written() {
        assertThat(scene.on("apply", "--yes").code()).isZero();
        String done = scene.policy();
        scene.close();
        scene = new Scene(folder);
        String other = without(done, "TrailDecrypt");
        AtomicInteger reads = new AtomicInteger();
        scene.aws.faults(call -> {
            if (call.operation().equals("kms:GetKeyPolicy") && reads.incrementAndGet() == 2)
                scene.withPolicy(other);
            return Optional.empty();
        });
        Cli.Ended ended =
                scene.run(
                        "apply", "--key", scene.key, "--yes", "--backup", folder + "/second.json");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err())
                .endsWith("nothing was written; look at the new plan, and run again\n");
        assertThat(scene.policy()).isEqualTo(other);
    }

    /// Without our statement of this purpose.
    private static String without(String policy, String purpose) {
        Matcher statement =
                Pattern.compile(",\\s*\\{[^{}]*\"Sid\"\\s*:\\s*\"BedrockBudgeteer" + purpose)
                        .matcher(policy);
        assertThat(statement.find()).isTrue();
        int depth = 0;
        int end = policy.indexOf('{', statement.start());
        do {
            if (policy.charAt(end) == '{') depth++;
            if (policy.charAt(end) == '}') depth--;
            end++;
        } while (depth > 0);
        return policy.substring(0, statement.start()) + policy.substring(end);
    }

    @Test
    void a_write_that_is_denied_says_which_permission_is_missing_and_what_for() {
        String old = scene.policy();
        scene.aws.fail(
                "kms:PutKeyPolicy",
                9,
                AwsError.accessDenied("User is not authorized to perform: kms:PutKeyPolicy"));
        Cli.Ended ended = scene.on("apply", "--yes");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err())
                .contains("POL013 error:")
                .contains("Not allowed: kms:PutKeyPolicy (to write the key policy)")
                .endsWith("keyguard: the key policy is unchanged\n");
        assertThat(scene.policy()).isEqualTo(old);
    }

    @Test
    void throttling_is_waited_out() {
        scene.aws.fail("kms:PutKeyPolicy", 3, new AwsError(400, "ThrottlingException", "Rate"));
        Cli.Ended ended = scene.on("apply", "--yes");
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.err()).contains("KMS has not taken it (ThrottlingException)");
    }

    @Test
    void a_put_whose_answer_got_lost_is_verified_like_any_other() {
        AtomicBoolean lost = new AtomicBoolean();
        scene.aws.faults(call ->
                call.operation().equals("kms:PutKeyPolicy") && lost.compareAndSet(false, true)
                        ? Optional.of(new Fault.Reset(true))
                        : Optional.empty());
        assertThat(scene.on("apply", "--yes").code()).isZero();
        assertThat(scene.aws.kms.puts()).hasSize(1);
    }

    @Test
    void with_the_name_of_a_stack_the_statements_are_those_of_the_stack() {
        String stack = "arn:aws:cloudformation:eu-central-1:111122223333:stack/app/1";
        assertThat(scene.on("apply", "--yes", "--stack-name", stack).code()).isZero();
        String sids = scene.policy();
        assertThat(scene.run("remove", "--key", scene.key, "--yes").out())
                .contains("There is nothing of ours");
        assertThat(scene.policy()).isEqualTo(sids);
    }

    @Test
    void without_any_folder_to_save_in_nothing_is_written() {
        Cli.Ended ended =
                scene.run("apply", "--key", scene.key, "--yes", "--backup", folder + "/no/file");
        Scene.oneLine(ended, 2, "there is no such folder", "--backup");
        assertThat(scene.aws.calls()).isEmpty();
    }
}
