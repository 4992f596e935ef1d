package io.bedrockbudgeteer.keyguard.customresource;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What became of a request. The only thing that domain code says to the protocol.
public sealed interface Outcome {

    /// @param id the physical id; empty for the one the protocol works out ([Request#id] on Create
    ///   and Update)
    /// @param data attributes for `GetAtt`: the same names on every Create and Update, or a
    ///   reference to a missing one fails the stack
    /// @param noEcho whether CloudFormation masks the attributes
    record Success(Optional<PhysicalId> id, Map<String, String> data, boolean noEcho)
            implements Outcome {
        public Success {
            Map<String, String> copy = new LinkedHashMap<>();
            // CloudFormation takes no null; leaving the name out would fail a GetAtt.
            data.forEach((name, value) -> copy.put(name, Objects.requireNonNullElse(value, "")));
            data = Collections.unmodifiableMap(copy);
        }

        /// Attributes may be secret.
        @Override
        public String toString() {
            return "success with " + data.keySet();
        }
    }

    /// @param reason what is wrong and what to do first; for people, and public: it shows up in
    ///   stack events
    record Failure(Optional<PhysicalId> id, String reason) implements Outcome {}

    static Success success(PhysicalId id, Map<String, String> data) {
        return new Success(Optional.of(id), data, false);
    }

    /// For Delete, where neither id nor attributes count.
    static Success gone() {
        return new Success(Optional.empty(), Map.of(), false);
    }

    static Failure failure(String reason) {
        return new Failure(Optional.empty(), reason);
    }
}
