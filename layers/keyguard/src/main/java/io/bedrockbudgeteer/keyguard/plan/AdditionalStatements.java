package io.bedrockbudgeteer.keyguard.plan;

import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.finding.Rule;
import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import io.bedrockbudgeteer.keyguard.json.JsonSyntaxException;
import io.bedrockbudgeteer.keyguard.policy.Actions;
import io.bedrockbudgeteer.keyguard.policy.ConditionTest;
import io.bedrockbudgeteer.keyguard.policy.KmsActions;
import io.bedrockbudgeteer.keyguard.policy.Principals;
import io.bedrockbudgeteer.keyguard.policy.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Statements that the user wants in the key policy beside ours. They are held to what we hold ours
/// to: an Allow for named principals, explicit actions, this key, and a condition where a service
/// acts.
final class AdditionalStatements {

    /// Purpose in the Sid of each of them.
    static final String PURPOSE = "Additional";

    // Whoever may do one of these can give himself everything else. KMS Developer Guide, Default
    // key policy.
    private static final List<String> GIVE_THE_KEY_AWAY =
            List.of("kms:PutKeyPolicy", "kms:CreateGrant");

    private final List<Wanted> wanted = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final boolean variables;

    private AdditionalStatements(boolean variables) {
        this.variables = variables;
    }

    /// @param texts JSON objects without Sid
    /// @param variables whether `${...}` is a policy variable in the document they go to
    static AdditionalStatements read(List<String> texts, boolean variables) {
        AdditionalStatements result = new AdditionalStatements(variables);
        for (int i = 0; i < texts.size(); i++)
            result.add("Additional statement " + (i + 1), texts.get(i));
        return result;
    }

    List<Wanted> wanted() {
        return wanted;
    }

    List<Finding> findings() {
        return findings;
    }

    private void add(String name, String text) {
        Json.Obj object;
        try {
            object = JsonReader.readObject(text);
        } catch (JsonSyntaxException e) {
            refuse(
                    name,
                    "is not a JSON object: " + e.getMessage(),
                    "Give one statement, such as {\"Effect\": \"Allow\", ...}.");
            return;
        }
        Map<String, Object> content = new LinkedHashMap<>(object.members());
        int before = findings.size();
        if (content.containsKey("Sid"))
            refuse(name, "has a Sid", "Leave the Sid out: ours tells whose statement it is.");
        for (String element : List.of("NotPrincipal", "NotAction", "NotResource"))
            if (content.containsKey(element))
                refuse(
                        name,
                        "has " + element,
                        "Name what is meant with " + element.substring(3) + ".");
        if (findings.size() == before) check(name, OwnSid.parsed(content));
        if (findings.size() == before)
            wanted.add(
                    new Wanted(
                            PURPOSE,
                            content,
                            "The stack asks for it as " + name.toLowerCase(Locale.ROOT) + "."));
    }

    private void check(String name, Statement statement) {
        if (!statement.problems().isEmpty()) {
            refuse(
                    name,
                    "cannot be understood: " + statement.problems().getFirst(),
                    "Correct the statement.");
            return;
        }
        if (!statement.isAllow())
            refuse(
                    name,
                    "is a Deny",
                    "Add a Deny to the key policy yourself: the guard only ever adds access.");
        if (statement.isIneffective()
                || !statement.resources().orElseThrow().values().equals(List.of("*")))
            refuse(
                    name,
                    "lacks Action or Resource, or the Resource is not \"*\"",
                    "Give it an Action and \"Resource\": \"*\", which means this key.");
        statement
                .principals()
                .ifPresent(principals -> checkPrincipals(name, statement, principals));
        statement
                .actions()
                .ifPresent(actions ->
                        actions.patterns().forEach(pattern -> checkAction(name, pattern)));
        for (ConditionTest test : statement.conditions()) checkCondition(name, test);
    }

    private void checkPrincipals(String name, Statement statement, Principals principals) {
        if (principals.names().isEmpty())
            refuse(name, "has no principal", "Name at least one principal.");
        for (Principals.Name principal : principals.names()) {
            if (principal.value().contains("*"))
                refuse(
                        name,
                        "has the principal \"" + principal.value() + "\"",
                        "Name roles, users or services; a wildcard is no principal.");
            if (principal.isUniqueId())
                refuse(
                        name,
                        "has the principal " + principal.value() + ", a unique id",
                        "Name the ARN of a role or user that exists.");
        }
        if (!statement.unscopedServices().isEmpty())
            refuse(
                    name,
                    "allows "
                            + String.join(", ", statement.unscopedServices())
                            + " without naming account or resource",
                    "Add a condition on aws:SourceArn, aws:SourceAccount or the encryption context.");
    }

    private void checkAction(String name, String pattern) {
        if (!pattern.toLowerCase(Locale.ROOT).startsWith("kms:")
                || KmsActions.expand(List.of(pattern)).isEmpty()) {
            refuse(
                    name,
                    "has the action \"" + pattern + "\", which is none of KMS on a key",
                    "Name KMS actions such as kms:Decrypt.");
            return;
        }
        Optional<String> tooMuch =
                GIVE_THE_KEY_AWAY.stream()
                        .filter(action -> Actions.covers(pattern, action))
                        .filter(action ->
                                action.equals("kms:PutKeyPolicy")
                                        || pattern.contains("*")
                                        || pattern.contains("?"))
                        .findFirst();
        tooMuch.ifPresent(action ->
                refuse(
                        name,
                        "has the action \""
                                + pattern
                                + "\", which covers "
                                + action
                                + " and so gives the key away",
                        "Name the single actions that are needed."));
    }

    private void checkCondition(String name, ConditionTest test) {
        String key = test.key().toLowerCase(Locale.ROOT);
        if (test.isRefusedByKms()
                || key.equals("kms:resourcealiases")
                || key.startsWith("aws:resourcetag/"))
            refuse(
                    name,
                    "tests "
                            + test.key()
                            + " with "
                            + test.operator()
                            + ", which KMS refuses in a key policy",
                    "Use another condition.");
        if (!test.hasKnownOperator())
            refuse(
                    name,
                    "uses the operator " + test.operator() + ", which is not documented",
                    "Use a documented operator.");
        if (test.values().isEmpty())
            refuse(name, "tests " + test.key() + " without a value", "Give the condition a value.");
        if (!variables && test.values().stream().anyMatch(value -> value.contains("${")))
            refuse(
                    name,
                    "uses ${...}, which is plain text in a policy without Version 2012-10-17",
                    "Write the value out.");
    }

    private void refuse(String name, String problem, String fix) {
        findings.add(Finding.of(Rule.POL020, name + " " + problem + ".", fix));
    }
}
