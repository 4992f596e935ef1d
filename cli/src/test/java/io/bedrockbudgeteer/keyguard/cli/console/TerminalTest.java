package io.bedrockbudgeteer.keyguard.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {

    @ParameterizedTest
    @CsvSource({
        "012, true, true, true",
        "'', false, false, false",
        "01, true, true, false",
        "12, false, true, true",
        "02, false, false, true"
    })
    void the_start_script_says_which_streams_are_a_terminal(
            String streams, boolean asks, boolean shows, boolean tells) {
        Terminal terminal =
                Terminal.of(
                        Optional.of(streams),
                        () -> {
                            throw new AssertionError("nobody else is asked");
                        });
        assertThat(terminal.asks()).isEqualTo(asks);
        assertThat(terminal.shows()).isEqualTo(shows);
        assertThat(terminal.tells()).isEqualTo(tells);
    }

    @Test
    void without_the_start_script_the_jdk_is_asked() {
        assertThat(Terminal.of(Optional.empty(), () -> true).asks()).isTrue();
        assertThat(Terminal.of(Optional.empty(), () -> false).shows()).isFalse();
    }
}
