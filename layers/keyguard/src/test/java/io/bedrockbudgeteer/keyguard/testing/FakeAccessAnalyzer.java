package io.bedrockbudgeteer.keyguard.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// IAM Access Analyzer: says what a test wants of any policy, in pages of one.
public final class FakeAccessAnalyzer {
    private final List<Map<String, Object>> findings = new ArrayList<>();
    private final List<String> policies = new ArrayList<>();
    private Map<String, Object> publicAccess = Map.of("result", "PASS");

    public synchronized void finding(String type, String code, String details, String link) {
        findings.add(
                Map.of(
                        "findingType",
                        type,
                        "issueCode",
                        code,
                        "findingDetails",
                        details,
                        "learnMoreLink",
                        link));
    }

    public synchronized void publicAccess(String message, String description, String sid) {
        publicAccess =
                Map.of(
                        "result",
                        "FAIL",
                        "message",
                        message,
                        "reasons",
                        List.of(Map.of("description", description, "statementId", sid)));
    }

    /// The policies it was asked about, in order.
    public synchronized List<String> policies() {
        return List.copyOf(policies);
    }

    synchronized Map<String, Object> handle(String operation, Map<String, Object> input) {
        policies.add(String.valueOf(input.get("policyDocument")));
        return switch (operation) {
            case "access-analyzer:/policy/validation" -> validate(input);
            case "access-analyzer:/policy/check-no-public-access" -> {
                if (!"AWS::KMS::Key".equals(input.get("resourceType")))
                    throw new AwsError(400, "ValidationException", "resourceType");
                yield publicAccess;
            }
            default -> throw new AwsError(501, "NotFaked", operation);
        };
    }

    private Map<String, Object> validate(Map<String, Object> input) {
        if (!"RESOURCE_POLICY".equals(input.get("policyType"))
                || input.containsKey("validatePolicyResourceType"))
            throw new AwsError(400, "ValidationException", "there is no resource type for keys");
        int page =
                Integer.parseInt(
                        String.valueOf(input.getOrDefault("query", "nextToken=0"))
                                .replace("nextToken=", ""));
        if (page >= findings.size()) return Map.of("findings", List.of());
        List<Map<String, Object>> one = List.of(findings.get(page));
        return page + 1 < findings.size()
                ? Map.of("findings", one, "nextToken", String.valueOf(page + 1))
                : Map.of("findings", one);
    }
}
