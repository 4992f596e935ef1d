package io.bedrockbudgeteer.keyguard.customresource;

import java.util.Optional;

/// Which physical id to answer with. A wrong one here deletes a resource: CloudFormation deletes
/// the old id of an Update that answered with a new one, even when it answered FAILED.
final class Ids {
    private final Optional<PhysicalId> event;
    private final Optional<RequestType> type;
    private final PhysicalId wanted;

    Ids(
            RequestIdentity identity,
            CustomResourceHandler handler,
            Optional<RequestType> type,
            Properties properties,
            Properties old) {
        this.type = type;
        this.event = is(RequestType.CREATE) ? Optional.empty() : usable(identity.physicalId());
        String thing = handler.thing(properties);
        boolean sameThing = is(RequestType.UPDATE) && thing.equals(handler.thing(old));
        boolean echo = sameThing || is(RequestType.DELETE);
        PhysicalId byRule =
                PhysicalId.of(handler.idPrefix(), identity.stackId(), identity.logicalId(), thing);
        this.wanted = echo ? event.orElse(byRule) : byRule;
    }

    private boolean is(RequestType one) {
        return type.isPresent() && type.get() == one;
    }

    private static Optional<PhysicalId> usable(Optional<String> id) {
        return id.isPresent() && PhysicalId.isUsable(id.get())
                ? Optional.of(new PhysicalId(id.get()))
                : Optional.empty();
    }

    Optional<PhysicalId> event() {
        return event;
    }

    /// The id of the thing that the new properties describe.
    PhysicalId wanted() {
        return wanted;
    }

    PhysicalId whenDone(Optional<PhysicalId> chosen) {
        if (is(RequestType.DELETE)) return whenFailed(chosen);
        return chosen.isPresent() ? chosen.get() : event.orElse(wanted);
    }

    PhysicalId whenFailed(Optional<PhysicalId> chosen) {
        if (event.isPresent()) return event.get();
        return is(RequestType.CREATE) ? chosen.orElse(wanted) : wanted;
    }
}
