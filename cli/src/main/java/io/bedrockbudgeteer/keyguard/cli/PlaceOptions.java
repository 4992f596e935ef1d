package io.bedrockbudgeteer.keyguard.cli;

import io.bedrockbudgeteer.keyguard.aws.AwsCall;
import io.bedrockbudgeteer.keyguard.aws.Deadline;
import io.bedrockbudgeteer.keyguard.aws.Environment;
import io.bedrockbudgeteer.keyguard.cli.source.AwsSession;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The flags that say where AWS is asked, and as whom.
final class PlaceOptions {
    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "The Region (default: that of the key's ARN, else the usual chain).")
    private @Nullable String region;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "The profile of the AWS configuration files.")
    private @Nullable String profile;

    @Option(names = "--endpoint-url", paramLabel = "URL", description = "Send all AWS calls there.")
    private @Nullable String endpoint;

    boolean isGiven() {
        return Stream.of(region, profile, endpoint).anyMatch(flag -> flag != null);
    }

    Optional<String> profile() {
        return Optional.ofNullable(profile);
    }

    Optional<String> endpoint() {
        return Optional.ofNullable(endpoint);
    }

    /// @param ofKey the Region of the key, where its ARN says it
    AwsSession session(
            Optional<String> ofKey, Environment process, Duration time, Consumer<AwsCall> calls) {
        return AwsSession.open(
                new AwsSession.Choice(
                        Optional.ofNullable(region).or(() -> ofKey), profile(), endpoint()),
                process,
                Deadline.in(time),
                calls);
    }
}
