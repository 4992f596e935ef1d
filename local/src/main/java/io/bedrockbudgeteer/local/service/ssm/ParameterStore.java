package io.bedrockbudgeteer.local.service.ssm;

import io.bedrockbudgeteer.local.account.Parameters;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The parameters of the account, and their descriptions. Thread-safe.
public final class ParameterStore implements Parameters {
    private final Map<String, Parameter> parameters = new TreeMap<>();
    private final Map<String, String> descriptions = new TreeMap<>();

    @Override
    public synchronized Map<String, Parameter> all() {
        return new TreeMap<>(parameters);
    }

    @Override
    public synchronized void put(Parameter parameter) {
        parameters.put(parameter.name(), parameter);
    }

    @Override
    public synchronized void remove(String name) {
        parameters.remove(name);
        descriptions.remove(name);
    }

    synchronized Optional<Parameter> find(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    synchronized void describe(String name, String description) {
        descriptions.put(name, description);
    }

    synchronized Optional<String> description(String name) {
        return Optional.ofNullable(descriptions.get(name));
    }
}
