package io.bedrockbudgeteer.keyguard.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class WrapTest {

    @Test
    void short_text_stays_on_one_line() {
        assertThat(Wrap.lines("- ", "  ", "text")).containsExactly("- text");
        assertThat(Wrap.lines("", "", "x".repeat(80))).containsExactly("x".repeat(80));
    }

    @Test
    void text_breaks_at_a_blank() {
        assertThat(Wrap.lines("", "  ", "a".repeat(50) + " " + "b".repeat(40)))
                .containsExactly("a".repeat(50), "  " + "b".repeat(40));
    }

    @Test
    void text_without_blank_breaks_behind_a_separator_or_anywhere() {
        assertThat(Wrap.lines("", "", "a".repeat(60) + ":" + "b".repeat(40)))
                .containsExactly("a".repeat(60) + ":", "b".repeat(40));
        assertThat(Wrap.lines("", "", "a".repeat(100)))
                .containsExactly("a".repeat(80), "a".repeat(20));
    }

    @Test
    void the_width_may_be_another() {
        assertThat(Wrap.lines(12, "", "  ", "aaaa bbbb cccc dddd"))
                .containsExactly("aaaa bbbb", "  cccc dddd");
        assertThat(Wrap.lines(120, "", "", "x".repeat(120))).containsExactly("x".repeat(120));
    }

    @Test
    void source_keeps_its_indentation() {
        assertThat(Wrap.source("1 | ", "  | ", "    \"a\": " + "b".repeat(80)))
                .containsExactly(
                        "1 |     \"a\":",
                        "  |       " + "b".repeat(70),
                        "  |       " + "b".repeat(10));
        assertThat(Wrap.source("1 | ", "  | ", " ".repeat(200) + "x").getLast()).endsWith("x");
    }

    @Test
    void no_character_is_cut_in_half() {
        for (int shift = 0; shift < 3; shift++)
            for (String line : Wrap.lines("", "", "a".repeat(shift) + "😀".repeat(100)))
                assertThat(line.codePoints())
                        .noneMatch(c -> Character.getType(c) == Character.SURROGATE);
    }

    @Test
    void whatever_the_text_every_line_fits_and_nothing_is_lost() {
        long seed = 7;
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(400);
            while (text.length() < length) text.append("ab :/-,\"{}".charAt(random.nextInt(10)));
            List<String> lines = Wrap.source("12 | ", "   | ", text.toString());
            assertThat(lines)
                    .as("seed %d, round %d", seed, i)
                    .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(Wrap.WIDTH));
            String joined = String.join("", lines.stream().map(line -> line.substring(5)).toList());
            assertThat(joined.replace(" ", ""))
                    .as("seed %d, round %d", seed, i)
                    .isEqualTo(text.toString().replace(" ", ""));
        }
    }
}
