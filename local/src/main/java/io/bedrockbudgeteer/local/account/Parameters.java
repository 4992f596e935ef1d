package io.bedrockbudgeteer.local.account;

import java.util.Map;
import java.util.Optional;

/// Simulated Parameter Store, for reports and tests.
public interface Parameters {

    /// One parameter. The value is kept out of [#toString].
    record Parameter(
            String name,
            String type,
            String value,
            Optional<String> keyId,
            int version,
            Map<String, String> tags) {
        @Override
        public String toString() {
            return "Parameter["
                    + name
                    + ", "
                    + type
                    + ", version "
                    + version
                    + ", key "
                    + keyId.orElse("-")
                    + "]";
        }
    }

    Map<String, Parameter> all();

    /// Sets a parameter by hand, as an operator would.
    void put(Parameter parameter);

    /// Removes a parameter; a missing one is fine.
    default void remove(String name) {
        throw new NotModelledException("deletion of parameter " + name);
    }
}
