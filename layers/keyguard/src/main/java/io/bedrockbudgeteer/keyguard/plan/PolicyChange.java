package io.bedrockbudgeteer.keyguard.plan;

import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.finding.Rule;
import io.bedrockbudgeteer.keyguard.finding.Severity;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.requirement.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Brings a policy to the statements that are wanted, and lets the plan out only when every check
/// before a write has passed.
final class PolicyChange {
    private final Situation situation;
    private final List<Requirement> requirements;
    private final AccessTable table;
    private final List<Finding> findings;
    private final Aim aim;
    private final Repair repair;

    /// What a plan is for, and what else it may mend.
    record Intent(Aim aim, Repair repair) {}

    /// What the plan is for.
    enum Aim {
        /// To add what is missing.
        ADD,
        /// To tell what is missing: what only stops a write is a warning then.
        CHECK,
        /// To take ours out: what could be better elsewhere in the policy is nobody's business any
        /// more.
        REMOVE
    }

    /// @param findings found so far
    PolicyChange(
            Situation situation,
            AccessTable table,
            List<Requirement> requirements,
            List<Finding> findings,
            Intent intent) {
        this.situation = situation;
        this.requirements = requirements;
        this.table = table;
        this.findings = new ArrayList<>(findings);
        this.aim = intent.aim();
        this.repair = intent.repair();
    }

    Plan to(List<Wanted> wanted) {
        KeyPolicy old = situation.policy();
        List<AccessRow> before = table.rows(old, requirements);
        Repaired repaired = Repaired.of(old, repair, OwnStatement.movable(old, situation.owner()));
        KeyPolicy mended = repaired.policy();
        Draft draft = Draft.of(mended, situation.owner(), wanted);
        // Whoever only takes his own statements out mends nothing for its own sake.
        boolean mends = aim != Aim.REMOVE && !repaired.changes().isEmpty();
        boolean differs = !draft.changes().isEmpty() || mends;
        boolean writes = differs && aim != Aim.CHECK;

        findings.addAll(
                new Judgement(table, situation.key()).of(draft.policy().rules(), requirements));
        for (Finding finding : aboutOthers(mended)) {
            if (aim != Aim.REMOVE) findings.add(writes ? finding : withoutWrite(finding));
            else if (writes && finding.isError()) findings.add(finding);
        }
        addEdited();
        if (aim != Aim.REMOVE && !PolicyHealth.delegatesToIam(draft.policy(), situation.key()))
            findings.add(PolicyFixes.noDelegation(situation.key()));
        if (differs) {
            WriteChecks.verify(mended, draft, situation.owner());
            for (Finding finding : aboutSize(draft))
                findings.add(writes ? finding : withoutWrite(finding));
        }
        if (writes) WritePermission.of(table, situation, draft.policy()).ifPresent(findings::add);
        List<Finding> sorted = PolicyHealth.errorsFirst(findings);
        if (sorted.stream().anyMatch(Finding::isError)) return new Plan.Refused(before, sorted);
        if (!differs) return new Plan.NoChange(before, sorted);
        return new Plan.Change(
                draft.policy(),
                draft.changes(),
                repaired.changes(),
                before,
                table.rows(draft.policy(), requirements),
                sorted);
    }

    /// Everything but what we may change or take out.
    private List<Finding> aboutOthers(KeyPolicy policy) {
        return PolicyHealth.foreign(
                policy, situation.key(), OwnStatement.movable(policy, situation.owner()));
    }

    /// What only stops a write is no error where nothing is written.
    private static Finding withoutWrite(Finding finding) {
        return finding.isError() ? finding.as(Severity.WARNING) : finding;
    }

    private void addEdited() {
        for (OwnStatement own : OwnStatement.in(situation.policy(), situation.owner()))
            if (own.state() == OwnStatement.State.EDITED)
                findings.add(
                        Finding.of(
                                Rule.POL011,
                                "Statement \""
                                        + own.sid()
                                        + "\" was written by this stack and changed by somebody else since; it is left as it is.",
                                "Delete the statement when it is not meant to stay: the next update writes what is needed anew."));
    }

    private List<Finding> aboutSize(Draft draft) {
        KeyPolicy policy = draft.policy();
        int length = policy.length();
        if (length > KeyPolicy.MAX_LENGTH)
            return List.of(SizeFixes.tooLong(policy, situation.key()));
        List<Finding> found = new ArrayList<>();
        if (draft.minified()) found.add(SizeFixes.minified(length));
        Optional<Room> none =
                Room.of(policy, situation.owner())
                        .filter(room -> aim != Aim.REMOVE && room.more() == 0);
        if (none.isPresent()) found.add(SizeFixes.lastOne(policy, none.get(), situation.key()));
        else if (length >= PolicyHealth.NEARLY_FULL) found.add(SizeFixes.nearlyFull(length));
        return found;
    }
}
