package io.bedrockbudgeteer.keyguard.plan;

import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.plan.PolicyChange.Aim;
import io.bedrockbudgeteer.keyguard.policy.Actions;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.requirement.Requirement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        return add(situation, requirements, roles, additional, Aim.ADD);
    }

    /// As [#add], where nothing will be written: what only stops a write is a warning, and the
    /// caller need not be allowed to write. A [Plan.Change] tells what is missing;
    /// [PlanReport#missing] puts it into words.
    public static Plan check(
            Situation situation,
            List<Requirement> requirements,
            RoleStatements roles,
            List<String> additional) {
        return add(situation, requirements, roles, additional, Aim.CHECK);
    }

    private static Plan add(
            Situation situation,
            List<Requirement> requirements,
            RoleStatements roles,
            List<String> additional,
            Aim aim) {
        AccessTable table = new AccessTable(situation);
        List<Wanted> wanted =
                new ArrayList<>(new Additions(situation, table, roles).wanted(requirements));
        AdditionalStatements further =
                AdditionalStatements.read(additional, situation.policy().hasVariables());
        wanted.addAll(further.wanted());
        return new PolicyChange(situation, table, requirements, further.findings(), aim).to(wanted);
    }

    /// Takes out exactly our statements.
    public static Plan remove(Situation situation) {
        return new PolicyChange(
                        situation, new AccessTable(situation), List.of(), List.of(), Aim.REMOVE)
                .to(List.of());
    }

    /// Reduces our statements to kms:Decrypt, for a key that is no longer used for new data but
    /// still protects old data.
    public static Plan keepDecrypt(Situation situation) {
        List<Wanted> wanted = new ArrayList<>();
        for (OwnStatement own : OwnStatement.in(situation.policy(), situation.owner()))
            if (own.state() == OwnStatement.State.INTACT && allowsDecrypt(own))
                wanted.add(decryptOnly(own));
        return new PolicyChange(
                        situation, new AccessTable(situation), List.of(), List.of(), Aim.REMOVE)
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
