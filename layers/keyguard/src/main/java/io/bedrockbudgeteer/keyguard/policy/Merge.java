package io.bedrockbudgeteer.keyguard.policy;

import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Allow statements that one statement could stand for without giving more or less: they are the
/// same but for the Principal, or but for the Action. A proposal for people; nothing is merged
/// here. Source: IAM User Guide, Policy evaluation logic (Allow statements add up).
///
/// @param statements at least two, in document order
/// @param difference in what they differ, apart from the Sid
/// @param saves how many characters shorter the policy would be, white space left aside
public record Merge(List<Statement> statements, Difference difference, int saves) {

    /// In what statements differ.
    public enum Difference {
        /// One says what the other says.
        NOTHING,
        PRINCIPAL,
        ACTION
    }

    public Merge {
        statements = List.copyOf(statements);
    }

    /// What can be merged in a policy, the largest saving first. No statement is in two of them, so
    /// that the savings add up.
    ///
    /// @param candidates what may be merged at all
    public static List<Merge> in(KeyPolicy policy, Predicate<Statement> candidates) {
        List<Statement> open =
                policy.statements().stream().filter(Merge::isPlain).filter(candidates).toList();
        List<Merge> found = new ArrayList<>();
        for (List<Statement> group : groups(open, "Principal")) found.add(byPrincipal(group));
        for (List<Statement> group : groups(open, "Action"))
            found.add(merged(group, "Action", Difference.ACTION));
        Set<Integer> used = new HashSet<>();
        return found.stream()
                .filter(merge -> merge.saves > 0)
                .sorted(
                        Comparator.comparingInt(Merge::saves)
                                .reversed()
                                .thenComparingInt(merge -> merge.statements.getFirst().index()))
                .filter(merge -> merge.isApartFrom(used))
                .toList();
    }

    private boolean isApartFrom(Set<Integer> used) {
        if (statements.stream().anyMatch(statement -> used.contains(statement.index())))
            return false;
        for (Statement statement : statements) used.add(statement.index());
        return true;
    }

    /// An Allow with Principal and Action that does something and is understood.
    private static boolean isPlain(Statement statement) {
        return statement.isAllow()
                && statement.problems().isEmpty()
                && !statement.isIneffective()
                && statement.orphanIds().isEmpty()
                && statement.json() instanceof Json.Obj object
                && object.members().get("Principal") instanceof Json.Obj
                && object.members().containsKey("Action");
    }

    private static List<List<Statement>> groups(List<Statement> statements, String element) {
        Map<String, List<Statement>> groups = new LinkedHashMap<>();
        for (Statement statement : statements)
            groups.computeIfAbsent(
                            Canonical.without(statement.json(), Set.of("Sid", element)),
                            _ -> new ArrayList<>())
                    .add(statement);
        return groups.values().stream().filter(group -> group.size() > 1).toList();
    }

    private static Merge byPrincipal(List<Statement> group) {
        boolean same = group.stream().map(Statement::principalSha256).distinct().count() == 1;
        return merged(group, "Principal", same ? Difference.NOTHING : Difference.PRINCIPAL);
    }

    private static Merge merged(List<Statement> group, String element, Difference difference) {
        Map<String, Object> content = new LinkedHashMap<>(members(group.getFirst()));
        if (difference != Difference.NOTHING)
            content.put(element, union(group.stream().map(s -> members(s).get(element)).toList()));
        // Each statement but the first takes its comma along.
        int apart = group.size() - 1;
        for (Statement statement : group) apart += statement.shortestLength();
        String together = PolicyText.sendable(JsonText.object(content));
        int length = together.getBytes(StandardCharsets.UTF_8).length;
        return new Merge(group, difference, apart - length);
    }

    private static Map<String, Json> members(Statement statement) {
        return ((Json.Obj) statement.json()).members();
    }

    private static Object union(List<Json> values) {
        if (!(values.getFirst() instanceof Json.Obj)) return flat(values);
        Map<String, List<Json>> kinds = new LinkedHashMap<>();
        for (Json value : values)
            ((Json.Obj) value)
                    .members()
                    .forEach((kind, names) ->
                            kinds.computeIfAbsent(kind, _ -> new ArrayList<>()).add(names));
        Map<String, Object> union = new LinkedHashMap<>();
        kinds.forEach((kind, names) -> union.put(kind, flat(names)));
        return union;
    }

    private static Object flat(List<Json> values) {
        Set<String> names = new LinkedHashSet<>();
        for (Json value : values)
            for (Json item : value instanceof Json.Arr list ? list.items() : List.of(value))
                names.add(item instanceof Json.Str text ? text.value() : JsonText.write(item));
        return names.size() == 1 ? names.iterator().next() : names;
    }
}
