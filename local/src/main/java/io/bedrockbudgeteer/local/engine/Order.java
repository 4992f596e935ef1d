package io.bedrockbudgeteer.local.engine;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.ToIntFunction;

/// Which of several ready resources comes next, and how many run at a time.
///
/// CloudFormation promises no order beyond the dependency graph, so the default is the least
/// friendly order that the graph allows: a missing dependency then fails here, and not by chance on
/// AWS.
public sealed interface Order {

    /// How many resources may be in progress at a time.
    int parallel();

    /// A chooser with a fresh state.
    Chooser chooser();

    /// Chooses among ready resources.
    @FunctionalInterface
    interface Chooser {
        /// @param ready never empty, in template order
        /// @param rank lower is less friendly
        String choose(List<String> ready, ToIntFunction<String> rank);
    }

    /// Least friendly first, one at a time: the same order in every run.
    record Adversarial() implements Order {
        @Override
        public int parallel() {
            return 1;
        }

        @Override
        public Chooser chooser() {
            return (ready, rank) -> ready.stream().min(Comparator.comparingInt(rank)).orElseThrow();
        }
    }

    /// By chance, several at a time; the seed repeats the choices, but not the timing.
    record Seeded(long seed) implements Order {
        @Override
        public int parallel() {
            return 4;
        }

        @Override
        public Chooser chooser() {
            Random random = new Random(seed);
            return (ready, rank) -> ready.get(random.nextInt(ready.size()));
        }
    }

    /// Reads `adversarial` or `random:<seed>`.
    static Order parse(String text) {
        if (text.equals("adversarial")) {
            return new Adversarial();
        }
        if (text.startsWith("random:")) {
            try {
                return new Seeded(Long.parseLong(text.substring("random:".length())));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "the seed of the order is not a number: " + text, e);
            }
        }
        throw new IllegalArgumentException(
                "unknown order '" + text + "'; use adversarial or random:<seed>");
    }
}
