package io.bedrockbudgeteer.lifecycle;

import io.bedrockbudgeteer.keyguard.json.JsonReader;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import io.bedrockbudgeteer.keyguard.plan.OwnStatement;
import io.bedrockbudgeteer.keyguard.plan.Owner;
import io.bedrockbudgeteer.keyguard.plan.Planner;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.policy.Statement;
import java.util.List;
import java.util.regex.Pattern;

/// What a key policy says, seen from the stacks that share the key.
///
/// @param policy as KMS would show it
record KeyState(KeyPolicy policy) {
    private static final Pattern OURS = Pattern.compile("BedrockBudgeteer[A-Za-z0-9]+[0-9a-f]{20}");

    static KeyState of(String text) {
        return new KeyState(KeyPolicy.read(JsonText.pretty(JsonReader.read(text))));
    }

    /// How much of its statements a stack has on a key.
    enum Holding {
        NONE,
        /// Only what old data needs to stay readable.
        DECRYPT,
        /// Everything that the guard writes.
        FULL,
        /// None of these.
        BROKEN
    }

    /// The statements of one stack.
    List<OwnStatement> of(Stack stack) {
        return Planner.ownStatements(policy, new Owner(stack.id(), Guard.GRANTS.logicalId()));
    }

    Holding holdingOf(Stack stack) {
        List<OwnStatement> own = of(stack);
        if (own.isEmpty()) return Holding.NONE;
        if (own.stream().anyMatch(each -> each.state() != OwnStatement.State.INTACT))
            return Holding.BROKEN;
        List<String> purposes = own.stream().map(OwnStatement::purpose).sorted().toList();
        boolean decryptOnly =
                own.stream()
                        .allMatch(each ->
                                each.statement()
                                        .actions()
                                        .filter(a -> a.patterns().equals(List.of("kms:Decrypt")))
                                        .isPresent());
        if (decryptOnly) return Holding.DECRYPT;
        return purposes.equals(Template.PURPOSES) ? Holding.FULL : Holding.BROKEN;
    }

    /// The texts of all statements that no stack has written, in document order.
    List<String> foreign() {
        return policy.statements().stream()
                .filter(statement -> !isOurs(statement))
                .map(Statement::text)
                .toList();
    }

    /// How many statements all stacks together have.
    long ours() {
        return policy.statements().stream().filter(KeyState::isOurs).count();
    }

    private static boolean isOurs(Statement statement) {
        return statement.sid().filter(sid -> OURS.matcher(sid).matches()).isPresent();
    }
}
