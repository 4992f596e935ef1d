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
    private static final int ROUNDS = 5;
    private static final Duration BETWEEN_READS = Duration.ofSeconds(1);
    // Two minutes. Counted, not timed: where waits are shortened, calls still take as long as they
    // take.
    static final int READS_AT_MOST = 120;
    // Reads may be served by replicas that have not heard of the write yet.
    private static final int SAME_ANSWERS = 5;
    private static final int UNDO_ATTEMPTS = 3;
    // Kept for reading back after the last put of a propagation wait.
    private static final Duration READ_BACK_RESERVE = Duration.ofSeconds(10);

    private final KeyService kms;
    private final Deadline deadline;
    private final Pace pace;
    private final PutRetry retry;
    private final Consumer<Plan.Change> beforeWriting;

    /// @param roles tells of a role that was made moments ago from one that does not exist
    /// @param beforeWriting called with each plan before it is written; may throw to stop
    public KeyPolicyEditor(
            KeyService kms, RoleAges roles, Pace pace, Consumer<Plan.Change> beforeWriting) {
        this.kms = kms;
        this.deadline = kms.deadline();
        this.pace = pace;
        this.retry = new PutRetry(kms, roles, pace, deadline.earlierBy(READ_BACK_RESERVE));
        this.beforeWriting = beforeWriting;
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

    /// One run of the loop.
    private final class Edit {
        private final Situation situation;
        private final Function<Situation, Plan> planner;
        private final Arn key;
        private Optional<KeyPolicy> original = Optional.empty();
        private Optional<KeyPolicy> lastPut = Optional.empty();
        private Optional<Plan.Change> lastPlan = Optional.empty();

        Edit(Situation situation, Function<Situation, Plan> planner) {
            this.situation = situation;
            this.planner = planner;
            this.key = situation.key();
        }

        EditResult run() {
            for (int round = 1; round <= ROUNDS; round++) {
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

        private Optional<EditResult> guarded(Supplier<Optional<EditResult>> step) {
            try {
                return step.get();
            } catch (OutOfTime e) {
                if (lastPut.isEmpty()) throw e; // nothing was written: the caller's business
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
            return lastPut.isEmpty() ? failure : compensated(failure.findings().get(0));
        }

        private Optional<EditResult> round(KeyPolicy policy) {
            return switch (planner.apply(situation.with(policy))) {
                case Plan.NoChange plan -> Optional.of(done(policy, plan));
                case Plan.Refused plan ->
                        Optional.of(new EditResult.Refused(plan, lastPut.isPresent()));
                case Plan.Change plan -> write(policy, plan);
            };
        }

        private EditResult done(KeyPolicy policy, Plan.NoChange plan) {
            if (original.isPresent() && lastPlan.isPresent())
                return new EditResult.Written(original.get(), policy, lastPlan.get());
            return new EditResult.Unchanged(policy, plan);
        }

        /// Puts the plan unless the policy has changed since; empty means: another round.
        private Optional<EditResult> write(KeyPolicy policy, Plan.Change plan) {
            beforeWriting.accept(plan);
            switch (read(kms, key)) {
                case Result.Bad<KeyPolicy>(EditResult.Failed failure) -> {
                    return Optional.of(failed(failure));
                }
                case Result.Good<KeyPolicy>(KeyPolicy now) -> {
                    if (!now.saysTheSameAs(policy)) return Optional.empty();
                }
            }
            return switch (retry.put(key, plan, situation.roles().keySet(), policy)) {
                case PutRetry.Changed _ -> Optional.empty();
                case PutRetry.Refused(Finding finding, Problem problem) when lastPut.isEmpty() ->
                        Optional.of(
                                new EditResult.Failed(
                                        List.of(finding), Optional.of(problem), false));
                case PutRetry.Refused(Finding finding, Problem _) ->
                        Optional.of(compensated(finding));
                case PutRetry.Done _ -> {
                    if (original.isEmpty()) original = Optional.of(policy);
                    lastPut = Optional.of(plan.policy());
                    lastPlan = Optional.of(plan);
                    yield verify(policy, plan);
                }
            };
        }

        /// Reads until the same answer came several times. Empty means: somebody else wrote,
        /// another round.
        private Optional<EditResult> verify(KeyPolicy before, Plan.Change plan) {
            int same = 0;
            KeyPolicy expected = plan.policy();
            for (int read = 1; same < SAME_ANSWERS; read++) {
                if (read > READS_AT_MOST || !deadline.pause(pace.of(BETWEEN_READS)))
                    return Optional.of(compensated(notStable()));
                if (!(read(kms, key) instanceof Result.Good<KeyPolicy>(KeyPolicy now)))
                    continue; // a read that fails says nothing
                if (now.saysTheSameAs(expected)) {
                    same++;
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
                    new EditResult.Failed(List.of(finding), Optional.empty(), lastPut.isPresent());
            if (lastPut.isEmpty() || original.isEmpty()) return failure;
            try {
                for (int attempt = 1; attempt <= UNDO_ATTEMPTS; attempt++) {
                    if (isUndone(lastPut.get(), original.get())) return failure;
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
