package io.bedrockbudgeteer.local.provider;

import io.bedrockbudgeteer.local.account.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What exists in the simulated account besides keys, roles, parameters, alarms and functions.
/// Outlives stacks, so that retained resources and name conflicts behave as on AWS. Thread-safe.
public final class Inventory {

    /// One thing.
    ///
    /// @param id physical id
    /// @param properties as it was last created or updated
    public record Thing(String type, String id, String name, Map<String, Object> properties) {}

    private final Map<String, Map<String, Thing>> byType = new LinkedHashMap<>();

    /// @throws Refusal when one with this id exists
    synchronized void add(Thing thing) {
        Map<String, Thing> sameType =
                byType.computeIfAbsent(thing.type(), type -> new LinkedHashMap<>());
        if (sameType.containsKey(thing.id())) {
            throw alreadyExists(thing.type(), thing.name());
        }
        sameType.put(thing.id(), thing);
    }

    /// The refusal for a name that is taken, in CloudFormation's words.
    static Refusal alreadyExists(String type, String name) {
        return new Refusal(
                "AlreadyExists",
                409,
                "Resource of type '" + type + "' with identifier '" + name + "' already exists.");
    }

    synchronized void replace(Thing thing) {
        byType.computeIfAbsent(thing.type(), type -> new LinkedHashMap<>()).put(thing.id(), thing);
    }

    synchronized void remove(String type, String id) {
        byType.getOrDefault(type, new LinkedHashMap<>()).remove(id);
    }

    public synchronized Optional<Thing> find(String type, String id) {
        return Optional.ofNullable(byType.getOrDefault(type, Map.of()).get(id));
    }

    /// Oldest first.
    public synchronized List<Thing> all(String type) {
        return List.copyOf(byType.getOrDefault(type, Map.of()).values());
    }
}
