package io.bedrockbudgeteer.keyguard.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/// Tries properties on policies made from seeds. A failure tells the seed and the smallest policy
/// that still fails.
public final class EveryPolicy {

    /// How many policies each property is tried on; `-Dproperties.policies=N` for more or fewer.
    public static final int COUNT = Integer.getInteger("properties.policies", 10_000);

    /// Seed of the first policy; `-Dproperties.seed=N` for others or, with one policy, for the one
    /// that a failure names.
    private static final long FIRST_SEED = Long.getLong("properties.seed", 0);

    /// What properties are tried on. The same seed and text give the same sample.
    public interface Sample {
        long seed();

        /// The policy text.
        String text();
    }

    /// Makes a sample; throws when something is wrong with the text already.
    public interface Recipe<S extends Sample> {
        S make(long seed, String text);
    }

    private EveryPolicy() {}

    /// Random numbers for one purpose. Spread out, because the first numbers of neighbouring seeds
    /// are alike.
    public static Random random(long seed, String purpose) {
        return new Random((seed + purpose.hashCode()) * 0x9E3779B97F4A7C15L);
    }

    /// One sample for each seed.
    public static <S extends Sample> List<S> samples(LongFunction<String> texts, Recipe<S> recipe) {
        List<S> samples = new ArrayList<>();
        for (long seed = FIRST_SEED; seed < FIRST_SEED + COUNT; seed++) {
            long now = seed;
            String text = texts.apply(seed);
            try {
                samples.add(recipe.make(seed, text));
            } catch (AssertionError | RuntimeException e) {
                throw failure(
                        "what the properties need is there",
                        seed,
                        text,
                        smaller -> recipe.make(now, smaller));
            }
        }
        return samples;
    }

    /// @param name name of the property, for the message
    /// @param recipe what the samples were made with
    /// @param property throws when it does not hold of a sample
    public static <S extends Sample> void check(
            String name, List<S> samples, Recipe<S> recipe, Consumer<S> property) {
        for (S sample : samples) {
            try {
                property.accept(sample);
            } catch (AssertionError | RuntimeException e) {
                throw failure(
                        name,
                        sample.seed(),
                        sample.text(),
                        smaller -> property.accept(recipe.make(sample.seed(), smaller)));
            }
        }
    }

    private static AssertionError failure(
            String name, long seed, String text, Consumer<String> check) {
        Optional<Throwable> first = problem(check, text);
        String smallest =
                Smallest.of(
                        text,
                        smaller ->
                                problem(check, smaller)
                                        .map(Object::getClass)
                                        .equals(first.map(Object::getClass)));
        Optional<Throwable> problem = problem(check, smallest);
        return new AssertionError(
                """
                %s: not so with seed %d.
                %s
                Smallest policy that fails, %d of %d characters:
                %s
                """
                        .formatted(
                                name,
                                seed,
                                problem.map(Throwable::toString)
                                        .orElse("It held when tried again."),
                                smallest.length(),
                                text.length(),
                                smallest),
                problem.orElse(null));
    }

    private static Optional<Throwable> problem(Consumer<String> check, String text) {
        try {
            check.accept(text);
            return Optional.empty();
        } catch (AssertionError | RuntimeException e) {
            return Optional.of(e);
        }
    }
}
