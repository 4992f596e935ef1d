package io.bedrockbudgeteer.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bedrockbudgeteer.keyguard.plan.Plan;
import io.bedrockbudgeteer.keyguard.plan.Planner;
import io.bedrockbudgeteer.keyguard.plan.RoleStatements;
import io.bedrockbudgeteer.keyguard.plan.StatementChange;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.requirement.Requirement;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Ways to bring our statements into a policy text and out of it again. Each reads the text anew in
/// between, as after a write to KMS.
final class RoundTrip {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private RoundTrip() {}

    static String planned(String text, List<Requirement> requirements) {
        String patched = change(add(text, requirements)).policy().text();
        return change(Planner.remove(Stack.situation(KeyPolicy.read(patched)))).policy().text();
    }

    /// The statements that [#planned] adds, with their Sids.
    static List<Map<String, Object>> added(String text, List<Requirement> requirements) {
        List<StatementChange> changes = change(add(text, requirements)).changes();
        return changes.stream().map(change -> members(change.text())).toList();
    }

    static String edited(String text, List<Map<String, Object>> added) {
        KeyPolicy policy = KeyPolicy.read(text);
        int count = policy.statements().size();
        String patched = policy.edit(Map.of(), Set.of(), added).text();
        Set<Integer> ours = new HashSet<>();
        for (int i = 0; i < added.size(); i++) ours.add(count + i);
        return KeyPolicy.read(patched).edit(Map.of(), ours, List.of()).text();
    }

    static String throughTree(String text, List<Map<String, Object>> added) throws IOException {
        ObjectNode document = (ObjectNode) MAPPER.readTree(text);
        ArrayNode statements = document.withArray("Statement");
        int count = statements.size();
        for (Map<String, Object> statement : added) statements.add(MAPPER.valueToTree(statement));
        ObjectNode patched = (ObjectNode) MAPPER.readTree(MAPPER.writeValueAsString(document));
        ArrayNode all = patched.withArray("Statement");
        while (all.size() > count) all.remove(all.size() - 1);
        return MAPPER.writeValueAsString(patched);
    }

    private static Plan add(String text, List<Requirement> requirements) {
        return Planner.add(
                Stack.situation(KeyPolicy.read(text)),
                requirements,
                RoleStatements.LEAST,
                List.of());
    }

    private static Plan.Change change(Plan plan) {
        if (plan instanceof Plan.Change change) return change;
        throw new IllegalStateException("expected a change, got " + plan.findings());
    }

    private static Map<String, Object> members(String statement) {
        try {
            Map<String, Object> members = new LinkedHashMap<>();
            MAPPER.readTree(statement)
                    .properties()
                    .forEach(member ->
                            members.put(
                                    member.getKey(),
                                    MAPPER.convertValue(member.getValue(), Object.class)));
            return members;
        } catch (IOException e) {
            throw new IllegalStateException("a statement that was just written", e);
        }
    }
}
