package io.bedrockbudgeteer.keyguard.cli.write;

import io.bedrockbudgeteer.keyguard.aws.Problem;
import io.bedrockbudgeteer.keyguard.cli.console.Progress;
import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.finding.Rule;
import io.bedrockbudgeteer.keyguard.key.EditResult;
import io.bedrockbudgeteer.keyguard.key.EditWatch;
import io.bedrockbudgeteer.keyguard.plan.Plan;
import io.bedrockbudgeteer.keyguard.plan.Situation;
import io.bedrockbudgeteer.keyguard.plan.StatementChange;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/// Follows one edit: lets only the plan through that was shown, saves the policy directly before it
/// is replaced, shows progress, and keeps the [Gate] informed.
final class Writing implements EditWatch {

    /// The plan is not the one that was shown; nothing was written.
    static final class AnotherPlan extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final Plan.Change shown;
    private final Function<Situation, Plan> planner;
    private final Gate gate;
    private final Progress progress;
    private final Consumer<KeyPolicy> save;
    private KeyPolicy plannedOn;
    private KeyPolicy before;
    private Optional<Plan.Change> written = Optional.empty();
    private boolean taken;

    Writing(
            Plan.Change shown,
            Situation situation,
            Function<Situation, Plan> planner,
            Gate gate,
            Progress progress,
            Consumer<KeyPolicy> save) {
        this.shown = shown;
        this.planner = planner;
        this.gate = gate;
        this.progress = progress;
        this.save = save;
        this.plannedOn = situation.policy();
        this.before = situation.policy();
    }

    /// The policy directly before the first write.
    KeyPolicy before() {
        return before;
    }

    /// The plan that was sent last.
    Optional<Plan.Change> written() {
        return written;
    }

    /// As the planner, but once something was written a plan that goes beyond what was shown is
    /// refused.
    Plan plan(Situation now) {
        plannedOn = now.policy();
        Plan plan = planner.apply(now);
        if (taken && plan instanceof Plan.Change change && !isPartOfShown(change))
            return new Plan.Refused(
                    plan.before(),
                    List.of(
                            Finding.of(
                                    Rule.POL012,
                                    "The key policy of "
                                            + now.key()
                                            + " was changed by somebody else while it was written, so that more would have to change than was shown.",
                                    "Look at the plan again, and repeat the operation.")));
        return plan;
    }

    private boolean isPartOfShown(Plan.Change plan) {
        return changes(shown).containsAll(changes(plan))
                && shown.repairs().containsAll(plan.repairs());
    }

    /// Kind, Sid and text: the reason may be another.
    private static Set<List<Object>> changes(Plan.Change plan) {
        Set<List<Object>> all = new HashSet<>();
        for (StatementChange change : plan.changes())
            all.add(List.of(change.kind(), change.sid(), change.text()));
        return all;
    }

    @Override
    public void planned(Plan.Change plan) {
        if (!taken) {
            if (!changes(plan).equals(changes(shown)) || !plan.repairs().equals(shown.repairs()))
                throw new AnotherPlan();
            before = plannedOn;
            save.accept(plannedOn);
        }
        written = Optional.of(plan);
    }

    @Override
    public void sending() {
        gate.sending();
        progress.stage("writing the key policy");
    }

    @Override
    public void waitsAfter(Problem problem) {
        if (Refusal.isSure(problem)) gate.refused();
        else gate.kept();
        progress.stage("KMS has not taken it (" + problem.code() + "); it is tried again");
    }

    @Override
    public void taken() {
        taken = true;
        gate.kept();
        progress.stage("the key policy was written; reading it back");
    }

    @Override
    public void readBack(int same, int wanted) {
        progress.count("reading the key policy back: " + same + " of " + wanted);
    }

    @Override
    public boolean isPatient() {
        return gate.isPatient();
    }

    @Override
    public void takesBack() {
        progress.stage("taking back what was written");
    }

    /// The edit is over.
    void end(EditResult result) {
        if (result
                        instanceof
                        EditResult.Failed(List<Finding> _, Optional<Problem> problem, boolean _)
                && problem.filter(Refusal::isSure).isPresent()) gate.refused();
    }
}
