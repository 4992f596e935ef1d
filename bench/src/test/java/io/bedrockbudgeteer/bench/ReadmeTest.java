package io.bedrockbudgeteer.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bedrockbudgeteer.bench.cold.ColdStartChart;
import io.bedrockbudgeteer.bench.cold.ColdStartResults;
import io.bedrockbudgeteer.bench.cold.ColdStartTable;
import io.bedrockbudgeteer.bench.growth.GrowthResults;
import io.bedrockbudgeteer.bench.growth.GrowthTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTest {
    private static final Path FOLDER = Path.of("").toAbsolutePath();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void page_shows_the_tables_of_the_results_file() throws Exception {
        Results results = Results.read(FOLDER.resolve("results/policy.json"));

        assertThat(new Readme(FOLDER.resolve("README.md"), "results").tables())
                .isEqualTo(Tables.of(results));
    }

    @Test
    void page_and_picture_show_the_cold_starts_of_the_results_file() throws Exception {
        ColdStartResults results = ColdStartResults.read(FOLDER.resolve("results/cold-start.json"));

        assertThat(new Readme(FOLDER.resolve("README.md"), "cold-start").tables())
                .isEqualTo(ColdStartTable.of(results));
        Path drawn = Files.createTempFile("cold-start", ".svg");
        ColdStartChart.write(results, drawn);
        assertThat(FOLDER.resolve("results/cold-start.svg")).hasSameTextualContentAs(drawn);
        Files.delete(drawn);
    }

    @Test
    void page_shows_the_tables_of_the_growth() throws Exception {
        GrowthResults results = GrowthResults.read(FOLDER.resolve("results/growth.json"));

        assertThat(new Readme(FOLDER.resolve("README.md"), "growth").tables())
                .isEqualTo(GrowthTable.of(results));
        String page = Files.readString(FOLDER.resolve("../docs/many-stacks.md"));
        for (GrowthResults.Shared each : results.shared())
            assertThat(page)
                    .contains(
                            " | %s | %s | %d |\n"
                                    .formatted(
                                            Figures.counted(each.laidOut()),
                                            Figures.counted(each.dense()),
                                            each.creates().size()));
    }

    @Test
    void tables_are_replaced_between_the_marks(@TempDir Path folder) throws Exception {
        Results results = invented();
        results.write(folder.resolve("results/policy.json"));
        Path page = folder.resolve("README.md");
        Files.writeString(
                page,
                "above\n" + Readme.begin("results") + "old\n" + Readme.end("results") + "below\n");

        assertThat(run(folder, "policy", "--tables")).isZero();

        assertThat(Results.read(folder.resolve("results/policy.json"))).isEqualTo(results);
        assertThat(page)
                .hasContent(
                        "above\n"
                                + Readme.begin("results")
                                + Tables.of(results)
                                + Readme.end("results")
                                + "below\n");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(Tables.of(results));
    }

    @Test
    void tables_show_each_figure_beside_its_target() {
        assertThat(Tables.of(invented()))
                .contains(
                        """
                        Run of 2026-11-24 on 2 processors (Example CPU), Linux amd64, Java 25, Example. One thread; 1 JVM, each warmed up for 3 s of processor time, then 2 iterations of 500 ms.
                        Half of the cases had 50 % of a processor or more, the least lucky one 50 %.
                        """,
                        "| evaluations per second, typical policy | at least 500,000 | 500,000 | 1.00 | 250,000 | 0.500 |",
                        "| ms to check and plan, 32 KB, 12 requirements | less than 5 | 1.00 | 0.200 | 2.00 | 0.400 |",
                        "| time of an evaluation at 32 KB ÷ at 2 KB | at most 16.3 (bytes ÷ bytes; statements ÷ statements is 14.2) | 1.00 | 0.0612 | 1.00 | 0.0612 |",
                        "| typical | 4,564 | 10 | 500,000 | ± 10.0 % | 250,000 | ± 5.0 % | 2,000 | 200 | 1,230 |",
                        "| this reader: model, exact texts, strict | 2,280 | ± 10.0 % | 1.00 | 16,300 | ± 10.0 % | 1.00 |",
                        "| 32 KB | 32,530 | 71 | 1.00 | ± 10.0 % | 2.00 | ± 5.0 % | 0.200 | 1.23 |",
                        "| planned, with every check | 1.00 | ± 10.0 % | 2.00 | ± 5.0 % | 1.00 |");
    }

    @Test
    void page_shows_the_table_of_the_starts() throws Exception {
        Starts starts = Starts.read(FOLDER.resolve("results/command.json"));

        assertThat(new Readme(FOLDER.resolve("README.md"), "command").tables())
                .isEqualTo(starts.table());
    }

    @Test
    void ratios_of_starts_are_medians_of_what_each_round_gives() {
        Starts starts =
                new Starts(
                        1,
                        "2026-11-24",
                        new Machine(2, "Example CPU", "25, Example", "Linux amd64"),
                        List.of(
                                new Starts.Start("first", List.of(100.0, 200.0, 100.0)),
                                new Starts.Start("second", List.of(50.0, 100.0, 300.0)),
                                new Starts.Start("third", List.of())));
        assertThat(starts.table())
                .contains(
                        "| first | 100 | 100 | 1.00 |",
                        "| second | 100 | 50.0 | 0.50 |",
                        "| third | not installed |  |  |");
    }

    @Test
    void unknown_words_and_a_page_without_marks_are_refused(@TempDir Path folder) throws Exception {
        assertThat(run(folder, "policy", "--fast")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("usage: bench/run policy");
        assertThat(run(folder, "policy", "--tables")).isEqualTo(2);

        Files.writeString(folder.resolve("README.md"), "no marks\n");
        assertThatThrownBy(() -> new Readme(folder.resolve("README.md"), "results").tables())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("results: begin");
    }

    private int run(Path folder, String... arguments) {
        return new Main(
                        folder,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(List.of(arguments));
    }

    /// By the clock every evaluation and reading takes 4 µs, every plan and round trip 2 ms; the
    /// machine is half busy with other things.
    private static Results invented() {
        List<Measured> measured = new ArrayList<>();
        for (SampleTest.Size size : SampleTest.SIZES)
            for (Case one : Case.values()) {
                boolean slow = one.name().startsWith("PLAN") || one.name().startsWith("ROUND");
                if (one.samples().contains(size.sample()))
                    measured.add(
                            new Measured(
                                    one.benchmark(),
                                    size.sample().name(),
                                    size.bytes(),
                                    size.statements(),
                                    slow ? "ms/op" : "ops/s",
                                    slow ? 2 : 250_000,
                                    slow ? 0.1 : 12_500,
                                    slow ? 1_000_000 : 2_000,
                                    slow ? 100_000 : 200,
                                    1_234));
            }
        return new Results(
                1,
                "2026-11-24",
                new Machine(2, "Example CPU", "25, Example", "Linux amd64"),
                Effort.QUICK.toString(),
                measured);
    }
}
