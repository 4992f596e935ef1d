package io.bedrockbudgeteer.keyguard.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bedrockbudgeteer.keyguard.aws.AwsClients;
import io.bedrockbudgeteer.keyguard.aws.Deadline;
import io.bedrockbudgeteer.keyguard.aws.OutOfTime;
import io.bedrockbudgeteer.keyguard.aws.Pace;
import io.bedrockbudgeteer.keyguard.aws.Problem;
import io.bedrockbudgeteer.keyguard.aws.Reply;
import io.bedrockbudgeteer.keyguard.finding.Rule;
import io.bedrockbudgeteer.keyguard.plan.Owner;
import io.bedrockbudgeteer.keyguard.plan.Plan;
import io.bedrockbudgeteer.keyguard.plan.Planner;
import io.bedrockbudgeteer.keyguard.plan.RoleStatements;
import io.bedrockbudgeteer.keyguard.plan.Situation;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.IdentityAccess;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.requirement.Requirements;
import io.bedrockbudgeteer.keyguard.requirement.StackNames;
import io.bedrockbudgeteer.keyguard.testing.AwsError;
import io.bedrockbudgeteer.keyguard.testing.FakeAws;
import io.bedrockbudgeteer.keyguard.testing.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyPolicyEditorTest {
    private final FakeAws aws = new FakeAws();
    private final Arn key = Arn.parse(aws.kms.newKey("1234abcd-12ab-34cd-56ef-1234567890ab"));
    private final AtomicBoolean calledOff = new AtomicBoolean();
    private final Deadline deadline = Deadline.in(Duration.ofMinutes(1)).unless(calledOff::get);
    private final KeyService kms = new KeyService(AwsClients.of(aws.environment()), deadline);

    @AfterEach
    void close() {
        aws.close();
    }

    /// Says what it is told, and takes part as it is set.
    private static class Diary implements EditWatch {
        final List<String> entries = new ArrayList<>();

        @Override
        public void planned(Plan.Change plan) {
            entries.add("planned");
        }

        @Override
        public void sending() {
            entries.add("sending");
        }

        @Override
        public void waitsAfter(Problem problem) {
            entries.add("waits after " + problem.code());
        }

        @Override
        public void taken() {
            entries.add("taken");
        }

        @Override
        public void readBack(int same, int wanted) {
            entries.add(same + "/" + wanted);
        }

        @Override
        public void takesBack() {
            entries.add("takes back");
        }
    }

    private EditResult watched(EditWatch watch) {
        return new KeyPolicyEditor(kms, _ -> new Reply.Ok<>(Instant.EPOCH), new Pace(1000), watch)
                .edit(situation(), this::plan);
    }

    @Test
    void a_watch_is_told_each_step() {
        Diary diary = new Diary();
        aws.fail("kms:PutKeyPolicy", 1, new AwsError(400, "ThrottlingException", "Rate exceeded"));
        assertThat(watched(diary)).isInstanceOf(EditResult.Written.class);
        assertThat(diary.entries)
                .containsExactly(
                        "planned",
                        "sending",
                        "waits after ThrottlingException",
                        "sending",
                        "taken",
                        "1/5",
                        "2/5",
                        "3/5",
                        "4/5",
                        "5/5");
    }

    @Test
    void a_put_whose_answer_got_lost_is_read_back_like_any_other() {
        Diary diary = new Diary();
        AtomicBoolean lost = new AtomicBoolean();
        aws.faults(call ->
                call.operation().equals("kms:PutKeyPolicy") && lost.compareAndSet(false, true)
                        ? Optional.of(new Fault.Reset(true))
                        : Optional.empty());
        assertThat(watched(diary)).isInstanceOf(EditResult.Written.class);
        assertThat(aws.kms.puts()).hasSize(1);
        assertThat(diary.entries).endsWith("1/5", "2/5", "3/5", "4/5", "5/5");
    }

    @Test
    void a_watch_without_patience_has_the_write_taken_back() {
        String old = aws.kms.policy(key.toString());
        Diary diary =
                new Diary() {
                    @Override
                    public boolean isPatient() {
                        return entries.size() < 5; // two reads
                    }
                };
        assertThat(watched(diary))
                .isInstanceOfSatisfying(
                        EditResult.Failed.class, failed -> assertThat(failed.written()).isTrue());
        assertThat(diary.entries)
                .containsExactly("planned", "sending", "taken", "1/5", "2/5", "takes back");
        assertThat(
                        KeyPolicy.read(aws.kms.policy(key.toString()))
                                .saysTheSameAs(KeyPolicy.read(old)))
                .isTrue();
    }

    @Test
    void a_watch_can_stop_a_put() {
        Diary diary =
                new Diary() {
                    @Override
                    public void sending() {
                        throw new OutOfTime("called off");
                    }
                };
        assertThatThrownBy(() -> watched(diary)).isInstanceOf(OutOfTime.class);
        assertThat(aws.kms.puts()).isEmpty();
    }

    private EditResult edit(Consumer<Plan.Change> beforeWriting) {
        return new KeyPolicyEditor(
                        kms, _ -> new Reply.Ok<>(Instant.EPOCH), new Pace(1000), beforeWriting)
                .edit(situation(), this::plan);
    }

    private Situation situation() {
        IdentityAccess admin =
                IdentityAccess.of(
                        Arn.parse("arn:aws:iam::111122223333:role/admin"),
                        List.of(
                                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"kms:*\",\"Resource\":\"*\"}]}"),
                        Optional.empty());
        return new Situation(
                key,
                KeyPolicy.read(aws.kms.policy(key.toString())),
                Map.of(),
                List.of(),
                admin,
                new Owner(
                        "arn:aws:cloudformation:eu-central-1:111122223333:stack/app/1",
                        "KeyGrants"));
    }

    private Plan plan(Situation now) {
        Map<String, List<String>> resources =
                Map.of("TrailArn", List.of("arn:aws:cloudtrail:eu-central-1:111122223333:trail/t"));
        return Planner.add(
                now,
                Requirements.of(new StackNames(key, "production", Map.of(), resources)),
                RoleStatements.LEAST,
                List.of());
    }

    @Test
    void a_second_edit_writes_nothing() {
        assertThat(edit(_ -> {})).isInstanceOf(EditResult.Written.class);
        assertThat(edit(_ -> {})).isInstanceOf(EditResult.Unchanged.class);
        assertThat(aws.kms.puts()).hasSize(1);
    }

    @Test
    void the_plan_is_shown_before_it_is_written_and_can_be_stopped() {
        List<Plan.Change> seen = new ArrayList<>();
        assertThatThrownBy(() ->
                        edit(plan -> {
                            seen.add(plan);
                            throw new IllegalStateException("stop");
                        }))
                .hasMessage("stop");
        assertThat(seen).hasSize(1);
        assertThat(aws.kms.puts()).isEmpty();
    }

    @Test
    void a_fence_that_falls_before_the_put_stops_it() {
        assertThatThrownBy(() -> edit(_ -> calledOff.set(true))).isInstanceOf(OutOfTime.class);
        assertThat(aws.kms.puts()).isEmpty();
    }

    @Test
    void a_policy_that_never_reads_back_as_written_is_put_back_when_nobody_else_changed_it() {
        String old = aws.kms.policy(key.toString());
        // Reads stay stale for exactly as long as the editor waits.
        String[] stale = new String[KeyPolicyEditor.READS_AT_MOST];
        Arrays.fill(stale, old);
        aws.kms.beforePut(() -> aws.kms.staleReads(stale));
        EditResult result = edit(_ -> {});
        assertThat(result).isInstanceOf(EditResult.Failed.class);
        assertThat(((EditResult.Failed) result).findings().get(0).rule()).isEqualTo(Rule.POL012);
        assertThat(((EditResult.Failed) result).written()).isTrue();
        assertThat(aws.kms.puts()).hasSize(2);
        assertThat(
                        KeyPolicy.read(aws.kms.policy(key.toString()))
                                .saysTheSameAs(KeyPolicy.read(old)))
                .isTrue();
    }

    private static final String THEIRS =
            "{\"Sid\":\"Theirs\",\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ses.amazonaws.com\"},\"Action\":\"kms:Decrypt\",\"Resource\":\"*\",\"Condition\":{\"StringEquals\":{\"aws:SourceAccount\":\"111122223333\"}}}";

    private static String withTheirs(String policy) {
        return policy.substring(0, policy.lastIndexOf(']')) + "," + THEIRS + "]}";
    }

    private List<String> labels() {
        return KeyPolicy.read(aws.kms.policy(key.toString())).statements().stream()
                .map(statement -> statement.label())
                .toList();
    }

    private boolean isComplete() {
        KeyPolicy now = KeyPolicy.read(aws.kms.policy(key.toString()));
        return plan(situation().with(now)) instanceof Plan.NoChange;
    }

    // A replica that has not heard of the other writer shows our statements once more.
    @Test
    void what_one_late_read_shows_after_another_writer_came_between_is_not_taken_for_written() {
        String theirs = withTheirs(aws.kms.policy(key.toString()));
        String other = theirs.replace("Theirs", "TheirOther");
        aws.kms.afterPut(written -> {
            aws.kms.staleReads(other, written);
            return theirs;
        });
        assertThat(edit(_ -> {})).isInstanceOf(EditResult.Written.class);
        assertThat(aws.kms.puts()).hasSize(2);
        assertThat(labels()).contains("Theirs");
        assertThat(isComplete()).isTrue();
    }

    @Test
    void a_put_that_was_taken_although_kms_says_it_failed_is_read_back_like_any_other() {
        AtomicBoolean first = new AtomicBoolean(true);
        AwsError broken = new AwsError(500, "KMSInternalException", "oops");
        aws.faults(call ->
                call.operation().equals("kms:PutKeyPolicy") && first.getAndSet(false)
                        ? Optional.of(new Fault.Misreported(broken))
                        : Optional.empty());
        EditResult result = edit(_ -> {});
        assertThat(result).isInstanceOf(EditResult.Written.class);
        assertThat(aws.kms.puts()).hasSize(1);
        // Before the put two, after it one to see and five to be sure.
        assertThat(aws.count("kms:GetKeyPolicy")).isGreaterThanOrEqualTo(2 + 1 + 5);
        assertThat(isComplete()).isTrue();
    }

    @Test
    void a_connection_that_breaks_during_the_put_is_no_reason_to_give_up() {
        AtomicBoolean first = new AtomicBoolean(true);
        aws.faults(call ->
                call.operation().equals("kms:PutKeyPolicy") && first.getAndSet(false)
                        ? Optional.of(new Fault.Reset(false))
                        : Optional.empty());
        assertThat(edit(_ -> {})).isInstanceOf(EditResult.Written.class);
        assertThat(isComplete()).isTrue();
    }

    @Test
    void what_others_wrote_between_two_puts_of_ours_stays_when_ours_is_taken_back() {
        String theirs = withTheirs(aws.kms.policy(key.toString()));
        aws.kms.afterPut(_ -> theirs);
        // The second put is never seen, for exactly as long as the editor waits.
        String[] stale = new String[KeyPolicyEditor.READS_AT_MOST];
        Arrays.fill(stale, theirs);
        aws.kms.afterPut(written -> {
            aws.kms.staleReads(stale);
            return written;
        });
        assertThat(edit(_ -> {})).isInstanceOf(EditResult.Failed.class);
        assertThat(aws.kms.puts()).hasSize(3);
        assertThat(labels()).containsExactly("Enable IAM User Permissions", "Theirs");
    }

    @Test
    void a_policy_that_cannot_be_looked_at_after_a_failed_put_is_not_overwritten() {
        String theirs = withTheirs(aws.kms.policy(key.toString()));
        AwsError broken = new AwsError(500, "KMSInternalException", "oops");
        AtomicBoolean put = new AtomicBoolean();
        List<String> blind = new ArrayList<>();
        aws.faults(call -> {
            if (call.operation().equals("kms:PutKeyPolicy") && !put.getAndSet(true)) {
                aws.kms.policy(key.toString(), theirs); // somebody else is faster
                return Optional.of(new Fault.Refused(broken));
            }
            // The first look fails, with all attempts of the SDK.
            if (!put.get() || !call.operation().equals("kms:GetKeyPolicy")) return Optional.empty();
            if (blind.isEmpty()) blind.add(call.invocation());
            return blind.contains(call.invocation())
                    ? Optional.of(new Fault.Refused(broken))
                    : Optional.empty();
        });
        assertThat(edit(_ -> {})).isInstanceOf(EditResult.Written.class);
        assertThat(labels()).contains("Theirs");
        assertThat(isComplete()).isTrue();
    }

    @Test
    void other_writers_who_come_between_plan_and_put_many_times_are_waited_for() {
        String old = aws.kms.policy(key.toString());
        String theirs = withTheirs(old);
        for (int i = 0; i < 8; i++) aws.kms.staleReads(old, theirs);
        assertThat(edit(_ -> {})).isInstanceOf(EditResult.Written.class);
        assertThat(aws.kms.puts()).hasSize(1);
    }

    @Test
    void reads_that_are_refused_after_the_put_end_in_a_failure_that_names_them() {
        AtomicBoolean put = new AtomicBoolean();
        aws.faults(call -> {
            if (call.operation().equals("kms:PutKeyPolicy")) put.set(true);
            return put.get() && call.operation().equals("kms:GetKeyPolicy")
                    ? Optional.of(new Fault.Refused(AwsError.accessDenied("not any more")))
                    : Optional.empty();
        });
        EditResult result = edit(_ -> {});
        assertThat(((EditResult.Failed) result).findings().get(0).line())
                .startsWith("POL001 error")
                .contains("kms:GetKeyPolicy failed: AccessDeniedException: not any more");
        assertThat(((EditResult.Failed) result).written()).isTrue();
    }

    @Test
    void a_policy_that_cannot_be_read_without_loss_is_not_written() {
        aws.kms.policy(key.toString(), "!{\"Statement\":[],\"Statement\":[]}");
        Situation situation =
                new Situation(
                        key,
                        KeyPolicy.read("{\"Statement\":[]}"),
                        Map.of(),
                        List.of(),
                        IdentityAccess.unknown(key, "x"),
                        new Owner("s", "l"));
        EditResult result =
                new KeyPolicyEditor(
                                kms, _ -> new Reply.Ok<>(Instant.EPOCH), new Pace(1000), _ -> {})
                        .edit(situation, this::plan);
        assertThat(((EditResult.Failed) result).findings().get(0).rule()).isEqualTo(Rule.POL002);
        assertThat(aws.kms.puts()).isEmpty();
    }

    @Test
    void foreign_statements_are_sent_back_byte_for_byte() {
        String foreign =
                "{\"Sid\" : \"Odd\", \"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:root\"},\"Action\":[\"kms:*\"],\"Resource\":\"*\",\"Condition\":{\"Bool\":{\"aws:SecureTransport\":true}}}";
        aws.kms.policy(key.toString(), "{\"Statement\":[" + foreign + "]}");
        String read =
                KeyPolicyEditor.read(kms, key)
                                instanceof KeyPolicyEditor.Result.Good<KeyPolicy>(KeyPolicy policy)
                        ? policy.statements().get(0).text()
                        : "";
        edit(_ -> {});
        assertThat(KeyPolicy.read(aws.kms.puts().get(0)).statements().get(0).text())
                .isEqualTo(read);
    }
}
