package io.bedrockbudgeteer.local.engine;

import java.util.Optional;

/// A resource could not be created, updated or deleted.
public final class ResourceFailed extends RuntimeException {
    private final Optional<String> physicalId;
    private final boolean cancelled;

    private ResourceFailed(String reason, Optional<String> physicalId, boolean cancelled) {
        super(reason);
        this.physicalId = physicalId;
        this.cancelled = cancelled;
    }

    /// Nothing was left behind.
    public ResourceFailed(String reason) {
        this(reason, Optional.empty(), false);
    }

    /// Something may exist under this id, so that it has to be deleted.
    public static ResourceFailed leaving(String physicalId, String reason) {
        return new ResourceFailed(reason, Optional.of(physicalId), false);
    }

    /// The engine stopped waiting because another resource failed; the work may still be going on.
    public static ResourceFailed cancelled(String madeUpId, String reason) {
        return new ResourceFailed(reason, Optional.of(madeUpId), true);
    }

    public String reason() {
        String message = getMessage();
        return message == null ? "" : message;
    }

    public Optional<String> physicalId() {
        return physicalId;
    }

    public boolean isCancelled() {
        return cancelled;
    }
}
