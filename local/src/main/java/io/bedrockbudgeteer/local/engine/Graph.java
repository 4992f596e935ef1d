package io.bedrockbudgeteer.local.engine;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Who needs whom, also indirectly.
final class Graph {
    private final Map<String, Set<String>> needs;
    private final Map<String, Set<String>> closure = new HashMap<>();

    Graph(Map<String, Set<String>> needs) {
        this.needs = needs;
    }

    static Graph of(Map<String, Live> live) {
        Map<String, Set<String>> needs = new HashMap<>();
        live.forEach((id, resource) -> needs.put(id, resource.needs()));
        return new Graph(needs);
    }

    /// Everything this one needs, directly or not. The graph has no cycles.
    Set<String> allNeedsOf(String id) {
        Set<String> known = closure.get(id);
        if (known != null) {
            return known;
        }
        Set<String> all = new HashSet<>();
        for (String next : needs.getOrDefault(id, Set.of())) {
            all.add(next);
            all.addAll(allNeedsOf(next));
        }
        closure.put(id, all);
        return all;
    }

    /// Those of the candidates that need this one: what has to go first when it is deleted.
    Set<String> whoNeeds(String id, Set<String> candidates) {
        Set<String> who = new HashSet<>();
        for (String candidate : candidates) {
            if (!candidate.equals(id) && allNeedsOf(candidate).contains(id)) {
                who.add(candidate);
            }
        }
        return who;
    }
}
