package io.bedrockbudgeteer.keyguard.cli.explain;

import io.bedrockbudgeteer.keyguard.cli.console.SafeText;
import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import io.bedrockbudgeteer.keyguard.policy.Verdict;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The rows that are written: one JSON object on one line each.
public final class Rows {

    private Rows() {}

    /// `{id, verdict, basis, decidedBy, reason}`, and `hangsOn` when the verdict is CONDITIONAL.
    ///
    /// @param id left out when empty
    public static String answer(Optional<Json> id, Verdict verdict) {
        Map<String, Object> row = new LinkedHashMap<>();
        id.ifPresent(value -> row.put("id", value));
        row.put("verdict", verdict.kind());
        row.put("basis", verdict.basis());
        row.put("decidedBy", verdict.decidedBy());
        row.put("reason", SafeText.redacted(verdict.reason()));
        if (verdict.kind() == Verdict.Kind.CONDITIONAL) row.put("hangsOn", verdict.hangsOn());
        return JsonText.object(row);
    }

    /// `{id, line, error}`.
    static String error(Optional<Json> id, long line, String problem) {
        Map<String, Object> row = new LinkedHashMap<>();
        id.ifPresent(value -> row.put("id", value));
        row.put("line", line);
        row.put("error", SafeText.redacted(problem));
        return JsonText.object(row);
    }
}
