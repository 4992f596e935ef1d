package io.bedrockbudgeteer.keyguard.requirement;

import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.policy.Caller;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One entry of `requirements.json`, before it is resolved: values may hold placeholders such as
/// `${Region}`.
///
/// @param purpose unique in the file
/// @param service the service principal; empty when a role acts
/// @param role purpose of the role; empty when a service acts
/// @param sends context of the requests; a name that stands for a list gives one request per
///   element
/// @param about for people: service, why, source, note
record RequirementTemplate(
        String purpose,
        Optional<String> service,
        Optional<String> role,
        List<String> actions,
        Map<String, Map<String, List<String>>> condition,
        Map<String, String> sends,
        Map<String, String> about) {

    static RequirementTemplate read(Json.Obj entry) {
        Json.Obj principal = object(entry, "principal");
        Map<String, Map<String, List<String>>> condition = new LinkedHashMap<>();
        object(entry, "condition")
                .members()
                .forEach((operator, keys) -> {
                    Map<String, List<String>> values = new LinkedHashMap<>();
                    ((Json.Obj) keys)
                            .members()
                            .forEach((key, value) ->
                                    values.put(key, List.of(((Json.Str) value).value())));
                    condition.put(operator, values);
                });
        Map<String, String> sends = new LinkedHashMap<>();
        object(entry, "sends")
                .members()
                .forEach((key, value) -> sends.put(key, ((Json.Str) value).value()));
        Map<String, String> about = new LinkedHashMap<>();
        for (String name : List.of("service", "why", "source", "note"))
            entry.string(name).ifPresent(text -> about.put(name, text));
        return new RequirementTemplate(
                entry.string("purpose").orElseThrow(),
                principal.string("service"),
                principal.string("role"),
                ((Json.Arr) entry.get("actions").orElseThrow())
                        .items().stream().map(item -> ((Json.Str) item).value()).toList(),
                condition,
                sends,
                about);
    }

    private static Json.Obj object(Json.Obj entry, String name) {
        return (Json.Obj)
                entry.get(name)
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        "requirements.json: " + name + " is missing"));
    }

    String about(String name) {
        return about.getOrDefault(name, "");
    }

    /// Empty when the stack has not what the entry is about.
    Optional<Requirement> resolve(StackNames stack, Placeholders names) {
        Optional<Caller> caller =
                role.isPresent()
                        ? role.map(stack.roleArns()::get).map(Caller.Role::new)
                        : service.map(name -> new Caller.Service(names.fill(name).getFirst()));
        if (caller.isEmpty()) return Optional.empty();
        Map<String, Map<String, List<String>>> resolved = new LinkedHashMap<>();
        for (Map.Entry<String, Map<String, List<String>>> operator : condition.entrySet()) {
            Map<String, List<String>> keys = new LinkedHashMap<>();
            for (Map.Entry<String, List<String>> key : operator.getValue().entrySet()) {
                List<String> values = names.fill(key.getValue().getFirst());
                if (values.isEmpty()) return Optional.empty();
                keys.put(key.getKey(), values);
            }
            resolved.put(operator.getKey(), keys);
        }
        return Optional.of(
                new Requirement(
                        purpose,
                        caller.get(),
                        actions,
                        resolved,
                        requests(names),
                        about("service"),
                        about("why"),
                        about("source")));
    }

    /// One request per element of the list-valued name; the file uses at most one such name in an
    /// entry.
    private List<Map<String, List<String>>> requests(Placeholders names) {
        int count = 1;
        for (String value : sends.values()) count = Math.max(count, names.fill(value).size());
        List<Map<String, List<String>>> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, List<String>> request = new LinkedHashMap<>();
            for (Map.Entry<String, String> sent : sends.entrySet()) {
                List<String> values = names.fill(sent.getValue());
                request.put(
                        sent.getKey(),
                        List.of(values.size() == 1 ? values.getFirst() : values.get(i)));
            }
            requests.add(request);
        }
        return requests;
    }
}
