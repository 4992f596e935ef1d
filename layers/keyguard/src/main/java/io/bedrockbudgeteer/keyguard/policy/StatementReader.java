package io.bedrockbudgeteer.keyguard.policy;

import io.bedrockbudgeteer.keyguard.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads one statement. Never fails: what is not documented is noted as a problem of the statement,
/// which then decides nothing. Source: IAM User Guide, Grammar of the IAM JSON policy language.
final class StatementReader {
    private final List<String> problems = new ArrayList<>();

    private StatementReader() {}

    /// @param keyPolicy whether the statement stands in a key policy, where a principal belongs, or
    ///   in an identity policy, where none does
    static Statement read(int index, Json json, String source, boolean keyPolicy) {
        return new StatementReader().statement(index, json, json.in(source), keyPolicy);
    }

    private Statement statement(int index, Json json, String text, boolean keyPolicy) {
        Optional<String> sid = Optional.empty();
        Optional<Effect> effect = Optional.empty();
        Optional<Principals> principals = Optional.empty();
        Optional<Actions> actions = Optional.empty();
        Optional<Resources> resources = Optional.empty();
        List<ConditionTest> conditions = List.of();
        Map<String, Json> members = Map.of();
        if (json instanceof Json.Obj object) members = object.members();
        else problems.add("it is " + json.kind() + ", not an object");

        for (Map.Entry<String, Json> member : members.entrySet()) {
            String name = member.getKey();
            Json value = member.getValue();
            switch (name) {
                case "Sid" -> sid = string(name, value);
                case "Effect" -> effect = effect(value);
                case "Principal", "NotPrincipal" -> {
                    once(name, principals);
                    principals = principals(name, value);
                }
                case "Action", "NotAction" -> {
                    once(name, actions);
                    actions =
                            Optional.of(new Actions(name.startsWith("Not"), strings(name, value)));
                }
                case "Resource", "NotResource" -> {
                    once(name, resources);
                    resources =
                            Optional.of(
                                    new Resources(name.startsWith("Not"), strings(name, value)));
                }
                case "Condition" -> conditions = conditions(value);
                default -> problems.add("\"" + name + "\" is not an element of a statement");
            }
        }
        if (!members.isEmpty() && !members.containsKey("Effect")) problems.add("it has no Effect");
        if (keyPolicy && !members.isEmpty() && principals.isEmpty())
            problems.add("it has no Principal");
        if (!keyPolicy && principals.isPresent())
            problems.add("an identity policy has no Principal");
        if (members.isEmpty() && problems.isEmpty()) problems.add("it is empty");
        return new Statement(
                index,
                sid,
                text,
                effect,
                principals,
                actions,
                resources,
                conditions,
                problems,
                json);
    }

    private void once(String name, Optional<?> earlier) {
        if (earlier.isPresent()) problems.add("it has " + name + " and its opposite");
    }

    private Optional<String> string(String name, Json value) {
        if (value instanceof Json.Str text) return Optional.of(text.value());
        problems.add(name + " is " + value.kind() + ", not a string");
        return Optional.empty();
    }

    private Optional<Effect> effect(Json value) {
        Optional<String> text = string("Effect", value);
        Optional<Effect> effect =
                text.flatMap(written ->
                        switch (written) {
                            case "Allow" -> Optional.of(Effect.ALLOW);
                            case "Deny" -> Optional.of(Effect.DENY);
                            default -> Optional.empty();
                        });
        if (text.isPresent() && effect.isEmpty())
            problems.add("Effect is \"" + text.get() + "\", not Allow or Deny");
        return effect;
    }

    private Optional<Principals> principals(String element, Json value) {
        List<Principals.Name> names = new ArrayList<>();
        switch (value) {
            case Json.Str(String text, int _, int _) when text.equals("*") ->
                    names.add(new Principals.Name(Principals.Type.EVERYONE, "*"));
            case Json.Obj object ->
                    object.members()
                            .forEach((member, list) -> {
                                Principals.@Nullable Type type = type(member);
                                if (type == null)
                                    problems.add("\"" + member + "\" is not a kind of principal");
                                else
                                    for (String name : strings(element + " " + member, list))
                                        names.add(new Principals.Name(type, name));
                            });
            default -> problems.add(element + " is neither \"*\" nor an object");
        }
        return Optional.of(new Principals(element.startsWith("Not"), names));
    }

    private static Principals.@Nullable Type type(String member) {
        return switch (member) {
            case "AWS" -> Principals.Type.AWS;
            case "Service" -> Principals.Type.SERVICE;
            case "Federated" -> Principals.Type.FEDERATED;
            case "CanonicalUser" -> Principals.Type.CANONICAL_USER;
            default -> null;
        };
    }

    private List<ConditionTest> conditions(Json value) {
        List<ConditionTest> tests = new ArrayList<>();
        if (value instanceof Json.Obj operators)
            operators.members().forEach((operator, keys) -> addTests(operator, keys, tests));
        else problems.add("Condition is " + value.kind() + ", not an object");
        return tests;
    }

    private void addTests(String operator, Json value, List<ConditionTest> tests) {
        if (value instanceof Json.Obj keys)
            keys.members()
                    .forEach((key, values) ->
                            tests.add(
                                    new ConditionTest(
                                            operator, key, scalars(operator + " " + key, values))));
        else problems.add("Condition " + operator + " is " + value.kind() + ", not an object");
    }

    private List<String> strings(String name, Json value) {
        List<String> texts = new ArrayList<>();
        for (Json item : items(value)) string(name, item).ifPresent(texts::add);
        return texts;
    }

    /// Condition values: booleans and numbers without quotes stand for their string form.
    private List<String> scalars(String name, Json value) {
        List<String> texts = new ArrayList<>();
        for (Json item : items(value)) {
            switch (item) {
                case Json.Str text -> texts.add(text.value());
                case Json.Num number -> texts.add(number.text());
                case Json.Bool truth -> texts.add(String.valueOf(truth.value()));
                default ->
                        problems.add("Condition " + name + " has " + item.kind() + " as a value");
            }
        }
        return texts;
    }

    private static List<Json> items(Json value) {
        return value instanceof Json.Arr list ? list.items() : List.of(value);
    }
}
