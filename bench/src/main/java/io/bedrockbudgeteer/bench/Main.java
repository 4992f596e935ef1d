package io.bedrockbudgeteer.bench;

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

    private static final String USAGE =
            """
            usage: bench/run policy [--quick | --tables]

              policy     measures the key-policy engine, writes bench/results/policy.json and the tables in bench/README.md
                         (about 11 minutes; leave the machine alone meanwhile)
              --quick    about three minutes, to see the order of magnitude; prints the tables and writes nothing
              --tables   measures nothing: makes the tables in bench/README.md anew from bench/results/policy.json
            """;

    private final Path results;
    private final Readme readme;
    private final PrintStream out;
    private final PrintStream err;

    /// @param folder that holds README.md and results
    Main(Path folder, PrintStream out, PrintStream err) {
        this.results = folder.resolve("results").resolve("policy.json");
        this.readme = new Readme(folder.resolve("README.md"));
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

    private Results measured(Effort effort) throws RunnerException {
        return Suite.run(effort, VerboseMode.NORMAL, err, LocalDate.now(ZoneOffset.UTC));
    }
}
