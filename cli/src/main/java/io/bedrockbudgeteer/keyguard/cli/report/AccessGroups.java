package io.bedrockbudgeteer.keyguard.cli.report;

import io.bedrockbudgeteer.keyguard.plan.AccessRow;
import io.bedrockbudgeteer.keyguard.policy.Actions;
import io.bedrockbudgeteer.keyguard.policy.KmsActions;
import io.bedrockbudgeteer.keyguard.policy.Verdict;
import io.bedrockbudgeteer.keyguard.requirement.Requirement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/// Rows of the access table that say the same, put together: for each principal one group per
/// answer and deciding statement.
final class AccessGroups {

    /// @param verdict the answer
    /// @param decision which statement decides, and why
    /// @param actions as requirements write them where all that a pattern stands for is meant; with
    ///   what they are about where that makes a difference
    record Group(Verdict.Kind verdict, String decision, List<String> actions) {}

    private record Answer(Verdict.Kind kind, String decision) {}

    private record Asked(Requirement requirement, String action) {}

    private final Places places;
    private final boolean withLines;

    private AccessGroups(Places places, boolean withLines) {
        this.places = places;
        this.withLines = withLines;
    }

    /// @param withLines whether the lines mean something to the reader, because there is a file
    /// @return groups by principal, in the order of the rows
    static Map<String, List<Group>> of(List<AccessRow> rows, Places places, boolean withLines) {
        AccessGroups groups = new AccessGroups(places, withLines);
        Map<String, List<AccessRow>> byPrincipal = new LinkedHashMap<>();
        for (AccessRow row : rows)
            byPrincipal
                    .computeIfAbsent(
                            row.requirement().caller().displayName(), _ -> new ArrayList<>())
                    .add(row);
        Map<String, List<Group>> grouped = new LinkedHashMap<>();
        byPrincipal.forEach((principal, own) -> grouped.put(principal, groups.of(own)));
        return grouped;
    }

    private List<Group> of(List<AccessRow> rows) {
        Map<Answer, List<AccessRow>> byAnswer = new LinkedHashMap<>();
        Map<Asked, Set<Answer>> answers = new LinkedHashMap<>();
        for (AccessRow row : rows) {
            Answer answer = new Answer(row.verdict().kind(), decision(row.verdict()));
            byAnswer.computeIfAbsent(answer, _ -> new ArrayList<>()).add(row);
            answers.computeIfAbsent(
                            new Asked(row.requirement(), row.action()), _ -> new LinkedHashSet<>())
                    .add(answer);
        }
        List<Group> groups = new ArrayList<>();
        byAnswer.forEach((answer, own) ->
                groups.add(new Group(answer.kind(), answer.decision(), actions(own, answers))));
        return groups;
    }

    private static List<String> actions(List<AccessRow> rows, Map<Asked, Set<Answer>> answers) {
        Map<Requirement, Set<String>> whole = new LinkedHashMap<>();
        Set<String> names = new TreeSet<>();
        for (AccessRow row : rows) {
            boolean same =
                    answers.getOrDefault(new Asked(row.requirement(), row.action()), Set.of())
                                    .size()
                            == 1;
            if (same || row.resource().isEmpty())
                whole.computeIfAbsent(row.requirement(), _ -> new LinkedHashSet<>())
                        .add(row.action());
            else names.add(row.action() + " for " + row.resource());
        }
        whole.forEach((requirement, actions) -> names.addAll(shortened(requirement, actions)));
        // The pattern of one requirement may say what another one names.
        return names.stream()
                .filter(name ->
                        names.stream()
                                .noneMatch(other ->
                                        !other.equals(name) && Actions.covers(other, name)))
                .toList();
    }

    private static Set<String> shortened(Requirement requirement, Set<String> actions) {
        Set<String> names = new LinkedHashSet<>();
        for (String action : actions)
            names.add(
                    requirement.actions().stream()
                            .filter(pattern ->
                                    Actions.covers(pattern, action)
                                            && actions.containsAll(
                                                    KmsActions.expand(List.of(pattern))))
                            .findFirst()
                            .orElse(action));
        return names;
    }

    /// Without the principal and the action, which stand beside it.
    private String decision(Verdict verdict) {
        return switch (verdict.basis()) {
            case "explicit-deny" -> named(verdict) + " denies it";
            case "implicit-deny" -> "nothing: " + tail(verdict, ": ");
            case "delegated" -> named(verdict) + ", and IAM";
            case "condition" ->
                    named(verdict) + "; hangs on " + String.join(", ", verdict.hangsOn());
            case "unsupported" ->
                    verdict.decidedBy().isEmpty()
                            ? verdict.reason()
                            : named(verdict) + ": " + tail(verdict, "; ");
            default -> named(verdict);
        };
    }

    private String named(Verdict verdict) {
        OptionalInt line = withLines ? places.line(verdict.decidedBy()) : OptionalInt.empty();
        return verdict.decidedBy() + (line.isPresent() ? " (line " + line.getAsInt() + ")" : "");
    }

    private static String tail(Verdict verdict, String separator) {
        String reason = verdict.reason();
        int at = reason.indexOf(separator);
        return (at < 0 ? reason : reason.substring(at + separator.length()))
                .replaceFirst("\\.$", "");
    }
}
