package io.bedrockbudgeteer.keyguard.aws;

import java.util.Optional;

/// Where settings come from: the process environment in Lambda, a map in tests (two clients of one
/// JVM cannot have different environments).
@FunctionalInterface
public interface Environment {

    /// The value of a variable; empty when it is not set or set to nothing.
    Optional<String> get(String name);

    /// The environment of this process.
    static Environment ofProcess() {
        return name -> {
            String value = System.getenv(name);
            return value == null || value.isBlank() ? Optional.empty() : Optional.of(value);
        };
    }

    /// @throws IllegalStateException naming the variable when it is not set
    default String required(String name) {
        return get(name)
                .orElseThrow(() ->
                        new IllegalStateException("environment variable " + name + " is not set"));
    }

    /// Whether the SDK endpoint points to this machine: a simulation, not AWS. Only then plain http
    /// and shortened waits are allowed.
    default boolean isLocal() {
        Optional<String> url = get("AWS_ENDPOINT_URL");
        return url.isPresent() && Loopback.isUrl(url.get());
    }

    /// How long waits are here.
    ///
    /// @throws IllegalArgumentException as [Pace#of(Environment)]
    default Pace pace() {
        return Pace.of(this);
    }
}
