package io.bedrockbudgeteer.local.engine;

import java.time.InstantSource;
import java.util.function.Consumer;

/// How a stack engine works.
///
/// @param rollback whether a failed operation is rolled back; otherwise what succeeded stays
/// @param listener hears of every event as it happens, one at a time
/// @param violations hears of what turned out, in the middle of an operation, not to be modelled
public record Options(
        Order order,
        Reversal reversal,
        boolean rollback,
        InstantSource clock,
        Consumer<StackEvent> listener,
        Consumer<String> violations) {

    /// Least friendly order, roll-back as observed on AWS, nobody listens.
    public static Options standard() {
        return new Options(
                new Order.Adversarial(),
                Reversal.REVERSE_UPDATE,
                true,
                InstantSource.system(),
                event -> {},
                what -> {});
    }

    public Options withOrder(Order other) {
        return new Options(other, reversal, rollback, clock, listener, violations);
    }

    public Options withReversal(Reversal other) {
        return new Options(order, other, rollback, clock, listener, violations);
    }

    public Options withoutRollback() {
        return new Options(order, reversal, false, clock, listener, violations);
    }

    public Options withListener(Consumer<StackEvent> other) {
        return new Options(order, reversal, rollback, clock, other, violations);
    }

    public Options withViolations(Consumer<String> other) {
        return new Options(order, reversal, rollback, clock, listener, other);
    }
}
