package io.bedrockbudgeteer.keygrants;

import io.bedrockbudgeteer.keyguard.aws.Problem;
import io.bedrockbudgeteer.keyguard.aws.Reply;
import io.bedrockbudgeteer.keyguard.customresource.FindingsText;
import io.bedrockbudgeteer.keyguard.customresource.Outcome;
import io.bedrockbudgeteer.keyguard.customresource.Properties;
import io.bedrockbudgeteer.keyguard.customresource.PropertyException;
import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.key.EditResult;
import io.bedrockbudgeteer.keyguard.key.KeyFacts;
import io.bedrockbudgeteer.keyguard.key.KeyPolicyEditor;
import io.bedrockbudgeteer.keyguard.plan.Plan;
import io.bedrockbudgeteer.keyguard.plan.PlanReport;
import io.bedrockbudgeteer.keyguard.plan.Planner;
import io.bedrockbudgeteer.keyguard.plan.Repair;
import io.bedrockbudgeteer.keyguard.plan.Situation;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.IdentityAccess;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.stack.StackStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Delete: takes our statements out of the key policy, reduces them to what old data needs, or
/// leaves them, depending on why the Delete came. Only what this stack and logical id own is
/// touched, whatever physical id the event carries.
final class Releasing {
    // A Delete may follow at once on a Create that failed while it wrote, and a read may be served
    // by a replica that has not heard of it. KMS Developer Guide, Eventual consistency in AWS KMS.
    private static final int LOOKS = 3;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Surroundings around;

    Releasing(Surroundings around) {
        this.around = around;
    }

    private enum Rule {
        REMOVE,
        KEEP_DECRYPT,
        KEEP
    }

    Outcome run() {
        Optional<Arn> key = around.reachableKey(around.request.properties());
        if (key.isEmpty()) {
            around.work
                    .journal()
                    .warn(
                            "nothing-located",
                            Map.of("missing", "a KeyArn of this account and Region"));
            return Outcome.gone();
        }
        if (isGone(key.get())) return Outcome.gone();
        Rule rule = rule();
        around.work.journal().info("release", Map.of("key", key.get(), "rule", rule.name()));
        return switch (rule) {
            case KEEP -> Outcome.gone();
            case REMOVE -> outcome(remove(key.get()), key.get());
            case KEEP_DECRYPT ->
                    outcome(edit(key.get(), now -> Planner.keepDecrypt(now, repair())), key.get());
        };
    }

    // A key that is going away takes its policy with it.
    private boolean isGone(Arn key) {
        return switch (around.kms.describe(key)) {
            case Reply.Ok<KeyFacts>(KeyFacts facts) -> facts.isPendingDeletion();
            case Reply.Failed<KeyFacts>(Problem problem) ->
                    problem.kind() == Problem.Kind.NOT_FOUND;
        };
    }

    /// The event does not say why it came; the stack does.
    private Rule rule() {
        StackStatus status = around.stackStatus();
        around.work.journal().info("stack-status", Map.of("status", status));
        Properties properties = around.request.properties();
        try {
            if (status.isRollback())
                return Rule.REMOVE; // a stack that fails leaves the key as it was
            if (status.isDeletion())
                return GrantsProperties.onDelete(properties) == GrantsProperties.OnDelete.KEEP
                        ? Rule.KEEP
                        : Rule.REMOVE;
            if (status.isCleanUp())
                return GrantsProperties.onKeyChange(properties)
                                == GrantsProperties.OnKeyChange.REMOVE
                        ? Rule.REMOVE
                        : Rule.KEEP_DECRYPT;
        } catch (PropertyException e) {
            around.work
                    .journal()
                    .warn(
                            "properties-not-understood",
                            Map.of("reason", String.valueOf(e.getMessage())));
        }
        return Rule.KEEP_DECRYPT; // never take away what data may need
    }

    /// Takes everything of ours out of a key that is not the stack's key any more.
    Outcome removeFrom(Arn key) {
        return isGone(key) ? Outcome.gone() : outcome(remove(key), key);
    }

    EditResult remove(Arn key) {
        return edit(key, now -> Planner.remove(now, repair()));
    }

    private Repair repair() {
        try {
            return GrantsProperties.repair(around.request.properties());
        } catch (PropertyException e) {
            return Repair.NONE;
        }
    }

    private EditResult edit(Arn key, Function<Situation, Plan> planner) {
        for (int look = 1; ; look++) {
            Optional<EditResult> result = edit(key, planner, look == LOOKS);
            if (result.isPresent()) return result.get();
            around.work.deadline().pause(around.work.pace().of(BETWEEN_LOOKS));
        }
    }

    /// @return empty when nothing of ours is there and it is not the last look
    private Optional<EditResult> edit(
            Arn key, Function<Situation, Plan> planner, boolean isLastLook) {
        return switch (KeyPolicyEditor.read(around.kms, key)) {
            case KeyPolicyEditor.Result.Bad<KeyPolicy>(EditResult.Failed failure) ->
                    Optional.of(failure);
            case KeyPolicyEditor.Result.Good<KeyPolicy>(KeyPolicy policy) -> {
                // Nothing of ours: no need to ask IAM who we are.
                if (Planner.ownStatements(policy, around.owner()).isEmpty())
                    yield isLastLook
                            ? Optional.of(
                                    new EditResult.Unchanged(
                                            policy, new Plan.NoChange(List.of(), List.of())))
                            : Optional.empty();
                Situation situation =
                        new Situation(key, policy, Map.of(), List.of(), caller(), around.owner());
                yield Optional.of(around.editor(_ -> {}).edit(situation, planner));
            }
        };
    }

    private IdentityAccess caller() {
        return around.work
                .environment()
                .get("GUARD_ROLE_ARN")
                .flatMap(Arn::tryParse)
                .map(arn -> around.roleReader().read(arn).access())
                .orElseGet(() ->
                        IdentityAccess.unknown(
                                Arn.parse(
                                        "arn:"
                                                + around.site().partition()
                                                + ":iam::"
                                                + around.site().account()
                                                + ":role/unknown"),
                                "GUARD_ROLE_ARN is not set"));
    }

    private Outcome outcome(EditResult result, Arn key) {
        return switch (result) {
            case EditResult.Unchanged _ -> Outcome.gone();
            case EditResult.Written(KeyPolicy _, KeyPolicy _, Plan.Change plan) -> {
                FindingsText.log(around.work.journal(), PlanReport.written(plan));
                yield Outcome.gone();
            }
            case EditResult.Refused(Plan.Refused plan, boolean _) -> byHand(plan.findings(), key);
            case EditResult.Failed(List<Finding> _, Optional<Problem> problem, boolean _)
                    when problem.filter(found -> found.kind() == Problem.Kind.NOT_FOUND)
                            .isPresent() ->
                    Outcome.gone();
            case EditResult.Failed(List<Finding> findings, Optional<Problem> _, boolean _) ->
                    byHand(findings, key);
        };
    }

    private Outcome byHand(List<Finding> findings, Arn key) {
        FindingsText.log(around.work.journal(), findings);
        return Outcome.failure(
                "The statements of this stack could not be taken out of the key policy. "
                        + FindingsText.reason(findings)
                        + " By hand: take the statements whose Sid begins with BedrockBudgeteer and that name this stack's resources out of the policy of "
                        + key
                        + ", then delete the stack again; or delete it and retain this resource.");
    }
}
