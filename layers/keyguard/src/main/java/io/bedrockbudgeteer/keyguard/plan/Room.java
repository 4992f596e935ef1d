package io.bedrockbudgeteer.keyguard.plan;

import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import java.util.Optional;

/// How many more stacks of the same size a key policy has room for.
///
/// @param perStack the characters that the statements of one stack take without white space
/// @param more how many more fit when no white space is left anywhere; 0 when the next one does not
public record Room(int perStack, int more) {

    /// Empty when the owner has no statement in the policy, and with it no size.
    public static Optional<Room> of(KeyPolicy policy, Owner owner) {
        int perStack = 0;
        for (OwnStatement own : OwnStatement.in(policy, owner))
            // One more for the comma in front.
            perStack += own.statement().shortestLength() + 1;
        if (perStack == 0) return Optional.empty();
        int left = KeyPolicy.MAX_LENGTH - policy.shortestLength();
        return Optional.of(new Room(perStack, Math.max(0, left / perStack)));
    }
}
