package io.bedrockbudgeteer.keyguard.plan;

import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.policy.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Proves on the finished text that nothing but our statements differs. A failure is a bug of ours,
/// so it throws and nothing is written.
final class WriteChecks {

    private WriteChecks() {}

    /// @throws IllegalStateException when a foreign statement, or anything around the statements,
    ///   is not as it was
    static void verify(KeyPolicy old, Draft draft, Owner owner) {
        KeyPolicy before = old.sendable();
        KeyPolicy after = draft.policy();
        Set<String> changed = new HashSet<>();
        for (StatementChange change : draft.changes()) changed.add(change.sid());
        Set<Integer> ownBefore = OwnStatement.movable(before, owner);
        Set<Integer> ownAfter = OwnStatement.movable(after, owner);
        if (!draft.minified() && !texts(before, ownBefore).equals(texts(after, ownAfter)))
            throw new IllegalStateException(
                    "a statement of somebody else would change; nothing is written");
        if (!before.saysTheSameApartFrom(ownBefore, after, ownAfter))
            throw new IllegalStateException(
                    "the policy would say something else apart from our statements; nothing is written");
        if (!before.repeatedSids().containsAll(after.repeatedSids()))
            throw new IllegalStateException("a Sid would be repeated: " + after.repeatedSids());
        if (!after.sendable().text().equals(after.text()))
            throw new IllegalStateException(
                    "the policy would have characters that KMS does not take");
        for (OwnStatement own : OwnStatement.in(after, owner))
            if (own.state() != OwnStatement.State.INTACT && changed.contains(own.sid()))
                throw new IllegalStateException(
                        "statement " + own.sid() + " would not be recognised again");
    }

    private static List<String> texts(KeyPolicy policy, Set<Integer> without) {
        return policy.rules().without(without).statements().stream().map(Statement::text).toList();
    }
}
