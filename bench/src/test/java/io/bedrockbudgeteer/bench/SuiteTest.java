package io.bedrockbudgeteer.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.options.VerboseMode;

class SuiteTest {
    /// Every case once in this JVM; the figures mean nothing.
    private static final Effort ONCE = new Effort(0, 0, 1, Duration.ofMillis(1));

    @Test
    void every_case_sets_up_and_runs_and_the_tables_have_all_they_need() throws Exception {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());

        Results results =
                Suite.run(ONCE, VerboseMode.SILENT, nowhere, LocalDate.parse("2026-11-24"));

        List<String> expected = new ArrayList<>();
        for (Case one : Case.values())
            for (Sample sample : one.samples()) expected.add(one.benchmark() + " " + sample);
        assertThat(results.measured())
                .extracting(one -> one.benchmark() + " " + one.sample())
                .containsExactlyInAnyOrderElementsOf(expected)
                .hasSize(24);
        assertThat(results.measured()).allMatch(one -> one.score() > 0);
        assertThat(results.measured()).allMatch(one -> one.allocatedBytes() > 0);
        assertThat(Tables.of(results)).startsWith("Run of 2026-11-24 on ");
    }
}
