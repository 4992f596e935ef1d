package io.bedrockbudgeteer.local.account;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /// How asynchronous invocations are retried, and what becomes of those that are given up.
    ///
    /// @param onFailure ARN of the queue for what is given up
    record InvokeConfig(
            int maximumRetryAttempts, int maximumEventAgeSeconds, Optional<String> onFailure) {

        /// What holds without a configuration (Lambda API Reference, PutFunctionEventInvokeConfig).
        public static final InvokeConfig STANDARD = new InvokeConfig(2, 21_600, Optional.empty());
    }

    /// Creates or replaces a function; a running child of the old one is ended.
    void put(Function function);

    /// @throws Refusal `InvalidParameterValueException` when the function's role may not send to
    ///   the destination
    void invokeConfig(String functionArn, InvokeConfig config);

    void remove(String functionArn);

    /// Queues an event and returns at once.
    ///
    /// @throws Refusal `ResourceNotFoundException` when there is no such function
    void invokeAsync(String functionArn, String event);

    /// Every event so far that was given up and has a failure destination, oldest first.
    default List<DeadLetter> deadLetters() {
        return List.of();
    }

    /// Everything the functions wrote to standard output so far, by function name.
    Map<String, String> logs();
}
