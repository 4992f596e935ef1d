package io.bedrockbudgeteer.keyguard.policy;

import java.util.List;
import java.util.stream.Stream;

/// A policy text and the questions that its seed asks about it.
record Trial(long seed, String text) implements EveryPolicy.Sample {

    // Made once for all properties.
    private static final class All {
        static final List<Trial> TRIALS =
                EveryPolicy.samples(seed -> new RandomPolicies(seed).text(), Trial::new);
    }

    static List<Trial> all() {
        return All.TRIALS;
    }

    KeyPolicy policy() {
        return KeyPolicy.read(text);
    }

    List<Question> questions(int count) {
        RandomRequests random = new RandomRequests(seed);
        return Stream.generate(random::question).limit(count).toList();
    }

    /// How a verdict was reached, apart from which of several statements is named. A caller may be
    /// allowed directly and by its account alike; which of them is named follows the order.
    static String outcome(Verdict verdict) {
        return verdict.kind() + " " + verdict.basis().replace("delegated", "direct");
    }
}
