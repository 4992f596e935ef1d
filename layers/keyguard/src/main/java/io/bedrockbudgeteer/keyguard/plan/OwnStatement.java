package io.bedrockbudgeteer.keyguard.plan;

import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.policy.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A statement of the key policy that carries the Sid of one owner.
///
/// @param statement as it stands in the policy
/// @param purpose purpose of the requirement it was written for, such as `TrailDecrypt`
/// @param state what became of it
public record OwnStatement(Statement statement, String purpose, State state) {

    /// What became of a statement since it was written.
    public enum State {
        /// As we wrote it.
        INTACT,
        /// As we wrote it, but its role was deleted: KMS shows an id in place of the ARN.
        VANISHED,
        /// Changed by somebody else. We keep our hands off.
        EDITED
    }

    /// The Sid as it stands in the policy.
    public String sid() {
        return statement.sid().orElseThrow();
    }

    /// Whether we may change it or take it out.
    boolean isMovable() {
        return state != State.EDITED;
    }

    /// Indices of the owner's statements that it may change or take out.
    static Set<Integer> movable(KeyPolicy policy, Owner owner) {
        Set<Integer> indices = new HashSet<>();
        for (OwnStatement own : in(policy, owner))
            if (own.isMovable()) indices.add(own.statement().index());
        return indices;
    }

    /// All statements of one owner, in document order.
    static List<OwnStatement> in(KeyPolicy policy, Owner owner) {
        String hash = owner.hash();
        List<OwnStatement> own = new ArrayList<>();
        for (Statement statement : policy.statements()) {
            Optional<OwnSid> sid =
                    statement
                            .sid()
                            .flatMap(OwnSid::parse)
                            .filter(found -> found.owner().equals(hash));
            sid.ifPresent(found ->
                    own.add(
                            new OwnStatement(
                                    statement, found.basePurpose(), state(found, statement))));
        }
        return List.copyOf(own);
    }

    private static State state(OwnSid sid, Statement statement) {
        if (!sid.hasContentOf(statement)) return State.EDITED;
        if (sid.hasPrincipalOf(statement)) return State.INTACT;
        return statement.orphanIds().isEmpty() ? State.EDITED : State.VANISHED;
    }
}
