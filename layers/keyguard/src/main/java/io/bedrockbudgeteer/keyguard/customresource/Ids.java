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
        this.event =
                type.filter(RequestType.CREATE::equals).isPresent()
                        ? Optional.empty()
                        : identity.physicalId().filter(PhysicalId::isUsable).map(PhysicalId::new);
        String thing = handler.thing(properties);
        boolean sameThing =
                type.filter(RequestType.UPDATE::equals).isPresent()
                        && thing.equals(handler.thing(old));
        boolean echo = sameThing || type.filter(RequestType.DELETE::equals).isPresent();
        PhysicalId byRule =
                PhysicalId.of(handler.idPrefix(), identity.stackId(), identity.logicalId(), thing);
        this.wanted = echo ? event.orElse(byRule) : byRule;
    }

    Optional<PhysicalId> event() {
        return event;
    }

    /// The id of the thing that the new properties describe.
    PhysicalId wanted() {
        return wanted;
    }

    PhysicalId whenDone(Optional<PhysicalId> chosen) {
        if (type.filter(RequestType.DELETE::equals).isPresent()) return whenFailed(chosen);
        return chosen.or(() -> event).orElse(wanted);
    }

    PhysicalId whenFailed(Optional<PhysicalId> chosen) {
        if (event.isPresent()) return event.get();
        return type.filter(RequestType.CREATE::equals).isPresent() ? chosen.orElse(wanted) : wanted;
    }
}
