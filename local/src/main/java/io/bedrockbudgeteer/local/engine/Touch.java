package io.bedrockbudgeteer.local.engine;

import java.util.Optional;

/// What an operation has done to one resource, for taking it back.
///
/// @param before as it was; empty when the resource is new
/// @param now as it is; empty when its creation left nothing behind
/// @param stray another physical id that a failed update answered with
/// @param failed whether this step failed
record Touch(
        String logicalId,
        String type,
        Optional<Live> before,
        Optional<Live> now,
        Optional<String> stray,
        boolean failed) {

    static Touch created(Live live) {
        return new Touch(
                live.logicalId(),
                live.type(),
                Optional.empty(),
                Optional.of(live),
                Optional.empty(),
                false);
    }

    static Touch updated(Live before, Live now) {
        return new Touch(
                now.logicalId(),
                now.type(),
                Optional.of(before),
                Optional.of(now),
                Optional.empty(),
                false);
    }

    boolean isNew() {
        return before.isEmpty();
    }

    /// Whether the physical resource is another one than before.
    boolean isReplacement() {
        return before.isPresent()
                && now.isPresent()
                && !before.get().physicalId().equals(now.get().physicalId());
    }
}
