package io.bedrockbudgeteer.keyguard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What must hold of every pattern with wildcards. A failure prints the seed.
class WildcardPropertiesTest {

    @Test
    void wildcards_match_as_the_same_regular_expression_does() {
        for (long seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            String pattern =
                    random.ints(random.nextInt(8), 0, 4)
                            .mapToObj(i -> "ab*?".substring(i, i + 1))
                            .collect(Collectors.joining());
            String text =
                    random.ints(random.nextInt(10), 0, 2)
                            .mapToObj(i -> "ab".substring(i, i + 1))
                            .collect(Collectors.joining());
            String regex = pattern.replace("*", ".*").replace("?", ".");
            assertThat(Glob.of(pattern).matches(text))
                    .as("seed %s: %s on %s", seed, pattern, text)
                    .isEqualTo(Pattern.matches(regex, text));
        }
    }

    /// Long pieces are searched in other ways than short ones; the pieces here reach over the words
    /// in which they are followed.
    @Test
    void long_pieces_match_as_the_same_regular_expression_does() {
        for (long seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            String piece = letters(random, 60 + random.nextInt(80), "aab");
            String holes =
                    random.nextBoolean()
                            ? piece
                            : piece.chars()
                                    .mapToObj(c ->
                                            random.nextInt(3) == 0 ? "?" : Character.toString(c))
                                    .collect(Collectors.joining());
            String text =
                    letters(random, random.nextInt(40), "ab")
                            + (random.nextInt(4) == 0
                                    ? letters(random, piece.length(), "ab")
                                    : piece)
                            + letters(random, random.nextInt(40), "ab");
            String pattern = "*" + holes + "*" + (random.nextBoolean() ? "" : "a*");
            String regex = pattern.replace("*", ".*").replace("?", ".");
            assertThat(Glob.of(pattern).matches(text))
                    .as("seed %s: %s on %s", seed, pattern, text)
                    .isEqualTo(Pattern.matches(regex, text));
        }
    }

    private static String letters(Random random, int length, String pool) {
        return random.ints(length, 0, pool.length())
                .mapToObj(i -> pool.substring(i, i + 1))
                .collect(Collectors.joining());
    }

    @Test
    void hostile_wildcards_cost_no_more_than_a_search() {
        String text = "a".repeat(200_000);
        assertThat(Glob.of("*a".repeat(5_000) + "*b").matches(text)).isFalse();
        assertThat(
                        Glob.of("*" + "a".repeat(10_000) + "b*" + "a".repeat(10_000) + "c*")
                                .matches(text))
                .isFalse();
        assertThat(Glob.of("*".repeat(100_000) + "a").matches(text)).isTrue();
        assertThat(Glob.of("*" + "?a".repeat(10_000) + "b*").matches(text)).isFalse();
    }
}
