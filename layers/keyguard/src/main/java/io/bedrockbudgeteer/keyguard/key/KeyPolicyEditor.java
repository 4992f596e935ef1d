package io.bedrockbudgeteer.keyguard.key;

import io.bedrockbudgeteer.keyguard.aws.Deadline;
import io.bedrockbudgeteer.keyguard.aws.OutOfTime;
import io.bedrockbudgeteer.keyguard.aws.Pace;
import io.bedrockbudgeteer.keyguard.aws.Problem;
import io.bedrockbudgeteer.keyguard.aws.Reply;
import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.finding.Rule;
import io.bedrockbudgeteer.keyguard.plan.OwnStatement;
import io.bedrockbudgeteer.keyguard.plan.Plan;
import io.bedrockbudgeteer.keyguard.plan.Planner;
import io.bedrockbudgeteer.keyguard.plan.Situation;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.policy.PolicySyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// Changes a key policy although KMS has no conditional write: reads, plans, reads again directly
/// before the put, puts, and reads back until the answer is the same several times. When another
/// writer comes between, the plan is made anew on what that writer left. The lock-out check of KMS
/// is never bypassed. For one request, not thread-safe.
///
/// Sources: KMS API Reference, PutKeyPolicy; KMS Developer Guide, Eventual consistency in AWS KMS.
public final class KeyPolicyEditor {
    // Each round is a full read-plan-put-verify. More rounds than this mean that somebody writes
    // all the time.
    private static final int ROUNDS = 12;
    // Before another round, so that the writer who came between can see his own write through.
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration BETWEEN_READS = Duration.ofSeconds(1);
    // Two minutes. Counted, not timed: where waits are shortened, calls still take as long as they
    // take.
    static final int READS_AT_MOST = 120;
    // Reads may be served by replicas that have not heard of the write yet.
    private static final int SAME_ANSWERS = 5;
    // In a row, for a reason that does not pass.
    private static final int REFUSED_READS = 10;
    private static final int UNDO_ATTEMPTS = 3;
    // Kept for reading back after the last put.
    private static final Duration READ_BACK_RESERVE = Duration.ofSeconds(10);

    private final KeyService kms;
    private final Deadline deadline;
    private final Deadline toPut;
    private final Pace pace;
    private final PutRetry retry;
    private final EditWatch watch;

    /// @param roles tells of a role that was made moments ago from one that does not exist
    /// @param beforeWriting called with each plan before it is written; may throw to stop
    public KeyPolicyEditor(
            KeyService kms, RoleAges roles, Pace pace, Consumer<Plan.Change> beforeWriting) {
        this(
                kms,
                roles,
                pace,
                new EditWatch() {
                    @Override
                    public void planned(Plan.Change plan) {
                        beforeWriting.accept(plan);
                    }
                });
    }

    /// @param roles tells of a role that was made moments ago from one that does not exist
    public KeyPolicyEditor(KeyService kms, RoleAges roles, Pace pace, EditWatch watch) {
        this.kms = kms;
        this.deadline = kms.deadline();
        this.pace = pace;
        this.toPut = deadline.earlierBy(READ_BACK_RESERVE);
        this.retry = new PutRetry(kms, roles, pace, toPut, watch);
        this.watch = watch;
    }

    /// Brings the policy of the situation's key to where `planner` plans nothing more.
    ///
    /// @param situation its policy is not used: the present one is read
    /// @param planner pure; asked again whenever the policy turns out to be another one
    public EditResult edit(Situation situation, Function<Situation, Plan> planner) {
        return new Edit(situation, planner).run();
    }

    /// Reads a policy text, or says why it cannot be read.
    public static Result<KeyPolicy> read(KeyService kms, Arn key) {
        return switch (kms.policy(key)) {
            case Reply.Failed<String>(Problem problem) ->
                    new Result.Bad<>(
                            new EditResult.Failed(
                                    List.of(PolicyFindings.unreadable(key, problem)),
                                    Optional.of(problem),
                                    false));
            case Reply.Ok<String>(String text) -> {
                try {
                    yield new Result.Good<>(KeyPolicy.read(text));
                } catch (PolicySyntaxException e) {
                    yield new Result.Bad<>(
                            new EditResult.Failed(
                                    List.of(PolicyFindings.lossy(key, e)),
                                    Optional.empty(),
                                    false));
                }
            }
        };
    }

    /// A policy, or the reason why there is none.
    public sealed interface Result<T> {
        record Good<T>(T value) implements Result<T> {}

        record Bad<T>(EditResult.Failed failure) implements Result<T> {}
    }

    /// A plan that was put, as far as is known.
    ///
    /// @param before the policy that it was made from: what others wrote until then is in it
    private record Sent(KeyPolicy before, Plan.Change plan) {}

    /// One run of the loop.
    private final class Edit {
        private final Situation situation;
        private final Function<Situation, Plan> planner;
        private final Arn key;
        private Optional<KeyPolicy> original = Optional.empty();
        private Optional<Sent> last = Optional.empty();

        Edit(Situation situation, Function<Situation, Plan> planner) {
            this.situation = situation;
            this.planner = planner;
            this.key = situation.key();
        }

        EditResult run() {
            for (int round = 1; round == 1 || isTimeFor(round); round++) {
                Optional<EditResult> end = guarded(this::round);
                if (end.isPresent()) return end.get();
            }
            return compensated(
                    Finding.of(
                            Rule.POL012,
                            "The key policy of "
                                    + key
                                    + " was changed by somebody else again and again while it was written.",
                            "Let one deployment at a time change this key, then repeat the operation."));
        }

        /// Waits before another round unless there is no time or no sense in one.
        private boolean isTimeFor(int round) {
            return round <= ROUNDS && toPut.pause(pace.upTo(longestBefore(round)));
        }

        private static Duration longestBefore(int round) {
            Duration most = FIRST_WAIT.multipliedBy(1L << (round - 2));
            return most.compareTo(LONGEST_WAIT) < 0 ? most : LONGEST_WAIT;
        }

        private Optional<EditResult> guarded(Supplier<Optional<EditResult>> step) {
            try {
                return step.get();
            } catch (OutOfTime e) {
                if (last.isEmpty()) throw e; // nothing was written: the caller's business
                return Optional.of(compensated(notStable()));
            }
        }

        private Optional<EditResult> round() {
            return switch (read(kms, key)) {
                case Result.Bad<KeyPolicy>(EditResult.Failed failure) ->
                        Optional.of(failed(failure));
                case Result.Good<KeyPolicy>(KeyPolicy policy) -> round(policy);
            };
        }

        private EditResult failed(EditResult.Failed failure) {
            return last.isEmpty() ? failure : compensated(failure.findings().get(0));
        }

        private Optional<EditResult> round(KeyPolicy policy) {
            return switch (planner.apply(situation.with(policy))) {
                case Plan.NoChange plan when last.isEmpty() ->
                        Optional.of(new EditResult.Unchanged(policy, plan));
                // What was written before is there, as one read has it.
                case Plan.NoChange _ -> verify(policy, policy, last.get().plan());
                case Plan.Refused plan ->
                        Optional.of(new EditResult.Refused(plan, last.isPresent()));
                case Plan.Change plan -> write(policy, plan);
            };
        }

        /// Puts the plan unless the policy has changed since; empty means: another round.
        private Optional<EditResult> write(KeyPolicy policy, Plan.Change plan) {
            watch.planned(plan);
            switch (read(kms, key)) {
                case Result.Bad<KeyPolicy>(EditResult.Failed failure) -> {
                    return Optional.of(failed(failure));
                }
                case Result.Good<KeyPolicy>(KeyPolicy now) -> {
                    if (!now.saysTheSameAs(policy)) return Optional.empty();
                }
            }
            return switch (retry.put(key, plan, situation.roles().keySet(), policy)) {
                // A put that KMS failed to confirm may have been taken all the same.
                case PutRetry.Changed _ -> {
                    sent(policy, plan);
                    yield Optional.empty();
                }
                case PutRetry.Refused(Finding finding, Problem problem) when last.isEmpty() ->
                        Optional.of(
                                new EditResult.Failed(
                                        List.of(finding), Optional.of(problem), false));
                case PutRetry.Refused(Finding finding, Problem _) ->
                        Optional.of(compensated(finding));
                case PutRetry.Done _ -> {
                    watch.taken();
                    sent(policy, plan);
                    yield verify(policy, plan.policy(), plan);
                }
            };
        }

        private void sent(KeyPolicy before, Plan.Change plan) {
            if (original.isEmpty()) original = Optional.of(before);
            last = Optional.of(new Sent(before, plan));
        }

        /// Reads until the same answer came several times. Empty means: somebody else wrote,
        /// another round.
        ///
        /// @param before what a read shows that has not heard of the write yet
        private Optional<EditResult> verify(KeyPolicy before, KeyPolicy written, Plan.Change plan) {
            int same = 0;
            int refused = 0;
            KeyPolicy expected = written;
            Finding trouble = notStable();
            for (int read = 1; same < SAME_ANSWERS; read++) {
                if (read > READS_AT_MOST
                        || !watch.isPatient()
                        || !deadline.pause(pace.of(BETWEEN_READS)))
                    return Optional.of(compensated(trouble));
                KeyPolicy now;
                switch (read(kms, key)) {
                    case Result.Good<KeyPolicy>(KeyPolicy policy) -> now = policy;
                    // A read that fails says nothing, unless all do.
                    case Result.Bad<KeyPolicy>(EditResult.Failed failure) -> {
                        trouble = failure.findings().get(0);
                        refused = isTransient(failure) ? 0 : refused + 1;
                        if (refused == REFUSED_READS) return Optional.of(compensated(trouble));
                        continue;
                    }
                }
                refused = 0;
                trouble = notStable();
                if (now.saysTheSameAs(expected)) {
                    same++;
                    watch.readBack(same, SAME_ANSWERS);
                } else if (now.saysTheSameAs(before)) {
                    same = 0; // not heard of the write yet
                } else if (isStillMissing(now)) {
                    return Optional.empty();
                } else {
                    expected = now; // another writer kept our statements
                    same = 1;
                }
            }
            return isStillMissing(expected)
                    ? Optional.empty()
                    : Optional.of(new EditResult.Written(original.orElse(before), expected, plan));
        }

        private static boolean isTransient(EditResult.Failed failure) {
            return failure.problem().filter(Problem::isTransient).isPresent();
        }

        private boolean isStillMissing(KeyPolicy policy) {
            return !(planner.apply(situation.with(policy)) instanceof Plan.NoChange);
        }

        private Finding notStable() {
            return Finding.of(
                    Rule.POL012,
                    "The key policy of "
                            + key
                            + " was put, but did not read back as it was written within the time.",
                    "Repeat the operation; if it fails again, look in CloudTrail for another writer of this key policy (event PutKeyPolicy).");
        }

        /// Takes back what was written, as far as that is ours to decide. Best effort: what stays
        /// is undone by CloudFormation's Delete or reverse Update.
        private EditResult.Failed compensated(Finding finding) {
            EditResult.Failed failure =
                    new EditResult.Failed(List.of(finding), Optional.empty(), last.isPresent());
            if (last.isEmpty()) return failure;
            watch.takesBack();
            try {
                for (int attempt = 1; attempt <= UNDO_ATTEMPTS; attempt++) {
                    if (isUndone(last.get().plan().policy(), last.get().before())) return failure;
                    deadline.pause(pace.of(BETWEEN_READS));
                }
            } catch (OutOfTime _) {
                return failure;
            }
            return failure;
        }

        /// @return whether another attempt would not help
        private boolean isUndone(KeyPolicy put, KeyPolicy before) {
            return read(kms, key) instanceof Result.Good<KeyPolicy>(KeyPolicy now)
                    && undo(now, put, before).filter(Problem::isTransient).isEmpty();
        }

        private Optional<Problem> undo(KeyPolicy now, KeyPolicy put, KeyPolicy before) {
            if (now.saysTheSameAs(put))
                return kms.putPolicy(key, before.sendable().text()).trouble();
            // Somebody else wrote too, or a role vanished. An id of a vanished role would block
            // every later change of this policy, by anybody.
            boolean vanished =
                    ownStatements(now).stream()
                            .anyMatch(own -> own.state() == OwnStatement.State.VANISHED);
            if (ownStatements(before).isEmpty() || vanished) {
                if (Planner.remove(situation.with(now)) instanceof Plan.Change change)
                    return kms.putPolicy(key, change.policy().text()).trouble();
            }
            return Optional.empty();
        }

        private List<OwnStatement> ownStatements(KeyPolicy policy) {
            return Planner.ownStatements(policy, situation.owner());
        }
    }
}
