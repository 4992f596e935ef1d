package io.bedrockbudgeteer.keyguard.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A pattern with `*` (any run of characters, none too) and `?` (exactly one character). Matching
/// never goes back over a `*` that was passed, so a hostile pattern costs no more than a plain
/// search for each of its pieces.
final class Glob {
    private static final int RUN = -1;
    private static final int ONE = -2;
    // A piece as short as this is compared at every place: faster than anything clever.
    private static final int SHORT = 64;
    // Longs in all masks together, 32 MB, however long and varied a hostile pattern is.
    private static final int MOST_BITS = 4 << 20;

    private final int[] tokens;
    private @Nullable List<Glob> arnParts;

    private Glob(int[] tokens) {
        this.tokens = tokens;
    }

    static Glob of(String pattern) {
        return new Builder().pattern(pattern).build();
    }

    /// Puts a pattern together from wild and literal text.
    static final class Builder {
        private int[] tokens = new int[32];
        private int size;

        Builder pattern(String text) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                add(c == '*' ? RUN : c == '?' ? ONE : c);
            }
            return this;
        }

        Builder literal(String text) {
            for (int i = 0; i < text.length(); i++) add(text.charAt(i));
            return this;
        }

        private void add(int token) {
            if (size == tokens.length) tokens = Arrays.copyOf(tokens, size * 2);
            tokens[size++] = token;
        }

        Glob build() {
            return new Glob(Arrays.copyOf(tokens, size));
        }
    }

    boolean isBareStar() {
        return tokens.length == 1 && tokens[0] == RUN;
    }

    /// The parts of an ARN pattern: what stands between its first five literal colons.
    List<Glob> arnParts() {
        List<Glob> parts = arnParts;
        // Two threads may both come here and store the same: what is stored never changes.
        if (parts == null) arnParts = parts = split(':', 6);
        return parts;
    }

    private List<Glob> split(char separator, int limit) {
        List<Glob> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < tokens.length && parts.size() < limit - 1; i++) {
            if (tokens[i] != separator) continue;
            parts.add(new Glob(Arrays.copyOfRange(tokens, start, i)));
            start = i + 1;
        }
        parts.add(new Glob(Arrays.copyOfRange(tokens, start, tokens.length)));
        return List.copyOf(parts);
    }

    boolean matches(String text) {
        int firstStar = indexOfStar(0);
        if (firstStar < 0) return tokens.length == text.length() && fits(0, tokens.length, text, 0);
        if (firstStar > text.length() || !fits(0, firstStar, text, 0)) return false;
        int lastStar = lastStar();
        int tail = tokens.length - lastStar - 1;
        int end = text.length() - tail;
        if (end < firstStar || !fits(lastStar + 1, tokens.length, text, end)) return false;
        int at = firstStar;
        for (int star = firstStar; star < lastStar; ) {
            int next = indexOfStar(star + 1);
            if (next > star + 1) {
                at = find(star + 1, next, text, at, end);
                if (at < 0) return false;
            }
            star = next;
        }
        return true;
    }

    /// Index behind the first place in `text[from, to)` where the piece `tokens[start, stop)` fits;
    /// -1 when it fits nowhere.
    private int find(int start, int stop, String text, int from, int to) {
        int length = stop - start;
        if (length > SHORT)
            return hasOne(start, stop)
                    ? findByBits(start, length, text, from, to)
                    : findByFallbacks(start, length, text, from, to);
        for (int at = from; at + length <= to; at++)
            if (fits(start, stop, text, at)) return at + length;
        return -1;
    }

    /// Knuth, Morris and Pratt: linear whatever the text repeats.
    private int findByFallbacks(int start, int length, String text, int from, int to) {
        int[] fallback = fallbacks(start, length);
        int matched = 0;
        for (int at = from; at < to; at++) {
            while (matched > 0 && tokens[start + matched] != text.charAt(at))
                matched = fallback[matched - 1];
            if (tokens[start + matched] == text.charAt(at) && ++matched == length) return at + 1;
        }
        return -1;
    }

    /// Baeza-Yates and Gonnet: all beginnings of the piece are followed at the same time, one bit
    /// each, because a `?` in it leaves no fallback.
    private int findByBits(int start, int length, String text, int from, int to) {
        int words = (length + 63) >>> 6;
        int kept = Math.max(256, MOST_BITS / words);
        Map<Character, long[]> masks = new HashMap<>();
        long[] state = new long[words];
        for (int at = from; at < to; at++) {
            char c = text.charAt(at);
            long[] mask = masks.get(c);
            if (mask == null) {
                mask = mask(start, length, c);
                if (masks.size() < kept) masks.put(c, mask);
            }
            long carry = 1;
            for (int w = 0; w < words; w++) {
                long shifted = (state[w] << 1) | carry;
                carry = state[w] >>> 63;
                state[w] = shifted & mask[w];
            }
            if ((state[words - 1] >>> ((length - 1) & 63) & 1) == 1) return at + 1;
        }
        return -1;
    }

    private long[] mask(int start, int length, char c) {
        long[] mask = new long[(length + 63) >>> 6];
        for (int i = 0; i < length; i++)
            if (tokens[start + i] == ONE || tokens[start + i] == c) mask[i >>> 6] |= 1L << (i & 63);
        return mask;
    }

    private int[] fallbacks(int start, int length) {
        int[] fallback = new int[length];
        for (int i = 1, matched = 0; i < length; i++) {
            while (matched > 0 && tokens[start + i] != tokens[start + matched])
                matched = fallback[matched - 1];
            if (tokens[start + i] == tokens[start + matched]) matched++;
            fallback[i] = matched;
        }
        return fallback;
    }

    private boolean fits(int start, int stop, String text, int at) {
        if (at < 0 || at + (stop - start) > text.length()) return false;
        for (int i = start; i < stop; i++)
            if (tokens[i] != ONE && tokens[i] != text.charAt(at + i - start)) return false;
        return true;
    }

    private boolean hasOne(int start, int stop) {
        for (int i = start; i < stop; i++) if (tokens[i] == ONE) return true;
        return false;
    }

    private int indexOfStar(int from) {
        for (int i = from; i < tokens.length; i++) if (tokens[i] == RUN) return i;
        return -1;
    }

    private int lastStar() {
        int i = tokens.length - 1;
        while (tokens[i] != RUN) i--;
        return i;
    }
}
