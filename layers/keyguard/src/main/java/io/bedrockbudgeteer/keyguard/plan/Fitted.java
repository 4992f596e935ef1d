package io.bedrockbudgeteer.keyguard.plan;

import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.policy.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A new text with as much white space as there is room for.
///
/// @param policy the text; too long only when no white space is left in it
/// @param minified whether white space had to go from statements of others, too
record Fitted(KeyPolicy policy, boolean minified) {

    /// Ours are laid out like their neighbours, so that a person reads the policy as one text. From
    /// the warning mark on, what we write now goes without white space. Not only from the limit on:
    /// until then each stack would use up, with blanks, what others need, and the next one would
    /// have to take the layout of everybody. What we wrote before is touched only at the limit, and
    /// statements of others only when that is not enough.
    ///
    /// @param written Sids of what is new or changed
    static Fitted of(KeyPolicy edited, Set<String> written, Owner owner) {
        int length = edited.length();
        if (length < PolicyHealth.NEARLY_FULL) return new Fitted(edited, false);
        Set<Integer> own = OwnStatement.movable(edited, owner);
        for (Set<Integer> compact : List.of(among(edited, own, written), own))
            if (length - edited.whiteSpaceIn(compact) <= KeyPolicy.MAX_LENGTH)
                return new Fitted(edited.minified(compact), false);
        return new Fitted(edited.minified(), true);
    }

    private static Set<Integer> among(KeyPolicy policy, Set<Integer> own, Set<String> sids) {
        Set<Integer> found = new HashSet<>();
        for (int index : own) {
            Statement statement = policy.statements().get(index);
            if (statement.sid().filter(sids::contains).isPresent()) found.add(index);
        }
        return found;
    }
}
