package io.bedrockbudgeteer.local.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The role that SAM makes for a function that has none.
final class SamRole {

    /// Properties of the function that go into the role; without effect on a function that names
    /// its role.
    static final Set<String> PROPERTIES =
            Set.of("AssumeRolePolicyDocument", "Policies", "RolePath", "PermissionsBoundary");

    /// Attributes of the function that the role gets too.
    static final Set<String> ATTRIBUTES =
            Set.of("Condition", "DeletionPolicy", "UpdateReplacePolicy");

    private final String logicalId;
    private final Map<String, Object> function;
    private final String partition;
    private final List<Object> tags;
    private final Where where;

    SamRole(
            String functionId,
            Map<String, Object> function,
            String partition,
            List<Object> tags,
            Where where) {
        this.logicalId = functionId + "Role";
        this.function = function;
        this.partition = partition;
        this.tags = tags;
        this.where = where;
    }

    String logicalId() {
        return logicalId;
    }

    Map<String, Object> arn() {
        return Map.of(Call.GET_ATT, List.of(logicalId, "Arn"));
    }

    Map<String, Object> resource(Map<String, Object> attributes) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(
                "AssumeRolePolicyDocument",
                function.getOrDefault("AssumeRolePolicyDocument", lambdaMayAssume()));
        List<Object> managed = new ArrayList<>();
        managed.add(
                "arn:" + partition + ":iam::aws:policy/service-role/AWSLambdaBasicExecutionRole");
        List<Object> inline = new ArrayList<>();
        policies(managed, inline);
        properties.put("ManagedPolicyArns", managed);
        if (!inline.isEmpty()) {
            properties.put("Policies", inline);
        }
        copy("RolePath", "Path", properties);
        copy("PermissionsBoundary", "PermissionsBoundary", properties);
        properties.put("Tags", tags);
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("Type", "AWS::IAM::Role");
        out.putAll(attributes);
        out.put("Properties", properties);
        return out;
    }

    private void copy(String from, String to, Map<String, Object> properties) {
        Object value = function.get(from);
        if (value != null) {
            properties.put(to, value);
        }
    }

    private void policies(List<Object> managed, List<Object> inline) {
        Object given = function.get("Policies");
        if (given == null) {
            return;
        }
        Where place = where.key("Policies");
        List<Object> policies = given instanceof List<?> ? Tree.list(given, place) : List.of(given);
        for (int i = 0; i < policies.size(); i++) {
            Object policy = policies.get(i);
            if (policy instanceof Map<?, ?> map && map.containsKey("Statement")) {
                Map<String, Object> named = new LinkedHashMap<>();
                named.put("PolicyName", logicalId + "Policy" + i);
                named.put("PolicyDocument", policy);
                inline.add(named);
            } else if (isManagedPolicy(policy)) {
                if (!managed.contains(policy)) {
                    managed.add(policy);
                }
            } else {
                throw place.item(i)
                        .unknown(
                                "policy that is neither a document nor an ARN (managed policy by name, policy template, Fn::If)");
            }
        }
    }

    /// An ARN, as text or as a function that gives one.
    private static boolean isManagedPolicy(Object policy) {
        if (policy instanceof String arn) {
            return arn.startsWith("arn:");
        }
        return SamTransform.isIntrinsic(policy)
                && policy instanceof Map<?, ?> map
                && !map.containsKey(Call.IF);
    }

    private static Map<String, Object> lambdaMayAssume() {
        Map<String, Object> statement = new LinkedHashMap<>();
        statement.put("Action", List.of("sts:AssumeRole"));
        statement.put("Effect", "Allow");
        statement.put("Principal", Map.of("Service", List.of("lambda.amazonaws.com")));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("Version", "2012-10-17");
        document.put("Statement", List.of(statement));
        return document;
    }
}
