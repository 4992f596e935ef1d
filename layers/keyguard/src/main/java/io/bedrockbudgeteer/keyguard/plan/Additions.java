package io.bedrockbudgeteer.keyguard.plan;

import io.bedrockbudgeteer.keyguard.policy.Caller;
import io.bedrockbudgeteer.keyguard.policy.PolicyRules;
import io.bedrockbudgeteer.keyguard.policy.Statement;
import io.bedrockbudgeteer.keyguard.policy.Verdict;
import io.bedrockbudgeteer.keyguard.requirement.Requirement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Decides which requirements get a statement of ours. Asked of the policy without our statements,
/// so that the answer does not depend on what an earlier run wrote; and without those of other
/// stacks, because they go when their stack goes.
final class Additions {
    private final AccessTable table;
    private final RoleStatements roles;
    private final PolicyRules foreign;
    private final Set<String> ownPurposes = new HashSet<>();

    Additions(Situation situation, AccessTable table, RoleStatements roles) {
        this.table = table;
        this.roles = roles;
        for (OwnStatement own : OwnStatement.in(situation.policy(), situation.owner()))
            if (own.isMovable()) ownPurposes.add(own.purpose());
        this.foreign = foreign(situation);
    }

    /// The policy without our statements and those of other stacks.
    static PolicyRules foreign(Situation situation) {
        Set<Integer> passing =
                new HashSet<>(OwnStatement.movable(situation.policy(), situation.owner()));
        String own = situation.owner().hash();
        for (Statement statement : situation.policy().statements())
            if (OwnSid.ownerOf(statement)
                    .filter(hash -> !hash.equals(own) && !Owner.isLasting(hash))
                    .isPresent()) passing.add(statement.index());
        return situation.policy().rules().without(passing);
    }

    List<Wanted> wanted(List<Requirement> requirements) {
        List<Wanted> wanted = new ArrayList<>();
        for (Requirement requirement : requirements)
            if (isWanted(requirement))
                wanted.add(
                        new Wanted(
                                requirement.purpose(), requirement.statement(), requirement.why()));
        return wanted;
    }

    private boolean isWanted(Requirement requirement) {
        boolean service = requirement.caller() instanceof Caller.Service;
        if (!service && roles == RoleStatements.ALWAYS) return true;
        List<AccessRow> rows = table.rows(foreign, requirement);
        if (rows.stream().allMatch(row -> isEnough(row.verdict(), service))) {
            // A statement of ours for a service stays even where somebody else's would do: that one
            // is often the wide one which
            // POL019 asks to take out, and then nothing must break.
            return service && ownPurposes.contains(requirement.purpose());
        }
        return !isUpToIam(requirement, rows) && wouldHelp(requirement, rows);
    }

    /// Whether a service uses a grant to its principal where AWS prints a key-policy statement is
    /// not documented, so that such a grant does not stand in for the statement.
    private static boolean isEnough(Verdict verdict, boolean service) {
        return verdict.isAllowed() && !(service && verdict.basis().equals("grant"));
    }

    /// Whether the key policy gives all that is missing as soon as IAM does: then the IAM policy is
    /// the smaller change.
    private boolean isUpToIam(Requirement requirement, List<AccessRow> rows) {
        if (requirement.caller() instanceof Caller.Service) return false;
        List<Verdict> withFullIam = table.verdictsWithFullIam(foreign, requirement);
        for (int i = 0; i < rows.size(); i++)
            if (!rows.get(i).verdict().isAllowed() && !withFullIam.get(i).isAllowed()) return false;
        return true;
    }

    /// Whether any answer gets better, at least once IAM lets it: against a Deny no Allow helps.
    private boolean wouldHelp(Requirement requirement, List<AccessRow> before) {
        PolicyRules with = foreign.with(OwnSid.parsed(requirement.statement()));
        boolean service = requirement.caller() instanceof Caller.Service;
        List<AccessRow> after = table.rows(with, requirement);
        List<Verdict> withFullIam =
                service ? List.of() : table.verdictsWithFullIam(with, requirement);
        for (int i = 0; i < before.size(); i++) {
            Verdict was = before.get(i).verdict();
            if (!isEnough(was, service) && isEnough(after.get(i).verdict(), service)) return true;
            if (isBetter(after.get(i).verdict(), was)
                    || (!withFullIam.isEmpty() && isBetter(withFullIam.get(i), was))) return true;
        }
        return false;
    }

    private static boolean isBetter(Verdict after, Verdict before) {
        if (after.kind() != before.kind()) return rank(after) > rank(before);
        return after.hangsOn().size() < before.hangsOn().size();
    }

    private static int rank(Verdict verdict) {
        return switch (verdict.kind()) {
            case ALLOWED -> 3;
            case CONDITIONAL -> 2;
            case UNKNOWN -> 1;
            case DENIED -> 0;
        };
    }
}
