package io.bedrockbudgeteer.keyguard.requirement;

import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.Caller;
import io.bedrockbudgeteer.keyguard.policy.KmsActions;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One thing that must be possible on the key, resolved for one stack.
///
/// @param purpose stable name in PascalCase, such as `TrailDataKeys`; part of the Sid of our
///   statement
/// @param caller the service principal or role that acts
/// @param actions actions as AWS documents them, such as `kms:GenerateDataKey*`; what our statement
///   grants
/// @param condition conditions of our statement: operator, key, values
/// @param requests the contexts the caller really sends, one per resource; each must be allowed for
///   each single action
/// @param service for people, such as `AWS CloudTrail`
/// @param why for people: one sentence
/// @param source the AWS documentation page
public record Requirement(
        String purpose,
        Caller caller,
        List<String> actions,
        Map<String, Map<String, List<String>>> condition,
        List<Map<String, List<String>>> requests,
        String service,
        String why,
        String source) {

    public Requirement {
        actions = List.copyOf(actions);
        // Ordered copies: the order of the file is the order in the statement, and the same input
        // must give the same bytes.
        condition = ordered(condition);
        requests = List.copyOf(requests);
    }

    /// The single actions that must be allowed, such as `kms:GenerateDataKeyPair` for
    /// `kms:GenerateDataKey*`.
    public List<String> singleActions() {
        return KmsActions.expand(actions);
    }

    /// The key-policy statement that gives exactly this, without Sid; order of members as AWS
    /// prints them.
    public Map<String, Object> statement() {
        Map<String, Object> statement = new LinkedHashMap<>();
        statement.put("Effect", "Allow");
        statement.put(
                "Principal",
                caller instanceof Caller.Service(String name)
                        ? Map.of("Service", name)
                        : Map.of("AWS", caller.principalArn().orElseThrow().toString()));
        statement.put("Action", oneOrMany(actions));
        statement.put("Resource", "*");
        addCondition(statement);
        return statement;
    }

    /// The IAM policy statement that gives the role the same where the key policy leaves access to
    /// IAM.
    public Map<String, Object> identityStatement(Arn key) {
        Map<String, Object> statement = new LinkedHashMap<>();
        statement.put("Effect", "Allow");
        statement.put("Action", oneOrMany(actions));
        statement.put("Resource", key.toString());
        addCondition(statement);
        return statement;
    }

    private void addCondition(Map<String, Object> statement) {
        if (condition.isEmpty()) return;
        Map<String, Object> operators = new LinkedHashMap<>();
        condition.forEach((operator, keys) -> {
            Map<String, Object> values = new LinkedHashMap<>();
            keys.forEach((key, list) -> values.put(key, oneOrMany(list)));
            operators.put(operator, values);
        });
        statement.put("Condition", operators);
    }

    private static Object oneOrMany(List<String> values) {
        return values.size() == 1 ? values.getFirst() : values;
    }

    private static Map<String, Map<String, List<String>>> ordered(
            Map<String, Map<String, List<String>>> condition) {
        Map<String, Map<String, List<String>>> copy = new LinkedHashMap<>();
        condition.forEach((operator, keys) ->
                copy.put(operator, Collections.unmodifiableMap(new LinkedHashMap<>(keys))));
        return Collections.unmodifiableMap(copy);
    }
}
