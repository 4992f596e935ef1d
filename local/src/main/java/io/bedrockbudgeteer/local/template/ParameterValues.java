package io.bedrockbudgeteer.local.template;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// The parameters of one deployment: definitions and the values in use.
final class ParameterValues {

    private static final String MASK = "****";

    private final Map<String, ParameterDefinition> definitions;
    private final Map<String, String> texts;
    private final Map<String, Object> values = new LinkedHashMap<>();

    private ParameterValues(
            Map<String, ParameterDefinition> definitions,
            Map<String, String> texts,
            StoredParameters stored) {
        this.definitions = definitions;
        this.texts = texts;
        texts.forEach((name, text) -> values.put(name, value(definition(name), text, stored)));
    }

    static Map<String, ParameterDefinition> definitions(Template template) {
        Where where = Where.ROOT.key("Parameters");
        Map<String, ParameterDefinition> out = new LinkedHashMap<>();
        Tree.mapOrEmpty(template.tree().get("Parameters"), where)
                .forEach((name, tree) ->
                        out.put(name, ParameterDefinition.of(name, tree, where.key(name))));
        return out;
    }

    /// @param given values by name; a value that is not given is the default
    /// @throws TemplateException for unknown names, missing and refused values, all of a kind at
    ///   once
    static ParameterValues of(
            Template template, Map<String, String> given, StoredParameters stored) {
        Map<String, ParameterDefinition> definitions = definitions(template);
        refuse(
                given.keySet().stream().filter(name -> !definitions.containsKey(name)).toList(),
                "do not exist in the template; it has " + new TreeSet<>(definitions.keySet()));
        Map<String, String> texts = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        List<String> complaints = new ArrayList<>();
        definitions.forEach((name, definition) -> {
            Optional<String> text =
                    Optional.ofNullable(given.get(name)).or(definition::defaultValue);
            if (text.isEmpty()) {
                missing.add(name);
                return;
            }
            texts.put(name, text.get());
            if (!definition.type().stored()) {
                definition
                        .complaint(text.get())
                        .ifPresent(
                                complaint -> complaints.add("parameter " + name + " " + complaint));
            }
        });
        refuse(missing, "must have values");
        if (!complaints.isEmpty()) {
            throw new TemplateException(String.join("; ", complaints));
        }
        return new ParameterValues(definitions, texts, stored);
    }

    /// What a `Ref` gives: text, or a list of texts; empty when there is no such parameter.
    Optional<Object> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /// The values as they were given or defaulted, for transforms.
    Map<String, String> texts() {
        return Collections.unmodifiableMap(texts);
    }

    /// The values as people may see them.
    Map<String, String> shown() {
        Map<String, String> out = new LinkedHashMap<>();
        texts.forEach((name, text) -> out.put(name, definition(name).noEcho() ? MASK : text));
        return Collections.unmodifiableMap(out);
    }

    private ParameterDefinition definition(String name) {
        ParameterDefinition definition = definitions.get(name);
        if (definition == null) {
            throw new IllegalStateException("no definition of parameter " + name);
        }
        return definition;
    }

    private static Object value(
            ParameterDefinition definition, String text, StoredParameters stored) {
        if (!definition.type().stored()) {
            return definition.type().value(text);
        }
        String found =
                stored.value(text)
                        .orElseThrow(() ->
                                new TemplateException(
                                        "parameter "
                                                + definition.name()
                                                + " names the Systems Manager parameter '"
                                                + text
                                                + "', which does not exist; create it first"));
        definition
                .complaint(found)
                .ifPresent(complaint -> {
                    throw new TemplateException("parameter " + definition.name() + " " + complaint);
                });
        return definition.type().value(found);
    }

    private static void refuse(Collection<String> names, String why) {
        if (!names.isEmpty()) {
            throw new TemplateException("Parameters: " + new TreeSet<>(names) + " " + why);
        }
    }
}
