package io.bedrockbudgeteer.keyguard.plan;

import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.plan.PolicyChange.Aim;
import io.bedrockbudgeteer.keyguard.plan.PolicyChange.Intent;
import io.bedrockbudgeteer.keyguard.policy.Actions;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.Caller;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.policy.PolicyRules;
import io.bedrockbudgeteer.keyguard.requirement.Requirement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Computes the smallest safe change of a key policy. Pure: the same input gives the same plan,
/// byte for byte.
///
/// Only statements of the owner are added, changed or taken out. An added Allow can take nothing
/// away from anybody, and what it gives is what it says; so nothing is lost and every gain has a
/// statement of ours behind it.
public final class Planner {

    private Planner() {}

    /// What must be added or changed so that every requirement is allowed. What we wrote for
    /// requirements that are gone is taken out.
    ///
    /// @param additional further statements asked for by the user, as JSON objects without Sid
    public static Plan add(
            Situation situation,
            List<Requirement> requirements,
            RoleStatements roles,
            List<String> additional) {
        return add(situation, requirements, roles, additional, Repair.NONE);
    }

    /// As [#add(Situation, List, RoleStatements, List)].
    ///
    /// @param repair what may be taken out of statements of others, in the same write: while it is
    ///   there, KMS refuses every text
    public static Plan add(
            Situation situation,
            List<Requirement> requirements,
            RoleStatements roles,
            List<String> additional,
            Repair repair) {
        return bring(situation, requirements, roles, additional, new Intent(Aim.ADD, repair));
    }

    /// As [#add], where nothing will be written: what only stops a write is a warning, and the
    /// caller need not be allowed to write. A [Plan.Change] tells what is missing;
    /// [PlanReport#missing] puts it into words.
    public static Plan check(
            Situation situation,
            List<Requirement> requirements,
            RoleStatements roles,
            List<String> additional) {
        return check(situation, requirements, roles, additional, Repair.NONE);
    }

    /// As [#check(Situation, List, RoleStatements, List)], for a write with this repair.
    public static Plan check(
            Situation situation,
            List<Requirement> requirements,
            RoleStatements roles,
            List<String> additional,
            Repair repair) {
        return bring(situation, requirements, roles, additional, new Intent(Aim.CHECK, repair));
    }

    /// What keeps the caller of the situation from writing a policy; empty when nothing does.
    /// POL008 when it may not, POL015 when that cannot be decided here.
    public static Optional<Finding> whatStopsTheCaller(Situation situation, KeyPolicy changed) {
        return WritePermission.of(new AccessTable(situation), situation, changed);
    }

    /// Whether grants could make a difference: a role is not surely allowed what it needs by the
    /// policy without our statements and by IAM. What services need, grants never stand in for.
    ///
    /// @param situation without grants
    public static boolean hangsOnGrants(Situation situation, List<Requirement> requirements) {
        AccessTable table = new AccessTable(situation);
        PolicyRules foreign = Additions.foreign(situation);
        return requirements.stream()
                .filter(requirement -> !(requirement.caller() instanceof Caller.Service))
                .flatMap(requirement -> table.rows(foreign, requirement).stream())
                .anyMatch(row -> !row.verdict().isAllowed());
    }

    /// Whether IAM gives nobody access to the key, and every requirement of a role has a statement
    /// of ours that stands as it was written.
    public static boolean rolesHaveStatements(
            KeyPolicy policy, Arn key, Owner owner, List<Requirement> requirements) {
        if (PolicyHealth.delegatesToIam(policy, key)) return false;
        Set<String> purposes =
                OwnStatement.in(policy, owner).stream()
                        .filter(own -> own.state() == OwnStatement.State.INTACT)
                        .map(OwnStatement::purpose)
                        .collect(Collectors.toSet());
        return requirements.stream()
                .filter(requirement -> !(requirement.caller() instanceof Caller.Service))
                .map(Requirement::purpose)
                .allMatch(purposes::contains);
    }

    private static Plan bring(
            Situation situation,
            List<Requirement> requirements,
            RoleStatements roles,
            List<String> additional,
            Intent intent) {
        AccessTable table = new AccessTable(situation);
        List<Wanted> wanted =
                new ArrayList<>(new Additions(situation, table, roles).wanted(requirements));
        AdditionalStatements further =
                AdditionalStatements.read(additional, situation.policy().hasVariables());
        wanted.addAll(further.wanted());
        return new PolicyChange(situation, table, requirements, further.findings(), intent)
                .to(wanted);
    }

    /// Takes out exactly our statements.
    public static Plan remove(Situation situation) {
        return remove(situation, Repair.NONE);
    }

    /// As [#remove(Situation)], and repairs in the same write when there is one.
    public static Plan remove(Situation situation, Repair repair) {
        return reduce(situation, List.of(), repair);
    }

    /// Reduces our statements to kms:Decrypt, for a key that is no longer used for new data but
    /// still protects old data.
    public static Plan keepDecrypt(Situation situation) {
        return keepDecrypt(situation, Repair.NONE);
    }

    /// As [#keepDecrypt(Situation)], and repairs in the same write when there is one.
    public static Plan keepDecrypt(Situation situation, Repair repair) {
        List<Wanted> wanted = new ArrayList<>();
        for (OwnStatement own : OwnStatement.in(situation.policy(), situation.owner()))
            if (own.state() == OwnStatement.State.INTACT && allowsDecrypt(own))
                wanted.add(decryptOnly(own));
        return reduce(situation, wanted, repair);
    }

    private static Plan reduce(Situation situation, List<Wanted> wanted, Repair repair) {
        return new PolicyChange(
                        situation,
                        new AccessTable(situation),
                        List.of(),
                        List.of(),
                        new Intent(Aim.REMOVE, repair))
                .to(wanted);
    }

    /// The statements in a policy that carry the owner's Sids, in document order.
    public static List<OwnStatement> ownStatements(KeyPolicy policy, Owner owner) {
        return OwnStatement.in(policy, owner);
    }

    private static boolean allowsDecrypt(OwnStatement own) {
        return own.statement().actions().stream()
                .flatMap(actions -> actions.patterns().stream())
                .anyMatch(pattern -> Actions.covers(pattern, "kms:Decrypt"));
    }

    private static Wanted decryptOnly(OwnStatement own) {
        Map<String, Object> content =
                new LinkedHashMap<>(((Json.Obj) own.statement().json()).members());
        content.remove("Sid");
        content.replace("Action", "kms:Decrypt");
        return new Wanted(
                own.purpose(), content, "Old data still needs it; new data uses another key.");
    }
}
