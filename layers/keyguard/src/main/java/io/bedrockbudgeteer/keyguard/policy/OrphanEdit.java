package io.bedrockbudgeteer.keyguard.policy;

import io.bedrockbudgeteer.keyguard.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Takes the unique ids of principals that no longer exist out of the Principal of statements.
/// Every other byte stays. An id means nobody, so nobody gains or loses access. Source: IAM User
/// Guide, AWS JSON policy elements: Principal.
final class OrphanEdit {
    private final String text;
    private final List<Splice> splices = new ArrayList<>();

    private OrphanEdit(String text) {
        this.text = text;
    }

    /// @param indices statements with a Principal that keeps at least one name
    static String apply(String text, List<Statement> statements, Set<Integer> indices) {
        OrphanEdit edit = new OrphanEdit(text);
        for (Statement statement : statements)
            if (indices.contains(statement.index())
                    && statement.json() instanceof Json.Obj object
                    && object.get("Principal").orElse(null) instanceof Json.Obj kinds)
                edit.principal(kinds, Set.copyOf(statement.orphanIds()));
        return Splice.apply(text, edit.splices);
    }

    private void principal(Json.Obj kinds, Set<String> ids) {
        Json names = kinds.get("AWS").orElse(null);
        if (names instanceof Json.Arr list
                && !list.items().stream().allMatch(item -> isOne(item, ids)))
            items(list.items(), ids);
        else if (names != null) member(kinds, names);
    }

    private static boolean isOne(Json item, Set<String> ids) {
        return item instanceof Json.Str name && ids.contains(name.value());
    }

    /// A run of ids goes with the gap behind it, the last run with the gap before it.
    private void items(List<Json> items, Set<String> ids) {
        int lastKept = -1;
        for (int i = 0; i < items.size(); i++) {
            if (isOne(items.get(i), ids)) continue;
            if (i > lastKept + 1)
                splices.add(new Splice(items.get(lastKept + 1).start(), items.get(i).start(), ""));
            lastKept = i;
        }
        if (lastKept < items.size() - 1)
            splices.add(new Splice(items.get(lastKept).end(), items.getLast().end(), ""));
    }

    /// The whole member goes: an empty list cannot be stored.
    private void member(Json.Obj kinds, Json names) {
        List<Json> values = List.copyOf(kinds.members().values());
        int at = values.indexOf(names);
        splices.add(
                at < values.size() - 1
                        ? new Splice(nameStart(names), nameStart(values.get(at + 1)), "")
                        : new Splice(values.get(at - 1).end(), names.end(), ""));
    }

    /// Where the name of a member begins: in front of its value stand a colon, white space and a
    /// string. The four kinds of principals have no quotation mark in them.
    private int nameStart(Json value) {
        int closing = text.lastIndexOf('"', value.start() - 1);
        return text.lastIndexOf('"', closing - 1);
    }
}
