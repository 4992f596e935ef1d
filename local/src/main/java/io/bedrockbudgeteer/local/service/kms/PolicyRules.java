package io.bedrockbudgeteer.local.service.kms;

import com.fasterxml.jackson.databind.JsonNode;
import io.bedrockbudgeteer.local.account.Refusal;
import io.bedrockbudgeteer.local.service.access.Json;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// What KMS checks before it takes a policy (KMS API Reference, PutKeyPolicy; KMS Developer Guide,
/// "Key policies in AWS KMS"), except for the lock-out check, which needs an evaluation.
final class PolicyRules {
    private static final int LONGEST = 32_768;
    private static final Pattern CHARACTERS = Pattern.compile("[\\t\\n\\r\\x20-\\u00FF]+");
    private static final Set<String> ELEMENTS =
            Set.of(
                    "Sid",
                    "Effect",
                    "Principal",
                    "NotPrincipal",
                    "Action",
                    "NotAction",
                    "Resource",
                    "NotResource",
                    "Condition");

    /// IAM User Guide, "IAM JSON policy elements: Condition operators".
    private static final Pattern OPERATOR =
            Pattern.compile(
                    "(forallvalues:|foranyvalue:)?"
                            + "(string(not)?(equals|equalsignorecase|like)|arn(not)?(equals|like)|(numeric|date)(not)?equals|"
                            + "(numeric|date)(less|greater)than(equals)?|bool|binaryequals|(not)?ipaddress)(ifexists)?|null");

    private final boolean refusesIncompleteStatements;
    private final Predicate<String> principalExists;

    /// @param refusesIncompleteStatements whether a statement without Action or Resource is
    ///   refused; the API page says it is taken, a later notice says it is not
    /// @param principalExists whether KMS can see this AWS principal of a policy
    PolicyRules(boolean refusesIncompleteStatements, Predicate<String> principalExists) {
        this.refusesIncompleteStatements = refusesIncompleteStatements;
        this.principalExists = principalExists;
    }

    /// The checks of the parameter itself, made before any authorisation.
    static void checkParameter(String text) {
        if (text.isEmpty()) {
            throw new Refusal(
                    "ValidationException",
                    400,
                    "1 validation error detected: Value at 'policy' failed to satisfy constraint: "
                            + "Member must have length greater than or equal to 1");
        }
        if (text.length() > LONGEST) {
            throw new Refusal(
                    "LimitExceededException",
                    400,
                    "The policy is longer than " + LONGEST + " characters.");
        }
        if (!CHARACTERS.matcher(text).matches()) {
            throw new Refusal(
                    "ValidationException",
                    400,
                    "1 validation error detected: Value at 'policy' failed to satisfy constraint: "
                            + "Member must satisfy regular expression pattern: [\\u0009\\u000A\\u000D\\u0020-\\u00FF]+");
        }
    }

    /// @throws Refusal `MalformedPolicyDocumentException`
    JsonNode check(String text, String keyArn) {
        JsonNode document;
        try {
            document = Json.read(text);
        } catch (IOException e) {
            throw malformed("This policy contains invalid Json");
        }
        if (!document.isObject()) throw malformed("Syntax errors in policy.");
        for (var member : document.properties()) {
            boolean known =
                    switch (member.getKey()) {
                        case "Version" ->
                                Set.of("2012-10-17", "2008-10-17")
                                        .contains(member.getValue().asText());
                        case "Id", "Statement" -> true;
                        default -> false;
                    };
            if (!known) throw malformed("Syntax errors in policy: " + member.getKey());
        }
        List<JsonNode> statements =
                document.has("Statement") ? Json.list(document.get("Statement")) : List.of();
        if (statements.isEmpty()) throw malformed("The policy contains no statement.");
        Set<String> sids = new HashSet<>();
        for (JsonNode statement : statements) {
            checkStatement(statement, keyArn);
            String sid = statement.path("Sid").asText("");
            // Assumption: reported by users, not documented on the API page.
            if (!sid.isEmpty() && !sids.add(sid))
                throw malformed("Statement IDs (SID) in a single policy must be unique.");
        }
        return document;
    }

    private void checkStatement(JsonNode statement, String keyArn) {
        if (!statement.isObject()) throw malformed("Syntax errors in policy.");
        for (var member : statement.properties()) {
            if (!ELEMENTS.contains(member.getKey()))
                throw malformed("Syntax errors in policy: " + member.getKey());
        }
        if (!Set.of("Allow", "Deny").contains(statement.path("Effect").asText()))
            throw malformed("Syntax errors in policy: Effect");
        checkPrincipals(statement);
        boolean complete =
                (statement.has("Action") || statement.has("NotAction"))
                        && statement.has("Resource");
        if (!complete && refusesIncompleteStatements)
            throw malformed("A statement has no Action or no Resource.");
        for (JsonNode resource :
                statement.has("Resource")
                        ? Json.list(statement.get("Resource"))
                        : List.<JsonNode>of()) {
            // Assumption: the notice names "*" only; guides print the key's own ARN.
            if (!resource.asText().equals("*") && !resource.asText().equals(keyArn)) {
                throw malformed("The only accepted value of Resource in a key policy is \"*\".");
            }
        }
        if (statement.has("Condition")) checkConditions(statement.get("Condition"));
    }

    private void checkPrincipals(JsonNode statement) {
        JsonNode principal =
                statement.has("Principal")
                        ? statement.get("Principal")
                        : statement.path("NotPrincipal");
        if (principal.isTextual() && principal.asText().equals("*")) return;
        if (!principal.isObject() || principal.isEmpty())
            throw malformed("A statement has no principal.");
        for (var member : principal.properties()) {
            List<JsonNode> values = Json.list(member.getValue());
            boolean valid =
                    !values.isEmpty()
                            && switch (member.getKey()) {
                                case "AWS" ->
                                        values.stream()
                                                .allMatch(v ->
                                                        v.isTextual()
                                                                && principalExists.test(
                                                                        v.asText()));
                                case "Service" ->
                                        values.stream()
                                                .allMatch(v ->
                                                        v.isTextual()
                                                                && ServicePrincipals.isKnown(
                                                                        v.asText()));
                                case "Federated" -> values.stream().allMatch(JsonNode::isTextual);
                                default -> false;
                            };
            if (!valid)
                throw malformed("Policy contains a statement with one or more invalid principals.");
        }
    }

    private static void checkConditions(JsonNode block) {
        if (!block.isObject()) throw malformed("Syntax errors in policy: Condition");
        for (var operator : block.properties()) {
            String name = operator.getKey().toLowerCase(Locale.ROOT);
            if (!OPERATOR.matcher(name).matches() || !operator.getValue().isObject()) {
                throw malformed("Invalid Condition type : " + operator.getKey());
            }
            for (var key : operator.getValue().properties())
                checkConditionKey(name, key.getKey().toLowerCase(Locale.ROOT));
        }
    }

    private static void checkConditionKey(String operator, String key) {
        // KMS Developer Guide, "AWS KMS condition keys": such a condition is true when the pair is
        // absent.
        if (operator.startsWith("forallvalues:")
                && (key.startsWith("kms:encryptioncontext:")
                        || key.startsWith("aws:requesttag/"))) {
            throw malformed("OverlyPermissiveCondition: ForAllValues cannot be used with " + key);
        }
        if (key.equals("kms:resourcealiases")
                || key.startsWith("aws:resourcetag/")
                || key.startsWith("kms:resourcetag")) {
            throw malformed("Condition key " + key + " is valid in IAM policies only.");
        }
    }

    static Refusal malformed(String message) {
        return new Refusal("MalformedPolicyDocumentException", 400, message);
    }
}
