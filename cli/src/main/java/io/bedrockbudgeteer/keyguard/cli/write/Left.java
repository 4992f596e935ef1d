package io.bedrockbudgeteer.keyguard.cli.write;

import io.bedrockbudgeteer.keyguard.policy.Arn;
import java.time.Instant;
import java.util.Optional;

/// What is left of a key that could not be finished.
sealed interface Left {

    /// The key, scheduled for deletion, as it should be.
    ///
    /// @param date empty when it is not known
    record Scheduled(Arn key, Optional<Instant> date) implements Left {}

    /// The key as it is.
    ///
    /// @param why in brackets, with a blank in front; empty when it is not known
    record Key(Arn key, String why) implements Left {}

    /// Perhaps the alias.
    ///
    /// @param why as for a [Key]
    record Alias(Arn alias, String why) implements Left {}
}
