package io.bedrockbudgeteer.keyguard.customresource;

import java.util.Optional;

/// One request of CloudFormation, understood.
///
/// @param type Create, Update or Delete
/// @param stackId the stack, from which partition, Region and account follow
/// @param requestId not unique: a repeated deployment may reuse it
/// @param logicalId the name of the resource in the template
/// @param eventId the physical id that came with the request; absent on Create. On a Delete it may
///   be one that CloudFormation made up
/// @param properties what is wanted; on Delete, what was there
/// @param oldProperties on Update, the last successful properties, perhaps in the shape of an older
///   version
/// @param id the id of the thing that `properties` describe: the event's own when they still
///   describe the same thing
public record Request(
        RequestType type,
        StackId stackId,
        String requestId,
        String logicalId,
        Optional<PhysicalId> eventId,
        Properties properties,
        Properties oldProperties,
        PhysicalId id) {

    /// Whether an Update leads back to a thing whose id CloudFormation still holds, although the
    /// old properties name another thing: the reverse of a replacement that failed. No Delete will
    /// come for that other thing.
    public boolean returnsTo(String thing, String oldThing) {
        return type == RequestType.UPDATE
                && !thing.equals(oldThing)
                && eventId.filter(id::equals).isPresent();
    }

    @Override
    public String toString() {
        return type + " of " + logicalId;
    }
}
