package io.bedrockbudgeteer.keyguard.plan;

import io.bedrockbudgeteer.keyguard.policy.Caller;
import io.bedrockbudgeteer.keyguard.requirement.Requirement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Statements of this stack and of another one, as an earlier run left them, made from a seed.
final class RandomOwn {
    private final Random random;

    RandomOwn(Random random) {
        this.random = random;
    }

    /// None for two of three seeds, or up to three.
    List<Map<String, Object>> statements() {
        List<Map<String, Object>> statements = new ArrayList<>();
        if (random.nextInt(3) > 0) return statements;
        List<Requirement> requirements = new ArrayList<>(Samples.requirements());
        for (int i = random.nextInt(3); i >= 0; i--)
            statements.add(statement(requirements.remove(random.nextInt(requirements.size()))));
        return statements;
    }

    private Map<String, Object> statement(Requirement requirement) {
        boolean other = random.nextInt(3) == 0;
        Owner owner = other ? Samples.OTHER_OWNER : Samples.OWNER;
        Map<String, Object> content = new LinkedHashMap<>(requirement.statement());
        int fate = random.nextInt(6);
        // An older version of us gave something else.
        if (fate == 0) content.put("Action", List.of("kms:Decrypt", "kms:Encrypt"));
        Map<String, Object> statement = new LinkedHashMap<>();
        statement.put("Sid", OwnSid.of(requirement.purpose(), owner, content).toString());
        statement.putAll(content);
        if (fate == 1) edit(statement);
        if (fate == 2 && !(requirement.caller() instanceof Caller.Service))
            statement.put("Principal", Map.of("AWS", "AROAEXAMPLEEXAMPLE1234"));
        return statement;
    }

    /// As somebody else may have changed it by hand.
    private void edit(Map<String, Object> statement) {
        switch (random.nextInt(3)) {
            case 0 -> statement.put("Action", "kms:Decrypt");
            case 1 -> statement.put("Condition", Map.of("Bool", Map.of("aws:ViaAWSService", true)));
            default ->
                    statement.put(
                            "Principal", Map.of("AWS", "arn:aws:iam::111122223333:role/admin"));
        }
    }
}
