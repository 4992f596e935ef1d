package io.bedrockbudgeteer.local.account;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The Lambda host, as the engine and the providers see it.
public interface Functions {

    /// A deployed function. `zip` and `layers` are the packaged artefacts, never class directories.
    ///
    /// @param timeoutSeconds unscaled, as the template says
    record Function(
            String arn,
            String name,
            String handler,
            String runtime,
            int memoryMb,
            int timeoutSeconds,
            Path zip,
            List<Path> layers,
            Map<String, String> environment,
            String roleArn,
            String logGroup) {
        public Function {
            layers = List.copyOf(layers);
            environment = Map.copyOf(environment);
        }
    }

    /// How asynchronous invocations are retried.
    record InvokeConfig(int maximumRetryAttempts, int maximumEventAgeSeconds) {}

    /// Creates or replaces a function; a running child of the old one is ended.
    void put(Function function);

    void invokeConfig(String functionArn, InvokeConfig config);

    void remove(String functionArn);

    /// Queues an event and returns at once.
    ///
    /// @throws Refusal `ResourceNotFoundException` when there is no such function
    void invokeAsync(String functionArn, String event);

    /// Everything the functions wrote to standard output so far, by function name.
    Map<String, String> logs();
}
