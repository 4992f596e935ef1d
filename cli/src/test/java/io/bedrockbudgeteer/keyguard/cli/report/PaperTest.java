package io.bedrockbudgeteer.keyguard.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.cli.console.Ink;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Text for people in the making.
class PaperTest {
    private final Paper paper = new Paper(Ink.PLAIN, 80);

    @Test
    void source_that_is_indented_without_end_still_fits() {
        paper.source("  + ", " ".repeat(300) + "x".repeat(50), UnaryOperator.identity());
        assertThat(paper.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(String.join("", paper.lines()).replaceAll("[^x]", "")).hasSize(50);
    }

    @Test
    void a_row_is_as_high_as_its_highest_cell_and_columns_stay_in_line() {
        paper.row(
                List.of(2, 10, 20),
                List.of(List.of("a"), List.of("b", "c"), List.of("d", "e", "f")),
                UnaryOperator.identity());
        assertThat(paper.lines())
                .containsExactly(
                        "  a       b         d", "          c         e", " ".repeat(20) + "f");
    }

    @Test
    void only_the_first_cell_of_a_row_is_painted() {
        Paper colourful = new Paper(Ink.COLOUR, 80);
        colourful.row(List.of(0, 6), List.of(List.of("no"), List.of("why")), Ink.COLOUR::bad);
        assertThat(colourful.lines()).containsExactly("\u001B[31mno\u001B[0m    why");
    }

    @Test
    void what_comes_from_outside_cannot_move_the_cursor_or_show_an_access_key() {
        paper.text("", "", "a\u001B[2Jb AKIAABCDEFGHIJKLMNOP");
        assertThat(paper.lines()).containsExactly("a\\u001b[2Jb AKIA[redacted]");
    }
}
