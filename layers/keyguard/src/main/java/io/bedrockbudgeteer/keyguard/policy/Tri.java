package io.bedrockbudgeteer.keyguard.policy;

import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// True, false or not known, after Kleene; an unknown remembers what would decide it.
///
/// @param keys context keys whose values would decide
/// @param undocumented why no value could decide: AWS does not say, or says two things
record Tri(Truth truth, SortedSet<String> keys, Optional<String> undocumented) {

    enum Truth {
        TRUE,
        FALSE,
        UNKNOWN
    }

    static final Tri TRUE = new Tri(Truth.TRUE, new TreeSet<>(), Optional.empty());
    static final Tri FALSE = new Tri(Truth.FALSE, new TreeSet<>(), Optional.empty());

    static Tri of(boolean value) {
        return value ? TRUE : FALSE;
    }

    static Tri onKey(String key) {
        SortedSet<String> keys = new TreeSet<>();
        keys.add(key);
        return new Tri(Truth.UNKNOWN, keys, Optional.empty());
    }

    static Tri undocumented(String why) {
        return new Tri(Truth.UNKNOWN, new TreeSet<>(), Optional.of(why));
    }

    boolean isTrue() {
        return truth == Truth.TRUE;
    }

    boolean isFalse() {
        return truth == Truth.FALSE;
    }

    boolean isUnknown() {
        return truth == Truth.UNKNOWN;
    }

    Tri and(Tri other) {
        if (isFalse() || other.isFalse()) return FALSE;
        if (isTrue()) return other;
        return other.isTrue() ? this : both(other);
    }

    Tri or(Tri other) {
        if (isTrue() || other.isTrue()) return TRUE;
        if (isFalse()) return other;
        return other.isFalse() ? this : both(other);
    }

    /// As [#or], for ways to an allowed call: a way that only needs context values is worth more
    /// than one that nobody can decide.
    Tri orElse(Tri other) {
        if (isUnknown()
                && other.isUnknown()
                && undocumented.isPresent() != other.undocumented.isPresent())
            return undocumented.isPresent() ? other : this;
        return or(other);
    }

    Tri not() {
        return switch (truth) {
            case TRUE -> FALSE;
            case FALSE -> TRUE;
            case UNKNOWN -> this;
        };
    }

    private Tri both(Tri other) {
        SortedSet<String> all = new TreeSet<>(keys);
        all.addAll(other.keys);
        return new Tri(Truth.UNKNOWN, all, undocumented.or(other::undocumented));
    }
}
