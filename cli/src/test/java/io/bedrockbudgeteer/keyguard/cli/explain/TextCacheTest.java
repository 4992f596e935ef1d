package io.bedrockbudgeteer.keyguard.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextCacheTest {
    private final List<String> reads = new ArrayList<>();
    private final TextCache<String> cache =
            new TextCache<>(
                    10,
                    text -> {
                        reads.add(text);
                        return text + "!";
                    });

    private String get(String text) {
        // Another object each time, as lines give them.
        return cache.get(String.copyValueOf(text.toCharArray()));
    }

    @Test
    void a_text_is_read_once() {
        assertThat(List.of(get("a"), get("b"), get("a"), get("a"), get("b")))
                .containsExactly("a!", "b!", "a!", "a!", "b!");
        assertThat(reads).containsExactly("a", "b");
    }

    @Test
    void what_was_not_asked_for_longest_is_forgotten_when_the_characters_are_used_up() {
        get("aaaa");
        get("bbbb");
        get("aaaa");
        get("cccc");
        get("aaaa");
        get("bbbb");
        assertThat(reads).containsExactly("aaaa", "bbbb", "cccc", "bbbb");
        assertThat(cache.characters()).isEqualTo(8);
    }

    @Test
    void a_text_that_is_longer_than_all_is_read_and_displaces_nothing() {
        get("aaaa");
        assertThat(get("x".repeat(11))).hasSize(12);
        assertThat(get("x".repeat(11))).hasSize(12);
        get("aaaa");
        assertThat(reads).containsExactly("aaaa", "x".repeat(11));
    }

    @Test
    void a_text_that_cannot_be_read_is_not_remembered() {
        TextCache<String> failing =
                new TextCache<>(
                        10,
                        text -> {
                            throw new IllegalArgumentException(text);
                        });
        for (int i = 0; i < 2; i++) assertThatThrownBy(() -> failing.get("a")).hasMessage("a");
        assertThat(failing.characters()).isZero();
    }
}
