package io.bedrockbudgeteer.local.provider;

import io.bedrockbudgeteer.local.account.NotModelledException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The properties of a type: which are modelled and which are knowingly ignored. Everything else is
/// refused.
///
/// Paths have dots and pass through lists: `SSESpecification.SSEEnabled`. A modelled property
/// without modelled children is taken whole.
record PropertyNames(String type, Set<String> modelled, Set<String> ignored) {

    PropertyNames {
        modelled = Set.copyOf(modelled);
        ignored = Set.copyOf(ignored);
    }

    /// @throws NotModelledException naming the property
    void check(String logicalId, Map<String, Object> properties) {
        check("", properties, logicalId);
    }

    private void check(String prefix, Object value, String logicalId) {
        switch (value) {
            case List<?> list -> list.forEach(element -> check(prefix, element, logicalId));
            case Map<?, ?> map ->
                    map.forEach((key, inner) -> {
                        String name = String.valueOf(key);
                        if (isIntrinsic(name)) {
                            // Looked at again when it is resolved.
                            return;
                        }
                        String path = prefix.isEmpty() ? name : prefix + "." + name;
                        if (ignored.contains(path)) {
                            return;
                        }
                        if (!modelled.contains(path)) {
                            throw new NotModelledException(
                                    "property " + path + " of " + type + " (" + logicalId + ")");
                        }
                        if (hasChildren(path)) {
                            check(path, inner, logicalId);
                        }
                    });
            default -> {}
        }
    }

    /// The ignored properties that are set.
    Set<String> ignoredIn(Map<String, Object> properties) {
        Set<String> found = new TreeSet<>();
        collect("", properties, found);
        return found;
    }

    private void collect(String prefix, Object value, Set<String> found) {
        switch (value) {
            case List<?> list -> list.forEach(element -> collect(prefix, element, found));
            case Map<?, ?> map ->
                    map.forEach((key, inner) -> {
                        String name = String.valueOf(key);
                        // Branches of Fn::If and the like stand where their value will stand.
                        String path =
                                isIntrinsic(name)
                                        ? prefix
                                        : prefix.isEmpty() ? name : prefix + "." + name;
                        if (ignored.contains(path)) {
                            found.add(path);
                        } else {
                            collect(path, inner, found);
                        }
                    });
            default -> {}
        }
    }

    private boolean hasChildren(String path) {
        String start = path + ".";
        return modelled.stream().anyMatch(other -> other.startsWith(start))
                || ignored.stream().anyMatch(other -> other.startsWith(start));
    }

    private static boolean isIntrinsic(String name) {
        return name.startsWith("Fn::") || name.equals("Ref");
    }
}
