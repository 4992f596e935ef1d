package io.bedrockbudgeteer.keyguard.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class InkTest {

    @Test
    void colours_are_for_terminals_only() {
        assertThat(Ink.isWanted(Map.of(), () -> true)).isTrue();
        assertThat(Ink.isWanted(Map.of(), () -> false)).isFalse();
    }

    @Test
    void any_value_of_no_color_refuses_them_and_an_empty_one_does_not() {
        assertThat(Ink.isWanted(Map.of("NO_COLOR", "1"), () -> true)).isFalse();
        assertThat(Ink.isWanted(Map.of("NO_COLOR", "false"), () -> true)).isFalse();
        assertThat(Ink.isWanted(Map.of("NO_COLOR", ""), () -> true)).isTrue();
    }

    @Test
    void without_colour_text_stays_as_it_is() {
        assertThat(Ink.PLAIN.bad("DENIED")).isEqualTo("DENIED");
        assertThat(Ink.COLOUR.bad("DENIED")).isEqualTo("\u001B[31mDENIED\u001B[0m");
    }
}
