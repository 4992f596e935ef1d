package io.bedrockbudgeteer.keyguard.plan;

import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.policy.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The new policy text: the old one with our statements brought in line with what is wanted. What
/// we wrote before and still want stays untouched; what serves the same purpose is replaced where
/// it stands; the rest goes, and what is new is appended.
///
/// @param policy the new document, as it can be sent
/// @param changes in document order of what was there, then what is new
/// @param minified whether white space of others had to go to stay within the size that KMS takes
record Draft(KeyPolicy policy, List<StatementChange> changes, boolean minified) {

    private record Named(OwnSid sid, Wanted wanted) {
        Map<String, Object> content() {
            Map<String, Object> content = new LinkedHashMap<>();
            content.put("Sid", sid.toString());
            content.putAll(wanted.content());
            return content;
        }
    }

    static Draft of(KeyPolicy policy, Owner owner, List<Wanted> wanted) {
        List<OwnStatement> own = OwnStatement.in(policy, owner);
        List<Named> missing = name(policy, own, owner, wanted);

        List<OwnStatement> superfluous = new ArrayList<>();
        for (OwnStatement statement : own) {
            if (!statement.isMovable()) continue;
            boolean stays =
                    statement.state() == OwnStatement.State.INTACT
                            && missing.removeIf(
                                    named -> named.sid().toString().equals(statement.sid()));
            if (!stays) superfluous.add(statement);
        }

        Map<Integer, Map<String, Object>> replaced = new LinkedHashMap<>();
        Set<Integer> removed = new HashSet<>();
        List<StatementChange> changes = new ArrayList<>();
        Map<String, Named> changed = new LinkedHashMap<>();
        for (OwnStatement old : superfluous) {
            Named successor =
                    missing.stream()
                            .filter(named -> named.sid().basePurpose().equals(old.purpose()))
                            .findFirst()
                            .orElse(null);
            if (successor == null) {
                removed.add(old.statement().index());
                changes.add(
                        new StatementChange(
                                StatementChange.Kind.REMOVE,
                                old.sid(),
                                old.purpose(),
                                old.statement().text(),
                                "It is not needed any more."));
            } else {
                missing.remove(successor);
                replaced.put(old.statement().index(), successor.content());
                changed.put(successor.sid().toString(), successor);
            }
        }
        List<Map<String, Object>> appended = missing.stream().map(Named::content).toList();
        KeyPolicy edited = policy.sendable().edit(replaced, removed, appended);
        Set<String> written = new HashSet<>(changed.keySet());
        for (Named named : missing) written.add(named.sid().toString());
        Fitted fitted = Fitted.of(edited, written, owner);
        KeyPolicy result = fitted.policy();
        changed.forEach(
                (sid, named) -> changes.add(change(StatementChange.Kind.CHANGE, result, named)));
        for (Named named : missing) changes.add(change(StatementChange.Kind.ADD, result, named));
        return new Draft(result, List.copyOf(changes), fitted.minified());
    }

    /// Gives each wanted statement a Sid that no statement that stays has. The same statement
    /// wanted twice is written once.
    private static List<Named> name(
            KeyPolicy policy, List<OwnStatement> own, Owner owner, List<Wanted> wanted) {
        Set<Integer> movable = new HashSet<>();
        for (OwnStatement statement : own)
            if (statement.isMovable()) movable.add(statement.statement().index());
        Set<String> taken = new HashSet<>();
        for (Statement statement : policy.statements())
            if (!movable.contains(statement.index())) statement.sid().ifPresent(taken::add);

        List<Named> named = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Wanted statement : wanted) {
            OwnSid sid = OwnSid.of(statement.purpose(), owner, statement.content());
            if (!seen.add(sid.toString())) continue;
            for (int i = 2; taken.contains(sid.toString()); i++)
                sid = sid.withPurpose(statement.purpose() + i);
            taken.add(sid.toString());
            named.add(new Named(sid, statement));
        }
        return named;
    }

    private static StatementChange change(
            StatementChange.Kind kind, KeyPolicy result, Named named) {
        String sid = named.sid().toString();
        Statement written =
                result.statements().stream()
                        .filter(statement -> statement.sid().filter(sid::equals).isPresent())
                        .findFirst()
                        .orElseThrow();
        return new StatementChange(
                kind, sid, named.wanted().purpose(), written.text(), named.wanted().reason());
    }
}
