package io.bedrockbudgeteer.keyguard.cli.explain;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What texts mean, for texts that come again and again. Keeps those used last, up to a number of
/// characters, so that a stream without end needs no more memory than a short one. Not thread-safe.
final class TextCache<T> {
    private final int mostCharacters;
    private final Function<String, T> read;
    private final Map<String, T> known = new LinkedHashMap<>(16, 0.75f, true);
    private long characters;

    // The text before the current one is asked for most often. Comparing is faster than hashing.
    private @Nullable String lastText;
    private @Nullable T last;

    TextCache(int mostCharacters, Function<String, T> read) {
        this.mostCharacters = mostCharacters;
        this.read = read;
    }

    T get(String text) {
        T same = last;
        if (same != null && text.equals(lastText)) return same;
        T found = known.get(text);
        if (found == null) {
            found = read.apply(text);
            if (text.length() <= mostCharacters) keep(text, found);
        }
        lastText = text;
        last = found;
        return found;
    }

    private void keep(String text, T value) {
        known.put(text, value);
        characters += text.length();
        var oldest = known.entrySet().iterator();
        while (characters > mostCharacters) {
            characters -= oldest.next().getKey().length();
            oldest.remove();
        }
    }

    long characters() {
        return characters;
    }
}
