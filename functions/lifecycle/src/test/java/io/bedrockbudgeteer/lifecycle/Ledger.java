package io.bedrockbudgeteer.lifecycle;

import io.bedrockbudgeteer.lifecycle.KeyState.Holding;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What has to be in the key policies, kept by hand beside the guards: for every stack that ever
/// was, how much of its statements each key has, and what other people wrote.
final class Ledger {
    private final Map<Stack, Map<String, Holding>> holdings = new LinkedHashMap<>();
    private final Map<String, List<String>> foreign = new HashMap<>();

    void foreign(String key, List<String> texts) {
        foreign.put(key, List.copyOf(texts));
    }

    void holds(Stack stack, String key, Holding holding) {
        holdings.computeIfAbsent(stack, _ -> new HashMap<>()).put(key, holding);
    }

    Holding of(Stack stack, String key) {
        return holdings.getOrDefault(stack, Map.of()).getOrDefault(key, Holding.NONE);
    }

    /// Throws unless a key's policy is exactly what the books say.
    void check(String key, KeyState found) {
        int ours = 0;
        for (Map.Entry<Stack, Map<String, Holding>> entry : holdings.entrySet()) {
            Holding expected = entry.getValue().getOrDefault(key, Holding.NONE);
            Holding holding = found.holdingOf(entry.getKey());
            if (holding != expected)
                throw new AssertionError(
                        entry.getKey()
                                + " has "
                                + holding
                                + " on "
                                + key
                                + ", expected "
                                + expected);
            ours += found.of(entry.getKey()).size();
        }
        if (found.ours() != ours)
            throw new AssertionError(key + " has statements of ours that belong to no stack");
        if (!found.foreign().equals(foreign.get(key)))
            throw new AssertionError("a statement of somebody else changed on " + key);
    }
}
