package io.bedrockbudgeteer.local.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Two key policies, statement by statement. The order of statements does not matter to KMS and is
/// not compared.
///
/// @param added statements that only the new policy has
/// @param removed statements that only the old policy has
/// @param changed statements with the same Sid and another content: old and new
record PolicyDiff(
        List<JsonNode> added, List<JsonNode> removed, List<List<JsonNode>> changed, int unchanged) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// @param before policy text, or empty when there was none
    static PolicyDiff of(String before, String after) {
        List<JsonNode> old = statements(before);
        List<JsonNode> now = statements(after);
        List<JsonNode> same = new ArrayList<>();
        for (JsonNode statement : now) {
            if (old.remove(statement)) {
                same.add(statement);
            }
        }
        now.removeAll(same);
        Map<String, JsonNode> oldBySid = new LinkedHashMap<>();
        old.forEach(statement -> oldBySid.put(statement.path("Sid").asText(""), statement));
        List<List<JsonNode>> changed = new ArrayList<>();
        for (JsonNode statement : List.copyOf(now)) {
            String sid = statement.path("Sid").asText("");
            JsonNode other = oldBySid.get(sid);
            if (!sid.isEmpty() && other != null) {
                changed.add(List.of(other, statement));
                now.remove(statement);
                old.remove(other);
            }
        }
        return new PolicyDiff(
                List.copyOf(now), List.copyOf(old), List.copyOf(changed), same.size());
    }

    boolean isEmpty() {
        return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
    }

    String counts() {
        return added.size()
                + " added, "
                + changed.size()
                + " changed, "
                + removed.size()
                + " removed, "
                + unchanged
                + " unchanged";
    }

    /// One line per line of JSON, marked with `+`, `-` or a space for what stays inside a changed
    /// statement.
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        added.forEach(statement -> pretty(statement).forEach(line -> lines.add("+ " + line)));
        changed.forEach(
                pair -> lines.addAll(LineDiff.of(pretty(pair.get(0)), pretty(pair.get(1)))));
        removed.forEach(statement -> pretty(statement).forEach(line -> lines.add("- " + line)));
        return lines;
    }

    private static List<JsonNode> statements(String policy) {
        List<JsonNode> statements = new ArrayList<>();
        if (policy.isEmpty()) {
            return statements;
        }
        try {
            JsonNode node = JSON.readTree(policy).path("Statement");
            if (node.isArray()) {
                node.forEach(statements::add);
            } else if (node.isObject()) {
                statements.add(node);
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a stored key policy is JSON", e);
        }
        return statements;
    }

    private static List<String> pretty(JsonNode statement) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter(
                        Separators.createDefaultInstance()
                                .withObjectFieldValueSpacing(Separators.Spacing.AFTER));
        printer.indentObjectsWith(indenter);
        printer.indentArraysWith(indenter);
        try {
            return JSON.writer(printer).writeValueAsString(statement).lines().toList();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree is writable", e);
        }
    }
}
