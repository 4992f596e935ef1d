package io.bedrockbudgeteer.keyguard.requirement;

import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The list of who must be able to do what: `requirements.json`, the only place where it stands.
public final class Requirements {

    // Read on first use: a function that answers a Delete never needs it.
    private static final class Entries {
        static final Json.Obj FILE = file();
        static final List<RequirementTemplate> ALL = load();
    }

    private Requirements() {}

    /// The requirements that apply to a stack, in file order.
    ///
    /// @throws IllegalArgumentException when a name in `stack` is not a well-formed ARN or not one
    ///   the file knows
    public static List<Requirement> of(StackNames stack) {
        Placeholders names = new Placeholders(stack);
        return templates().stream()
                .map(entry -> entry.resolve(stack, names))
                .flatMap(Optional::stream)
                .toList();
    }

    /// The names that the shipped template gives to roles and resources, which are fixed for an
    /// environment.
    ///
    /// @param key ARN of the key; gives partition, Region and account
    public static StackNames names(Arn key, String environment) {
        Placeholders places = new Placeholders(key, environment);
        Json.Obj names = object(Entries.FILE, "names");
        Map<String, Arn> roles = new LinkedHashMap<>();
        object(names, "roles")
                .members()
                .forEach((purpose, name) ->
                        roles.put(
                                purpose,
                                Arn.parse(
                                        "arn:"
                                                + key.partition()
                                                + ":iam::"
                                                + key.account()
                                                + ":role/"
                                                + places.fill(text(name)).getFirst())));
        Map<String, List<String>> resources = new LinkedHashMap<>();
        object(names, "resources")
                .members()
                .forEach((name, arns) ->
                        resources.put(
                                name,
                                ((Json.Arr) arns)
                                        .items().stream()
                                                .map(arn -> places.fill(text(arn)).getFirst())
                                                .toList()));
        return new StackNames(key, environment, roles, resources);
    }

    private static String text(Json value) {
        return ((Json.Str) value).value();
    }

    private static Json.Obj object(Json.Obj parent, String name) {
        return (Json.Obj) parent.get(name).orElseThrow();
    }

    static List<RequirementTemplate> templates() {
        return Entries.ALL;
    }

    private static List<RequirementTemplate> load() {
        Json.Arr entries = (Json.Arr) Entries.FILE.get("requirements").orElseThrow();
        return entries.items().stream()
                .map(entry -> RequirementTemplate.read((Json.Obj) entry))
                .toList();
    }

    private static Json.Obj file() {
        try (InputStream file = Requirements.class.getResourceAsStream("requirements.json")) {
            if (file == null)
                throw new IllegalStateException("requirements.json is not on the class path");
            return JsonReader.readObject(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("reading requirements.json", e);
        }
    }
}
