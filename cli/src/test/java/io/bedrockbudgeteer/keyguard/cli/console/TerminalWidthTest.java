package io.bedrockbudgeteer.keyguard.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How wide text becomes: as wide as asked for or as the terminal is, within reason.
class TerminalWidthTest {

    @ParameterizedTest
    @CsvSource({
        // COLUMNS, terminal, its width, expected
        "'', false, 200, 80",
        "'', true, 100, 100",
        "'', true, 40, 80",
        "'', true, 200, 120",
        "'', true, , 80",
        "100, false, 90, 100",
        "100, true, 90, 100",
        "60, false, , 80",
        "500, false, , 120",
        "wide, true, 90, 90",
        "0, true, 90, 90",
        "99999999999, true, 90, 90"
    })
    void width(String variable, boolean terminal, Integer width, int expected) {
        int columns =
                TerminalWidth.of(
                        Map.of("COLUMNS", variable),
                        () -> terminal,
                        () -> width == null ? OptionalInt.empty() : OptionalInt.of(width));
        assertThat(columns).isEqualTo(expected);
    }
}
