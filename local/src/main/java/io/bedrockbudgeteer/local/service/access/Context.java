package io.bedrockbudgeteer.local.service.access;

import io.bedrockbudgeteer.local.account.NotModelledException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The condition keys of one call. A key is present, known to be absent, or outside what this
/// simulation knows: then looking it up fails, because guessing would decide access. Key names are
/// compared without regard to case (IAM User Guide, "IAM JSON policy elements: Condition").
public final class Context {
    /// Keys with several values; they need a set operator (IAM User Guide, "Single-valued vs.
    /// multivalued context keys").
    private static final Set<String> MULTIVALUED =
            Set.of(
                    "kms:encryptioncontextkeys",
                    "kms:grantoperations",
                    "kms:resourcealiases",
                    "aws:tagkeys",
                    "aws:calledvia",
                    "aws:principalservicenameslist",
                    "aws:principalorgpaths",
                    "aws:resourceorgpaths",
                    "aws:sourceorgpaths");

    private final Map<String, List<String>> present;
    private final Set<String> absent;
    private final Set<String> absentPrefixes;

    private Context(
            Map<String, List<String>> present, Set<String> absent, Set<String> absentPrefixes) {
        this.present = present;
        this.absent = absent;
        this.absentPrefixes = absentPrefixes;
    }

    /// Empty when the key is known to be absent.
    ///
    /// @throws NotModelledException for a key that nothing is known about
    Optional<List<String>> find(String key) {
        String name = key.toLowerCase(Locale.ROOT);
        List<String> values = present.get(name);
        if (values != null) return Optional.of(values);
        if (absent.contains(name) || absentPrefixes.stream().anyMatch(name::startsWith))
            return Optional.empty();
        throw new NotModelledException("condition key " + key);
    }

    static boolean isMultivalued(String key) {
        return MULTIVALUED.contains(key.toLowerCase(Locale.ROOT));
    }

    public static Builder builder() {
        return new Builder();
    }

    /// Collects what is known about a call.
    public static final class Builder {
        private final Map<String, List<String>> present = new HashMap<>();
        private final Set<String> absent = new HashSet<>();
        private final Set<String> prefixes = new HashSet<>();

        private Builder() {}

        public Builder put(String key, String... values) {
            return put(key, List.of(values));
        }

        public Builder put(String key, List<String> values) {
            String name = key.toLowerCase(Locale.ROOT);
            List<String> before = present.put(name, List.copyOf(values));
            // Two pairs of an encryption context may differ in case only; which one a condition
            // then sees is not documented.
            if (before != null && !before.equals(values)) {
                throw new NotModelledException("two values of condition key " + key);
            }
            return this;
        }

        public Builder absent(String... keys) {
            for (String key : keys) absent.add(key.toLowerCase(Locale.ROOT));
            return this;
        }

        /// Takes back [#absent]: the call carries the key, but its value is not known here. A value
        /// that was put stays.
        public Builder unknown(String... keys) {
            for (String key : keys) absent.remove(key.toLowerCase(Locale.ROOT));
            return this;
        }

        /// Every key that begins so is absent unless it was put.
        public Builder absentPrefix(String prefix) {
            prefixes.add(prefix.toLowerCase(Locale.ROOT));
            return this;
        }

        public Context build() {
            return new Context(Map.copyOf(present), Set.copyOf(absent), Set.copyOf(prefixes));
        }
    }
}
