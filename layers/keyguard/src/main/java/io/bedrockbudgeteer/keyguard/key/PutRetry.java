package io.bedrockbudgeteer.keyguard.key;

import io.bedrockbudgeteer.keyguard.aws.Deadline;
import io.bedrockbudgeteer.keyguard.aws.Pace;
import io.bedrockbudgeteer.keyguard.aws.Problem;
import io.bedrockbudgeteer.keyguard.aws.Reply;
import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.finding.Rule;
import io.bedrockbudgeteer.keyguard.plan.Plan;
import io.bedrockbudgeteer.keyguard.plan.StatementChange;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Puts one plan, again and again while the reason for a refusal can pass: throttling, errors of
/// the service, and roles that are so new that KMS does not know them yet. Before each further put
/// the policy is read again.
final class PutRetry {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    // IAM User Guide, Troubleshoot IAM: changes are not always immediately visible. Seen: 10 to 60
    // seconds, rarely minutes.
    private static final Duration YOUNG = Duration.ofMinutes(15);
    // About three minutes of waiting, counted for the same reason as the reads of the editor.
    private static final int ATTEMPTS_FOR_ROLES = 24;

    private final KeyService kms;
    private final RoleAges roles;
    private final Pace pace;
    private final Deadline deadline;
    private final EditWatch watch;

    PutRetry(KeyService kms, RoleAges roles, Pace pace, Deadline deadline, EditWatch watch) {
        this.kms = kms;
        this.roles = roles;
        this.pace = pace;
        this.deadline = deadline;
        this.watch = watch;
    }

    sealed interface Outcome {}

    record Done() implements Outcome {}

    /// The policy is not the one any more that the plan was made from.
    record Changed() implements Outcome {}

    record Refused(Finding finding, Problem problem) implements Outcome {}

    /// @param mentioned the roles that the plan may name
    /// @param plannedOn the policy that the plan was made from
    Outcome put(Arn key, Plan.Change plan, Set<Arn> mentioned, KeyPolicy plannedOn) {
        for (int attempt = 1; ; attempt++) {
            watch.sending();
            Optional<Problem> problem = kms.putPolicy(key, plan.policy().text()).trouble();
            if (problem.isEmpty()) return new Done();
            Optional<Finding> end = permanent(key, plan, mentioned, problem.get());
            if (end.isPresent()) return new Refused(end.get(), problem.get());
            // Overload is waited out as long as there is time; a role that stays unknown is not.
            watch.waitsAfter(problem.get());
            boolean patienceEnds = !problem.get().isTransient() && attempt >= ATTEMPTS_FOR_ROLES;
            Look look = patienceEnds ? Look.NONE : lookAfter(attempt, key, plannedOn);
            switch (look) {
                case SAME -> {}
                case OTHER -> {
                    return new Changed();
                }
                case NONE -> {
                    return new Refused(PolicyFindings.refused(key, problem.get()), problem.get());
                }
            }
        }
    }

    /// What a policy is when it is looked at again.
    private enum Look {
        SAME,
        /// Another one, or one that cannot be read any more.
        OTHER,
        /// The time is over.
        NONE
    }

    /// Waits and reads until a read succeeds: a put without a look would undo what others have put
    /// since.
    private Look lookAfter(int attempt, Arn key, KeyPolicy plannedOn) {
        for (int wait = attempt; deadline.pause(pace.upTo(longest(wait))); wait++) {
            switch (KeyPolicyEditor.read(kms, key)) {
                case KeyPolicyEditor.Result.Good<KeyPolicy>(KeyPolicy now) -> {
                    return now.saysTheSameAs(plannedOn) ? Look.SAME : Look.OTHER;
                }
                case KeyPolicyEditor.Result.Bad<KeyPolicy>(EditResult.Failed failure)
                        when failure.problem().filter(Problem::isTransient).isPresent() -> {}
                case KeyPolicyEditor.Result.Bad<KeyPolicy> _ -> {
                    return Look.OTHER;
                }
            }
        }
        return Look.NONE;
    }

    /// The finding that ends the retries; empty when the refusal may pass.
    private Optional<Finding> permanent(
            Arn key, Plan.Change plan, Set<Arn> mentioned, Problem problem) {
        if (problem.isTransient()) return Optional.empty();
        boolean principals =
                problem.code().startsWith("MalformedPolicyDocument")
                        && problem.mentions("invalid principal");
        if (!principals) return Optional.of(PolicyFindings.refused(key, problem));
        List<Arn> named = mentioned.stream().filter(role -> names(plan, role)).toList();
        boolean young = false;
        for (Arn role : named) {
            switch (roles.createdAt(role)) {
                case Reply.Ok<Instant>(Instant made) ->
                        young |= made.isAfter(Instant.now().minus(YOUNG));
                case Reply.Failed<Instant>(Problem why)
                        when why.kind() == Problem.Kind.NOT_FOUND -> {
                    return Optional.of(
                            Finding.of(
                                    Rule.IAM001,
                                    "The role "
                                            + role
                                            + " does not exist, so the key policy cannot name it.",
                                    "Deploy the role before, or correct its ARN."));
                }
                // Whether it is new cannot be told; waiting costs time only.
                case Reply.Failed<Instant> _ -> young = true;
            }
        }
        return young ? Optional.empty() : Optional.of(PolicyFindings.refused(key, problem));
    }

    private static boolean names(Plan.Change plan, Arn role) {
        String quoted = "\"" + role + "\"";
        return plan.changes().stream()
                .filter(change -> change.kind() != StatementChange.Kind.REMOVE)
                .anyMatch(change -> change.text().contains(quoted));
    }

    private static Duration longest(int wait) {
        Duration most = FIRST_WAIT.multipliedBy(1L << Math.min(wait - 1, 10));
        return most.compareTo(LONGEST_WAIT) < 0 ? most : LONGEST_WAIT;
    }
}
