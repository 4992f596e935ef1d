package io.bedrockbudgeteer.keyguard.plan;

import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.policy.Principals;
import io.bedrockbudgeteer.keyguard.policy.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A policy without the entries that [Repair#DEAD_ENTRIES] means, and what became of which
/// statement.
///
/// @param policy the document; what was not repaired has the bytes it had
/// @param changes in document order; empty when nothing had to be repaired
public record Repaired(KeyPolicy policy, List<Change> changes) {

    /// What happened to one statement.
    ///
    /// @param label its Sid, or its number in the policy as it was
    /// @param ids the unique ids that were taken out; empty when the statement had no Action or no
    ///   Resource
    /// @param removed whether the whole statement went
    /// @param before its JSON text as it was
    public record Change(String label, List<String> ids, boolean removed, String before) {
        public Change {
            ids = List.copyOf(ids);
        }
    }

    public Repaired {
        changes = List.copyOf(changes);
    }

    /// @param except indices of statements that are ours to rewrite anyway
    static Repaired of(KeyPolicy policy, Repair repair, Set<Integer> except) {
        List<Change> changes = new ArrayList<>();
        Set<Integer> removed = new HashSet<>();
        Set<Integer> shortened = new HashSet<>();
        for (Statement statement : policy.statements()) {
            if (except.contains(statement.index())) continue;
            List<String> ids = repair.idsIn(statement);
            boolean dead = repair.removes(statement);
            if (ids.isEmpty() && !dead) continue;
            boolean goes = dead || namesOnly(statement, ids);
            (goes ? removed : shortened).add(statement.index());
            changes.add(
                    new Change(statement.label(), dead ? List.of() : ids, goes, statement.text()));
        }
        if (changes.isEmpty()) return new Repaired(policy, changes);
        KeyPolicy repaired = policy.withoutOrphanIds(shortened).edit(Map.of(), removed, List.of());
        verify(policy, repaired, removed, shortened);
        return new Repaired(repaired, changes);
    }

    private static boolean namesOnly(Statement statement, List<String> ids) {
        return statement.principals().orElseThrow().names().stream()
                .map(Principals.Name::value)
                .allMatch(ids::contains);
    }

    /// Proves on the finished text that nothing else differs. A failure is a bug of ours, so it
    /// throws and nothing is written.
    private static void verify(
            KeyPolicy before, KeyPolicy after, Set<Integer> removed, Set<Integer> shortened) {
        List<Statement> old =
                before.statements().stream()
                        .filter(statement -> !removed.contains(statement.index()))
                        .toList();
        boolean same = old.size() == after.statements().size();
        for (int i = 0; same && i < old.size(); i++)
            same =
                    shortened.contains(old.get(i).index())
                            ? isWithoutIds(old.get(i), after.statements().get(i))
                            : old.get(i).text().equals(after.statements().get(i).text());
        Set<Integer> others = new HashSet<>(removed);
        others.addAll(shortened);
        Set<Integer> shortenedAfter = new HashSet<>();
        for (int i = 0; same && i < old.size(); i++)
            if (shortened.contains(old.get(i).index())) shortenedAfter.add(i);
        if (!same || !before.saysTheSameApartFrom(others, after, shortenedAfter))
            throw new IllegalStateException(
                    "a repair would change more than dead entries; nothing is written");
    }

    private static boolean isWithoutIds(Statement before, Statement after) {
        Set<String> ids = Set.copyOf(before.orphanIds());
        List<Principals.Name> kept =
                before.principals().orElseThrow().names().stream()
                        .filter(name -> !ids.contains(name.value()))
                        .toList();
        return after.sid().equals(before.sid())
                && after.contentSha256().equals(before.contentSha256())
                && after.principals().orElseThrow().names().equals(kept);
    }
}
