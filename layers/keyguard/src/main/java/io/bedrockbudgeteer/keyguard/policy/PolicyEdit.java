package io.bedrockbudgeteer.keyguard.policy;

import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Splices statements into and out of a policy text. Every byte outside the statements named stays.
/// What was appended and is removed again leaves the text as it was.
final class PolicyEdit {

    /// Between a single statement that was wrapped into an array and the first one behind it:
    /// nothing else writes a blank before this comma, so removal can tell that the array was not
    /// there before.
    private static final String WRAPPED = " ,";

    private final String text;
    private final Json node;
    private final List<Statement> statements;
    private final List<Splice> splices = new ArrayList<>();

    PolicyEdit(String text, Json node, List<Statement> statements) {
        this.text = text;
        this.node = node;
        this.statements = statements;
    }

    String apply(
            Map<Integer, Map<String, Object>> replaced,
            Set<Integer> removed,
            List<Map<String, Object>> appended) {
        replaced.forEach((index, content) -> {
            Json old = statements.get(index).json();
            splices.add(
                    new Splice(
                            old.start(),
                            old.end(),
                            JsonText.write(content, StatementLayout.of(text, old))));
        });
        if (node instanceof Json.Arr array) editArray(array, removed, appended);
        else editSingle(node, !removed.isEmpty(), appended);
        return Splice.apply(text, splices);
    }

    private void editSingle(Json single, boolean removed, List<Map<String, Object>> appended) {
        if (removed) {
            splices.add(
                    new Splice(
                            single.start(),
                            single.end(),
                            "[" + joined(appended, StatementLayout.of(text, single), ",") + "]"));
        } else if (!appended.isEmpty()) {
            String gap = StatementLayout.gapBehindSingle(text, single);
            splices.add(new Splice(single.start(), single.start(), "["));
            String first = joined(appended, StatementLayout.of(text, single), "," + gap);
            splices.add(new Splice(single.end(), single.end(), WRAPPED + gap + first + "]"));
        }
    }

    private void editArray(
            Json.Arr array, Set<Integer> removed, List<Map<String, Object>> appended) {
        List<Json> items = array.items();
        int lastKept = items.size() - 1;
        while (lastKept >= 0 && removed.contains(lastKept)) lastKept--;

        // Runs in the middle go together with the gap behind them, so that the gap in front, which
        // may mark a wrapped statement, stays.
        for (int i = 0; i < lastKept; i++) {
            if (!removed.contains(i)) continue;
            int next = i + 1;
            while (removed.contains(next)) next++;
            splices.add(new Splice(items.get(i).start(), items.get(next).start(), ""));
            i = next;
        }
        if (lastKept < 0) {
            int from = items.isEmpty() ? array.start() + 1 : items.getFirst().start();
            int to = items.isEmpty() ? from : items.getLast().end();
            splices.add(
                    new Splice(
                            from,
                            to,
                            joined(appended, StatementLayout.inEmptyArray(text, items), ", ")));
            return;
        }
        int from = items.get(lastKept).end();
        int to = items.getLast().end();
        if (appended.isEmpty() && lastKept < items.size() - 1 && wasWrapped(array, removed)) {
            splices.add(new Splice(array.start(), array.start() + 1, ""));
            splices.add(new Splice(from, array.end(), ""));
        } else if (!appended.isEmpty() || to > from) {
            String comma = "," + StatementLayout.gap(text, array);
            StringBuilder added = new StringBuilder();
            for (Map<String, Object> content : appended)
                added.append(comma)
                        .append(
                                JsonText.write(
                                        content, StatementLayout.of(text, items.get(lastKept))));
            if (!appended.isEmpty() && startsWrapped(array) && lastKept == 0 && items.size() > 1)
                added.insert(0, ' ');
            splices.add(new Splice(from, to, added.toString()));
        }
    }

    private boolean wasWrapped(Json.Arr array, Set<Integer> removed) {
        List<Json> items = array.items();
        return startsWrapped(array)
                && items.getLast().end() == array.end() - 1
                && !removed.contains(0)
                && removed.size() == items.size() - 1;
    }

    private boolean startsWrapped(Json.Arr array) {
        List<Json> items = array.items();
        return items.size() > 1
                && items.getFirst().start() == array.start() + 1
                && text.startsWith(WRAPPED, items.getFirst().end());
    }

    private static String joined(
            List<Map<String, Object>> contents, JsonText.Layout layout, String gap) {
        return String.join(
                gap, contents.stream().map(content -> JsonText.write(content, layout)).toList());
    }
}
