package io.bedrockbudgeteer.keyguard.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final StringWriter err = new StringWriter();

    private Progress progress(String terminal) {
        return new Progress(
                new Screen(
                        InputStream.nullInputStream(),
                        OutputStream.nullOutputStream(),
                        new PrintWriter(err),
                        () -> false,
                        () -> 20),
                Terminal.of(Optional.of(terminal), () -> false));
    }

    @Test
    void on_a_terminal_one_line_is_written_over_and_taken_away() {
        Progress progress = progress("2");
        progress.stage("writing");
        progress.count("1 of 2");
        progress.clear();
        progress.clear();
        assertThat(err).hasToString("\r\u001B[Kwriting\r\u001B[K1 of 2\r\u001B[K");
    }

    @Test
    void a_line_never_reaches_the_edge() {
        progress("2").stage("x".repeat(20));
        assertThat(err).hasToString("\r\u001B[K" + "x".repeat(18) + "…");
    }

    @Test
    void elsewhere_each_stage_is_a_line_and_counting_is_not_shown() {
        Progress progress = progress("01");
        progress.stage("writing");
        progress.count("1 of 2");
        progress.clear();
        assertThat(err).hasToString("keyguard: writing\n");
    }
}
