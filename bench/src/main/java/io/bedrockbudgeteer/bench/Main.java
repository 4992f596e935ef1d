package io.bedrockbudgeteer.bench;

import io.bedrockbudgeteer.bench.cold.ColdStart;
import io.bedrockbudgeteer.bench.cold.ColdStartChart;
import io.bedrockbudgeteer.bench.cold.ColdStartResults;
import io.bedrockbudgeteer.bench.cold.ColdStartTable;
import io.bedrockbudgeteer.bench.growth.Growth;
import io.bedrockbudgeteer.bench.growth.GrowthResults;
import io.bedrockbudgeteer.bench.growth.GrowthTable;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.VerboseMode;

/// The command behind `bench/run`. Tables go to stdout, progress to stderr.
public final class Main {
    private static final int DONE = 0;
    private static final int COULD_NOT_RUN = 2;
    private static final int ROUNDS = 21;
    private static final int COLD_ROUNDS = 15;
    private static final int QUICK_COLD_ROUNDS = 3;
    private static final long COLD_SEED = 1;
    private static final int GROWTH_ROUNDS = 9;

    private static final String USAGE =
            """
            usage: bench/run policy [--quick | --tables]
                   bench/run command [--tables]
                   bench/run cold-start [--quick | --tables]
                   bench/run growth [--quick | --tables]

              policy     measures the key-policy engine, writes bench/results/policy.json and the tables in bench/README.md
                         (about 11 minutes; leave the machine alone meanwhile)
              command    measures how fast the keyguard command starts, beside other commands that are installed, writes
                         bench/results/command.json and the table in bench/README.md (about a minute)
              cold-start starts the function in every packaging and language that is here, again and again; writes
                         bench/results/cold-start.json and .svg and the tables in bench/README.md (two to five minutes)
              growth     fills keys with stacks and puts stacks on long key policies; writes bench/results/growth.json and the
                         tables in bench/README.md (about a minute)
              --quick    a fraction of the time, to see the order of magnitude; prints the tables and writes nothing
              --tables   measures nothing: makes the tables in bench/README.md anew from the file of results
            """;

    private final Path project;
    private final Path results;
    private final Path starts;
    private final Readme startsPage;
    private final Path cold;
    private final Readme coldPage;
    private final Path growth;
    private final Readme growthPage;
    private final Readme readme;
    private final PrintStream out;
    private final PrintStream err;

    /// @param folder that holds README.md and results
    Main(Path folder, PrintStream out, PrintStream err) {
        this.results = folder.resolve("results").resolve("policy.json");
        this.readme = new Readme(folder.resolve("README.md"), "results");
        this.project = folder.toAbsolutePath().resolve("..").normalize();
        this.starts = folder.resolve("results").resolve("command.json");
        this.startsPage = new Readme(folder.resolve("README.md"), "command");
        this.cold = folder.resolve("results");
        this.coldPage = new Readme(folder.resolve("README.md"), "cold-start");
        this.growth = folder.resolve("results").resolve("growth.json");
        this.growthPage = new Readme(folder.resolve("README.md"), "growth");
        this.out = out;
        this.err = err;
    }

    /// Run by `bench/run`, which says where the module's folder is.
    public static void main(String[] arguments) {
        Path folder = Path.of(System.getProperty("bench.folder", "bench"));
        System.exit(new Main(folder, System.out, System.err).run(List.of(arguments)));
    }

    int run(List<String> arguments) {
        try {
            if (arguments.equals(List.of("policy"))) return full();
            if (arguments.equals(List.of("policy", "--quick"))) return quick();
            if (arguments.equals(List.of("policy", "--tables"))) return tables();
            if (arguments.equals(List.of("command"))) return command();
            if (arguments.equals(List.of("command", "--tables"))) return commandTable();
            if (arguments.equals(List.of("growth"))) return growth();
            if (arguments.equals(List.of("growth", "--quick"))) return growthQuick();
            if (arguments.equals(List.of("growth", "--tables"))) return growthTables();
            if (arguments.equals(List.of("cold-start"))) return coldStart();
            if (arguments.equals(List.of("cold-start", "--quick"))) return coldStartQuick();
            if (arguments.equals(List.of("cold-start", "--tables"))) return coldStartTables();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return COULD_NOT_RUN;
        } catch (RunnerException | IOException | UncheckedIOException e) {
            err.println("bench: " + e.getMessage());
            return COULD_NOT_RUN;
        }
        boolean asked = arguments.equals(List.of("--help"));
        (asked ? out : err).print(USAGE);
        return asked ? DONE : COULD_NOT_RUN;
    }

    private int full() throws RunnerException, IOException {
        // A page without marks is found now, not after the measurement.
        readme.tables();
        measured(Effort.FULL).write(results);
        return tables();
    }

    private int quick() throws RunnerException {
        out.print(Tables.of(measured(Effort.QUICK)));
        return DONE;
    }

    private int tables() throws IOException {
        String tables = Tables.of(Results.read(results));
        readme.replaceTables(tables);
        out.print(tables);
        return DONE;
    }

    private int coldStart() throws IOException, InterruptedException {
        coldPage.tables();
        started(COLD_ROUNDS).write(cold.resolve("cold-start.json"));
        return coldStartTables();
    }

    private int coldStartQuick() throws IOException, InterruptedException {
        out.print(ColdStartTable.of(started(QUICK_COLD_ROUNDS)));
        return DONE;
    }

    private ColdStartResults started(int rounds) throws IOException, InterruptedException {
        return new ColdStart(project, err).run(rounds, COLD_SEED, LocalDate.now(ZoneOffset.UTC));
    }

    private int coldStartTables() throws IOException {
        ColdStartResults found = ColdStartResults.read(cold.resolve("cold-start.json"));
        ColdStartChart.write(found, cold.resolve("cold-start.svg"));
        String tables = ColdStartTable.of(found);
        coldPage.replaceTables(tables);
        out.print(tables);
        return DONE;
    }

    private int growth() throws IOException, InterruptedException {
        growthPage.tables();
        grown(GROWTH_ROUNDS).write(growth);
        return growthTables();
    }

    private int growthQuick() throws IOException, InterruptedException {
        out.print(GrowthTable.of(grown(1)));
        return DONE;
    }

    private GrowthResults grown(int rounds) throws IOException, InterruptedException {
        return new Growth(err).run(rounds, LocalDate.now(ZoneOffset.UTC));
    }

    private int growthTables() throws IOException {
        String tables = GrowthTable.of(GrowthResults.read(growth));
        growthPage.replaceTables(tables);
        out.print(tables);
        return DONE;
    }

    private int command() throws IOException, InterruptedException {
        startsPage.tables();
        Starts.measured(project, ROUNDS, err, LocalDate.now(ZoneOffset.UTC)).write(starts);
        return commandTable();
    }

    private int commandTable() throws IOException {
        String table = Starts.read(starts).table();
        startsPage.replaceTables(table);
        out.print(table);
        return DONE;
    }

    private Results measured(Effort effort) throws RunnerException {
        return Suite.run(effort, VerboseMode.NORMAL, err, LocalDate.now(ZoneOffset.UTC));
    }
}
