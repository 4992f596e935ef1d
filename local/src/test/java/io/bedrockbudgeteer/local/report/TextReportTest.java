package io.bedrockbudgeteer.local.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TextReportTest {

    private static List<String> whole(RunReport report, Ink ink) {
        TextReport text = new TextReport(ink, ZoneOffset.UTC);
        List<String> lines =
                new ArrayList<>(
                        text.head(
                                report.operation(),
                                report.stackName(),
                                "us-east-1",
                                report.timeScale()));
        report.events().forEach(event -> lines.addAll(text.event(event)));
        lines.addAll(text.tail(report, true));
        return lines;
    }

    private static String plain(String line) {
        return line.replaceAll("\u001B\\[[0-9]+m", "");
    }

    @Test
    void a_good_run_reads_well() throws Exception {
        Golden.check("good.txt", whole(Reports.good(), Ink.PLAIN));
    }

    @Test
    void a_failed_run_reads_well() throws Exception {
        Golden.check("failed.txt", whole(Reports.bad(), Ink.PLAIN));
    }

    @Test
    void colour_marks_the_same_text() throws Exception {
        Golden.check("failed-in-colour.txt", whole(Reports.bad(), Ink.COLOUR));
        assertThat(whole(Reports.bad(), Ink.COLOUR).stream().map(TextReportTest::plain))
                .containsExactlyElementsOf(whole(Reports.bad(), Ink.PLAIN));
        assertThat(whole(Reports.good(), Ink.COLOUR).stream().map(TextReportTest::plain))
                .containsExactlyElementsOf(whole(Reports.good(), Ink.PLAIN));
    }

    @ParameterizedTest
    @EnumSource(Ink.class)
    void no_line_is_wider_than_80_columns(Ink ink) {
        assertThat(whole(Reports.good(), ink))
                .allSatisfy(line -> assertThat(plain(line)).hasSizeLessThanOrEqualTo(80));
        assertThat(whole(Reports.bad(), ink))
                .allSatisfy(line -> assertThat(plain(line)).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void nothing_to_do_says_so() {
        RunReport report = Reports.good();
        RunReport idle =
                new RunReport(
                        "update",
                        report.stackName(),
                        report.status(),
                        "",
                        List.of(),
                        report.outputs(),
                        List.of(),
                        List.of(),
                        report.alarms(),
                        report.alarmStates(),
                        List.of(),
                        report.parameters(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Map.of(),
                        report.resources(),
                        report.took(),
                        1);

        assertThat(whole(idle, Ink.PLAIN)).contains("  No updates are to be performed.");
    }

    @Test
    void colour_needs_a_terminal_and_respects_no_color() {
        assertThat(Ink.forOutput(true, false)).isEqualTo(Ink.COLOUR);
        assertThat(Ink.forOutput(true, true)).isEqualTo(Ink.PLAIN);
        assertThat(Ink.forOutput(false, false)).isEqualTo(Ink.PLAIN);
    }
}
