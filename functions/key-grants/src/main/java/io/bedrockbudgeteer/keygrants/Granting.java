package io.bedrockbudgeteer.keygrants;

import io.bedrockbudgeteer.keyguard.aws.OutOfTime;
import io.bedrockbudgeteer.keyguard.aws.Problem;
import io.bedrockbudgeteer.keyguard.customresource.FindingsText;
import io.bedrockbudgeteer.keyguard.customresource.Outcome;
import io.bedrockbudgeteer.keyguard.customresource.PropertyException;
import io.bedrockbudgeteer.keyguard.customresource.RequestType;
import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.finding.Rule;
import io.bedrockbudgeteer.keyguard.key.EditResult;
import io.bedrockbudgeteer.keyguard.key.KeyPolicyEditor;
import io.bedrockbudgeteer.keyguard.key.KeyValue;
import io.bedrockbudgeteer.keyguard.plan.OwnStatement;
import io.bedrockbudgeteer.keyguard.plan.Plan;
import io.bedrockbudgeteer.keyguard.plan.PlanReport;
import io.bedrockbudgeteer.keyguard.plan.Planner;
import io.bedrockbudgeteer.keyguard.plan.Situation;
import io.bedrockbudgeteer.keyguard.plan.StatementChange;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.requirement.Requirement;
import io.bedrockbudgeteer.keyguard.requirement.Requirements;
import io.bedrockbudgeteer.keyguard.requirement.StackNames;
import io.bedrockbudgeteer.keyguard.stack.StackStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Create and Update: brings the key policy to where every requirement is met, or says what is
/// missing.
final class Granting {
    // IAM answers from replicas: a role or policy that CloudFormation made a moment ago may not be
    // there yet.
    private static final int ROLE_READINGS = 6;
    private static final Duration BETWEEN_READINGS = Duration.ofSeconds(4);
    // Kept for the answer when the settle time would use up everything.
    private static final Duration AFTER_SETTLING = Duration.ofSeconds(3);

    private final Surroundings around;

    Granting(Surroundings around) {
        this.around = around;
    }

    Outcome run() {
        Outcome outcome;
        try {
            outcome = grant(GrantsProperties.of(around.request.properties(), true));
        } catch (PropertyException | IllegalArgumentException e) {
            outcome = Outcome.failure(String.valueOf(e.getMessage()));
        }
        if (outcome instanceof Outcome.Failure(Optional<?> _, String reason)
                && around.request.type() == RequestType.UPDATE
                && around.stackStatus().isRollback()) outcome = backInRollback(reason);
        if (outcome instanceof Outcome.Success) leaveOtherKey();
        return outcome instanceof Outcome.Success ? clearPreviousKey(outcome) : outcome;
    }

    /// Takes out what an earlier change of key left on the key before this one, when that is asked
    /// for.
    private Outcome clearPreviousKey(Outcome done) {
        Optional<Arn> previous = around.reachableKey(around.request.properties(), "PreviousKeyArn");
        boolean asked =
                GrantsProperties.onKeyChange(around.request.properties())
                        == GrantsProperties.OnKeyChange.REMOVE;
        if (!asked
                || previous.isEmpty()
                || previous.equals(around.reachableKey(around.request.properties()))) return done;
        Outcome cleared = new Releasing(around).removeFrom(previous.get());
        return cleared instanceof Outcome.Success || around.stackStatus().isRollback()
                ? done
                : cleared;
    }

    /// The way back to properties that were good once must not fail on what has changed since; the
    /// stack would be stuck.
    private Outcome backInRollback(String reason) {
        around.work.journal().warn("failure-ignored-in-rollback", Map.of("reason", reason));
        String key = around.request.properties().lenientText("KeyArn").orElse("");
        return Outcome.success(
                around.request.id(),
                attributes(
                        key,
                        List.of(),
                        "",
                        false,
                        FindingsText.bounded(
                                List.of("ignored in the roll-back: " + reason), 1000)));
    }

    private Outcome grant(GrantsProperties properties) {
        Arn key = key(properties.keyArn());
        List<Requirement> requirements = requirements(properties, key);
        List<Finding> findings = List.of();
        for (int reading = 1; reading <= ROLE_READINGS; reading++) {
            Attempt attempt = attempt(properties, key, requirements);
            if (attempt.done().isPresent()) return attempt.done().get();
            findings = attempt.findings();
            if (!mayBeTooEarly(findings) || reading == ROLE_READINGS) break;
            around.work.journal().info("roles-read-again", Map.of("reading", reading));
            around.work.deadline().pause(around.work.pace().of(BETWEEN_READINGS));
        }
        FindingsText.log(around.work.journal(), findings);
        return Outcome.failure(FindingsText.reason(findings));
    }

    /// @param done the outcome; empty when the findings say why there is none
    private record Attempt(Optional<Outcome> done, List<Finding> findings) {}

    private static boolean mayBeTooEarly(List<Finding> findings) {
        List<Rule> errors = findings.stream().filter(Finding::isError).map(Finding::rule).toList();
        return !errors.isEmpty()
                && errors.stream().allMatch(rule -> rule == Rule.IAM001 || rule == Rule.IAM003);
    }

    private Arn key(String text) {
        return switch (KeyValue.read(text, around.site())) {
            case KeyValue.Key(Arn arn)
                    when around.reachableKey(around.request.properties()).isPresent() ->
                    arn;
            case KeyValue.Key(Arn arn) ->
                    throw new IllegalArgumentException(
                            "The key "
                                    + arn
                                    + " is not in the stack's own partition, Region and account.");
            case KeyValue.Alias(Arn arn) ->
                    throw new IllegalArgumentException(
                            "KeyArn is the alias "
                                    + arn
                                    + "; take the KeyArn of Custom::KmsKeyCheck, which resolves it.");
            case KeyValue.Unusable(Finding finding) ->
                    throw new IllegalArgumentException(finding.line());
        };
    }

    private static List<Requirement> requirements(GrantsProperties properties, Arn key) {
        Map<String, Arn> roles = new LinkedHashMap<>();
        properties
                .roleArns()
                .forEach((purpose, text) ->
                        roles.put(
                                purpose,
                                Arn.tryParse(text)
                                        .orElseThrow(() ->
                                                new IllegalArgumentException(
                                                        "RoleArns."
                                                                + purpose
                                                                + " is not an ARN"))));
        return Requirements.of(
                new StackNames(key, properties.environment(), roles, properties.resources()));
    }

    private Attempt attempt(GrantsProperties properties, Arn key, List<Requirement> requirements) {
        return switch (new Survey(around, properties, key, requirements).look()) {
            case Survey.Result.Stopped(List<Finding> findings) ->
                    new Attempt(Optional.empty(), findings);
            case Survey.Result.Settled(KeyPolicy policy, Plan.NoChange plan) ->
                    done(policy, false, plan.findings());
            case Survey.Result.Open(Situation situation) ->
                    properties.mode() == GrantsProperties.Mode.PATCH
                            ? patch(properties, situation, requirements)
                            : compare(properties, situation, requirements);
        };
    }

    private Attempt compare(
            GrantsProperties properties, Situation situation, List<Requirement> requirements) {
        return switch (properties.plan(situation, requirements)) {
            case Plan.Refused plan -> new Attempt(Optional.empty(), plan.findings());
            case Plan.NoChange plan -> done(situation.policy(), false, plan.findings());
            case Plan.Change plan -> {
                List<Finding> missing = PlanReport.missing(plan, properties.environment());
                if (missing.isEmpty()) yield done(situation.policy(), false, plan.findings());
                FindingsText.log(around.work.journal(), missing);
                yield new Attempt(
                        Optional.of(
                                Outcome.failure(
                                        missingReason(
                                                plan, situation.key(), properties.environment()))),
                        missing);
            }
        };
    }

    /// All statements in one text to paste; what does not fit into a Reason is in the log.
    private static String missingReason(Plan.Change plan, Arn key, String environment) {
        List<StatementChange> missing =
                plan.changes().stream()
                        .filter(change -> change.kind() != StatementChange.Kind.REMOVE)
                        .toList();
        List<String> purposes = missing.stream().map(StatementChange::purpose).distinct().toList();
        List<String> texts = missing.stream().map(change -> change.pasteable(environment)).toList();
        return Rule.POL009.id()
                + " error: The key policy of "
                + key
                + " lacks "
                + missing.size()
                + (missing.size() == 1 ? " statement" : " statements")
                + " for "
                + String.join(", ", purposes)
                + ", and the mode is CheckOnly. Fix: add to its Statement list: "
                + String.join(", ", texts);
    }

    private Attempt patch(
            GrantsProperties properties, Situation situation, List<Requirement> requirements) {
        EditResult result = edit(properties, situation, requirements);
        List<Finding> findings = List.of();
        boolean changed = false;
        while (result instanceof EditResult.Written written) {
            if (!changed) findings = findings(written.plan());
            changed = true;
            settleAfter(written, properties);
            if (isCalledOff()) return takenOut(properties, situation);
            // Somebody who had read an old policy may have put it meanwhile, without knowing.
            if (!isMissingAgain(properties, situation, requirements))
                return done(written.after(), true, findings);
            result = edit(properties, situation, requirements);
        }
        return attempted(result, changed, findings);
    }

    /// A look that fails says nothing: what was written had been read back before.
    private boolean isMissingAgain(
            GrantsProperties properties, Situation situation, List<Requirement> requirements) {
        try {
            return KeyPolicyEditor.read(around.kms, situation.key())
                            instanceof KeyPolicyEditor.Result.Good<KeyPolicy>(KeyPolicy now)
                    && !(properties.plan(situation.with(now), requirements)
                            instanceof Plan.NoChange);
        } catch (OutOfTime _) {
            return false;
        }
    }

    private EditResult edit(
            GrantsProperties properties, Situation situation, List<Requirement> requirements) {
        return around.editor(plan ->
                        around.work.ensureFits(
                                around.request.id(),
                                attributes(
                                        situation.key().toString(),
                                        sids(plan.policy()),
                                        "0".repeat(64),
                                        false,
                                        FindingsText.attribute(findings(plan)))))
                .edit(situation, now -> properties.plan(now, requirements));
    }

    private static List<Finding> findings(Plan.Change plan) {
        List<Finding> findings = new ArrayList<>(plan.findings());
        findings.addAll(PlanReport.written(plan));
        return findings;
    }

    /// @param changed whether something was written before
    /// @param findings about that
    private Attempt attempted(EditResult result, boolean changed, List<Finding> findings) {
        return switch (result) {
            case EditResult.Unchanged(KeyPolicy policy, Plan.NoChange plan) ->
                    done(policy, changed, changed ? findings : plan.findings());
            case EditResult.Written written -> done(written.after(), true, findings);
            case EditResult.Refused(Plan.Refused plan, boolean _) ->
                    new Attempt(Optional.empty(), plan.findings());
            case EditResult.Failed(List<Finding> failed, Optional<Problem> _, boolean _) ->
                    new Attempt(Optional.empty(), failed);
        };
    }

    private void settleAfter(EditResult.Written written, GrantsProperties properties) {
        around.work
                .journal()
                .info(
                        "policy-written",
                        Map.of(
                                "sha256",
                                written.after().sha256(),
                                "changes",
                                written.plan().changes().size(),
                                "repairs",
                                written.plan().repairs().size()));
        settle(properties.settle());
    }

    private Attempt takenOut(GrantsProperties properties, Situation situation) {
        around.editor(_ -> {}).edit(situation, now -> Planner.remove(now, properties.repair()));
        return new Attempt(
                Optional.of(
                        Outcome.failure(
                                "The stack is being rolled back or deleted; the statements were taken out of the key policy again.")),
                List.of());
    }

    // A Create that was cancelled, or whose stack is deleted, meets its own Delete while it still
    // runs; what it wrote since then would stay behind.
    private boolean isCalledOff() {
        if (around.request.type() != RequestType.CREATE) return false;
        StackStatus status = around.stackStatus();
        return status.isRollback() || status.isDeletion();
    }

    // The next resource uses the permission at once; KMS says "mostly under a few seconds,
    // sometimes several minutes".
    private void settle(Duration wanted) {
        Duration most = around.work.deadline().remaining().minus(AFTER_SETTLING);
        Duration wait = around.work.pace().of(wanted);
        if (wait.compareTo(most) > 0) {
            around.work
                    .journal()
                    .warn(
                            "settle-time-shortened",
                            Map.of("seconds", Math.max(0, most.toSeconds())));
            wait = most;
        }
        if (wait.isPositive()) around.work.deadline().pause(wait);
    }

    private Attempt done(KeyPolicy policy, boolean changed, List<Finding> findings) {
        FindingsText.log(around.work.journal(), findings);
        String key = around.request.properties().requiredText("KeyArn");
        return new Attempt(
                Optional.of(
                        Outcome.success(
                                around.request.id(),
                                attributes(
                                        key,
                                        sids(policy),
                                        policy.sha256(),
                                        changed,
                                        FindingsText.attribute(findings)))),
                findings);
    }

    private List<String> sids(KeyPolicy policy) {
        return Planner.ownStatements(policy, around.owner()).stream()
                .map(OwnStatement::sid)
                .toList();
    }

    private static Map<String, String> attributes(
            String key, List<String> sids, String sha256, boolean changed, String findings) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put("KeyArn", key);
        data.put("Sids", FindingsText.bounded(sids, 1400));
        data.put("PolicySha256", sha256);
        data.put("Changed", String.valueOf(changed));
        data.put("Findings", findings);
        return data;
    }

    /// After a replacement that failed, the reverse Update is the only event that knows of the
    /// other key. Best effort: what cannot be taken out there is recognisable by its Sid.
    private void leaveOtherKey() {
        String thing = around.request.properties().lenientText("KeyArn").orElse("");
        String other = around.request.oldProperties().lenientText("KeyArn").orElse("");
        if (!around.request.returnsTo(thing, other)) return;
        Optional<Arn> key = around.reachableKey(around.request.oldProperties());
        if (key.isEmpty()) return;
        String result;
        try {
            result = new Releasing(around).remove(key.get()).getClass().getSimpleName();
        } catch (OutOfTime e) {
            result = "OutOfTime";
        }
        around.work.journal().info("other-key-left", Map.of("key", key.get(), "result", result));
    }
}
