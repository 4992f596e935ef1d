package io.bedrockbudgeteer.keyguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.testing.AwsError;
import io.bedrockbudgeteer.keyguard.testing.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// keyguard create: a whole key, or nothing but one that is scheduled for deletion.
class CreateTest {
    private static final String ALIAS =
            "arn:aws:kms:eu-central-1:111122223333:alias/bedrock-budgeteer";

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

    private Cli.Ended create(String... more) {
        List<String> arguments = new ArrayList<>(List.of("create", "--region", Scene.REGION));
        arguments.addAll(List.of(more));
        return scene.run(arguments.toArray(String[]::new));
    }

    private List<String> made() {
        return scene.aws.kms.keys().stream().filter(arn -> !arn.equals(scene.key)).toList();
    }

    private boolean isWhole(String key) {
        return scene.aws.kms.get(key, "KeyState").equals("Enabled")
                && scene.aws.kms.rotates(key)
                && scene.aws.kms.aliases().containsValue(key)
                && KeyPolicy.read(scene.aws.kms.policy(key)).statements().size() > 1;
    }

    @Test
    void a_key_is_made_with_policy_rotation_alias_and_tags() throws IOException {
        Cli.Ended ended = create("--yes", "--tag", "team=ml", "--tag", "cost=42");
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(made()).hasSize(1).allMatch(this::isWhole);
        String key = made().getFirst();
        assertThat(scene.aws.kms.aliases()).containsEntry(ALIAS, key);
        assertThat(scene.aws.kms.get(key, "Description"))
                .isEqualTo("Bedrock Budgeteer, production");
        assertThat(scene.aws.kms.tags(key).toString())
                .isEqualTo("[{TagKey=team, TagValue=ml}, {TagKey=cost, TagValue=42}]");
        assertThat(scene.aws.kms.puts()).isEmpty();
        Golden.check("create.txt", Scene.withoutChanges(ended.out()));
    }

    /// The fake takes no empty list, as that would need the permission to tag.
    @Test
    void without_tags_none_are_sent() {
        assertThat(create("--yes").code()).isZero();
        assertThat(scene.aws.kms.tags(made().getFirst())).isEmpty();
    }

    @Test
    void the_key_needs_no_further_statement() {
        assertThat(create("--yes", "--environment", "staging").code()).isZero();
        String key = made().getFirst();
        assertThat(scene.aws.kms.aliases()).containsKey(ALIAS + "-staging");
        assertThat(scene.run("apply", "--key", key, "--environment", "staging", "--dry-run").out())
                .contains("No changes.");
        assertThat(
                        scene.run(
                                        "remove",
                                        "--key",
                                        key,
                                        "--environment",
                                        "staging",
                                        "--yes",
                                        "--backup",
                                        folder + "/b.json")
                                .code())
                .isZero();
        assertThat(KeyPolicy.read(scene.aws.kms.policy(key)).statements()).hasSize(1);
    }

    @Test
    void a_dry_run_makes_nothing() {
        Cli.Ended ended = create("--dry-run");
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).endsWith("Nothing was made (--dry-run).\n");
        assertThat(scene.aws.calls()).containsExactly("sts:GetCallerIdentity", "kms:DescribeKey");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no\n", "", "y\n"})
    void everything_but_yes_is_a_no(String typed) {
        scene.typing(typed);
        Cli.Ended ended = create();
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).contains("Only 'yes' is accepted:").endsWith("Nothing was made.\n");
        assertThat(made()).isEmpty();
    }

    @Test
    void an_alias_that_is_there_is_not_overwritten() {
        scene.aws.kms.newAlias("bedrock-budgeteer", scene.key);
        Scene.oneLine(
                create("--yes"),
                2,
                "the alias alias/bedrock-budgeteer is there already, for " + scene.key,
                "--alias another name");
        assertThat(made()).isEmpty();
        assertThat(create("--yes", "--alias", "alias/other").code()).isZero();
    }

    @Test
    void an_alias_that_somebody_else_makes_meanwhile_is_left_to_him() {
        scene.aws.faults(call -> {
            if (call.operation().equals("kms:CreateAlias"))
                scene.aws.kms.newAlias("bedrock-budgeteer", scene.key);
            return Optional.empty();
        });
        Cli.Ended ended = create("--yes");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(scene.aws.kms.aliases()).containsExactly(Map.entry(ALIAS, scene.key));
        onlyScheduled();
        assertThat(ended.err()).contains("AlreadyExistsException");
    }

    private void onlyScheduled() {
        assertThat(made())
                .hasSize(1)
                .allMatch(key -> scene.aws.kms.get(key, "KeyState").equals("PendingDeletion"));
        assertThat(scene.aws.kms.aliases()).doesNotContainValue(made().getFirst());
    }

    /// What can go wrong with a call.
    ///
    /// @param passes whether another attempt helps
    record Trouble(String name, Fault fault, boolean passes) {
        @Override
        public String toString() {
            return name;
        }
    }

    record Case(String operation, Trouble trouble, boolean always) {
        @Override
        public String toString() {
            return operation + " " + trouble + (always ? " always" : " once");
        }
    }

    private static final List<Trouble> TROUBLES =
            List.of(
                    new Trouble(
                            "denied",
                            new Fault.Refused(AwsError.accessDenied("not authorized")),
                            false),
                    new Trouble(
                            "over the limit",
                            new Fault.Refused(
                                    new AwsError(400, "LimitExceededException", "too many")),
                            false),
                    new Trouble(
                            "throttled",
                            new Fault.Refused(new AwsError(400, "ThrottlingException", "Rate")),
                            true),
                    new Trouble(
                            "internal",
                            new Fault.Refused(new AwsError(500, "KMSInternalException", "oops")),
                            true),
                    new Trouble(
                            "not known yet",
                            new Fault.Refused(
                                    new AwsError(400, "NotFoundException", "no such key")),
                            true),
                    new Trouble("hangs up before", new Fault.Reset(false), true),
                    new Trouble("hangs up after", new Fault.Reset(true), true));

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (String operation :
                List.of("kms:CreateKey", "kms:EnableKeyRotation", "kms:CreateAlias"))
            for (Trouble trouble : TROUBLES)
                for (boolean always : List.of(true, false))
                    cases.add(new Case(operation, trouble, always));
        return cases;
    }

    @Test
    void no_case_has_disappeared() {
        assertThat(cases()).hasSize(3 * 7 * 2);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void when_a_call_fails_there_is_a_whole_key_or_one_that_goes(Case trial) {
        AtomicInteger calls = new AtomicInteger();
        scene.aws.faults(call ->
                call.operation().equals(trial.operation())
                                && (trial.always() || calls.incrementAndGet() == 1)
                        ? Optional.of(trial.trouble().fault())
                        : Optional.empty());
        Cli.Ended ended = create("--yes");
        boolean one = trial.operation().equals("kms:CreateKey"); // asked for once only
        // The answer got lost each time, but it was done at the first.
        boolean done =
                trial.trouble().fault() instanceof Fault.Reset(boolean taken)
                        && taken
                        && trial.operation().equals("kms:CreateAlias");
        boolean good = !one && trial.trouble().passes() && (!trial.always() || done);
        if (good) {
            assertThat(ended.code()).as(ended.err()).isZero();
            assertThat(made()).hasSize(1).allMatch(this::isWhole);
        } else {
            assertThat(ended.code()).as(ended.err()).isEqualTo(2);
            assertThat(ended.err()).contains(trial.operation() + " failed: ");
            if (!one) onlyScheduled();
            else if (trial.trouble().fault() instanceof Fault.Reset
                    || trial.trouble().name().equals("internal"))
                assertThat(ended.err())
                        .contains("whether a key was made is not known")
                        .contains("aws cloudtrail lookup-events");
            else assertThat(ended.err()).endsWith("keyguard: nothing was made\n");
        }
    }

    @Test
    void a_key_that_does_not_read_back_is_taken_back() {
        scene.aws.faults(call -> {
            if (call.operation().equals("kms:GetKeyRotationStatus"))
                scene.aws.kms.rotates(made().getFirst(), false);
            return Optional.empty();
        });
        Cli.Ended ended = create("--yes");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err())
                .contains("rotation is off")
                .contains("is scheduled for deletion on 2026-03-08T12:00:00Z")
                .contains("nothing else is left of it");
        onlyScheduled();
    }

    @Test
    void what_may_not_be_read_back_is_said() {
        scene.aws.faults(call ->
                call.operation().equals("kms:GetKeyRotationStatus")
                        ? Optional.of(new Fault.Refused(AwsError.accessDenied("not authorized")))
                        : Optional.empty());
        Cli.Ended ended = create("--yes");
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.err())
                .contains(
                        "not allowed: kms:GetKeyRotationStatus (to see whether the key rotates); this was"
                                + " not read back");
    }

    static List<String> waysBack() {
        return List.of("kms:DeleteAlias", "kms:ScheduleKeyDeletion");
    }

    @ParameterizedTest
    @MethodSource("waysBack")
    void when_the_way_back_is_blocked_the_command_for_it_is_printed(String operation) {
        scene.aws.faults(call -> {
            if (call.operation().equals("kms:GetKeyPolicy") || call.operation().equals(operation))
                return Optional.of(
                        new Fault.Refused(new AwsError(400, "LimitExceededException", "no")));
            return Optional.empty();
        });
        Cli.Ended ended = create("--yes");
        String key = made().getFirst();
        assertThat(ended.code()).isEqualTo(2);
        if (operation.equals("kms:DeleteAlias"))
            assertThat(ended.err())
                    .contains(
                            "the alias alias/bedrock-budgeteer may be left (kms:DeleteAlias failed")
                    .contains("aws kms delete-alias \\\n    --alias-name alias/bedrock-budgeteer")
                    .contains("the key " + key + " is scheduled for deletion");
        else
            assertThat(ended.err())
                    .contains("the key " + key + " is left (kms:ScheduleKeyDeletion failed")
                    .contains("aws kms schedule-key-deletion \\\n    --key-id ")
                    .contains("--pending-window-in-days 7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kms:DeleteAlias", "kms:ScheduleKeyDeletion"})
    void the_way_back_outlasts_a_lost_answer(String operation) {
        AtomicInteger calls = new AtomicInteger();
        scene.aws.faults(call -> {
            if (call.operation().equals("kms:GetKeyPolicy"))
                return Optional.of(
                        new Fault.Refused(new AwsError(400, "LimitExceededException", "no")));
            return call.operation().equals(operation) && calls.incrementAndGet() == 1
                    ? Optional.of(new Fault.Reset(true))
                    : Optional.empty();
        });
        Cli.Ended ended = create("--yes");
        assertThat(ended.err()).contains("nothing else is left of it");
        onlyScheduled();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kms:CreateKey",
                "kms:EnableKeyRotation",
                "kms:CreateAlias",
                "kms:GetKeyPolicy"
            })
    void ctrl_c_while_it_works_takes_everything_back(String operation) {
        AtomicInteger calls = new AtomicInteger();
        scene.aws.faults(call -> {
            if (call.operation().equals(operation) && calls.incrementAndGet() == 1)
                scene.interrupt();
            return Optional.empty();
        });
        Cli.Ended ended = create("--yes");
        assertThat(ended.err()).contains("interrupted while the key is made; taking it back");
        if (operation.equals("kms:GetKeyPolicy")) {
            // The last call: everything is there, and that is said.
            assertThat(ended.code()).isEqualTo(130);
            assertThat(made()).allMatch(this::isWhole);
            assertThat(ended.out()).contains("The key was made: ");
        } else {
            assertThat(ended.code()).isEqualTo(130);
            assertThat(ended.err()).contains("nothing else is left of it");
            onlyScheduled();
        }
    }

    @Test
    void ctrl_c_before_the_first_call_makes_nothing() {
        scene.aws.faults(call -> {
            if (call.operation().equals("kms:DescribeKey")) scene.interrupt();
            return Optional.empty();
        });
        Cli.Ended ended = create("--yes");
        assertThat(ended.code()).isEqualTo(130);
        assertThat(ended.err()).isEqualTo("keyguard: interrupted; nothing was made\n");
        assertThat(made()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bedrock", "alias/aws/s3", "alias/", "alias/ä", "alias/a b"})
    void an_alias_that_kms_would_not_take_is_refused_before_anything(String name) {
        Scene.oneLine(create("--yes", "--alias", name), 2, "--alias is ", "write alias/NAME");
        assertThat(scene.aws.calls()).isEmpty();
    }

    @Test
    void when_the_alias_may_not_be_looked_at_nothing_is_made() {
        scene.aws.fail("kms:DescribeKey", 9, AwsError.accessDenied("not authorized"));
        Scene.oneLine(
                create("--yes"),
                2,
                "whether the alias alias/bedrock-budgeteer is free could not be seen",
                "Not allowed: kms:DescribeKey (to look at the key)");
        assertThat(made()).isEmpty();
    }
}
