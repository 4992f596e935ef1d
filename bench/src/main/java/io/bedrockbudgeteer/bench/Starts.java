package io.bedrockbudgeteer.bench;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/// How long commands take from start to end, as it is kept in a file. The commands take turns, so
/// that a busy moment of the machine hits all of them.
///
/// @param formatVersion of the file
/// @param date of the run, such as `2026-11-24`
/// @param commands in the order of a round
public record Starts(int formatVersion, String date, Machine machine, List<Start> commands) {
    static final int FORMAT_VERSION = 1;
    private static final int WARM_UP = 3;

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();

    /// One command.
    ///
    /// @param millis of each round, oldest first; empty when it is not installed
    public record Start(String name, List<Double> millis) {
        public Start {
            millis = List.copyOf(millis);
        }
    }

    public Starts {
        commands = List.copyOf(commands);
    }

    static Starts measured(Path project, int rounds, PrintStream progress, LocalDate today)
            throws IOException, InterruptedException {
        List<Command> commands = Command.all(project);
        List<List<Double>> millis = new ArrayList<>();
        for (Command _ : commands) millis.add(new ArrayList<>());
        for (int round = -WARM_UP; round < rounds; round++) {
            progress.println("round " + (round + WARM_UP + 1) + " of " + (rounds + WARM_UP));
            for (int i = 0; i < commands.size(); i++) {
                if (!commands.get(i).isHere()) continue;
                double taken = millis(commands.get(i));
                if (round >= 0) millis.get(i).add(taken);
            }
        }
        List<Start> starts = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++)
            starts.add(new Start(commands.get(i).name(), millis.get(i)));
        return new Starts(FORMAT_VERSION, today.toString(), Machine.here(), starts);
    }

    private static double millis(Command command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command.words())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD);
        long start = System.nanoTime();
        Process process = builder.start();
        process.getOutputStream().close();
        int code = process.waitFor();
        double taken = (System.nanoTime() - start) / 1e6;
        // 1 says that there were findings.
        if (code > 1) throw new IOException(command.words() + " ended with " + code);
        return taken;
    }

    static Starts read(Path file) throws IOException {
        return MAPPER.readValue(Files.readString(file), Starts.class);
    }

    void write(Path file) throws IOException {
        Files.writeString(
                file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
    }

    /// The table. Ratios are medians of what each round gives, against the first command.
    String table() {
        StringBuilder text = new StringBuilder();
        text.append(machine.ran(date)).append(".\n");
        Table table =
                new Table(
                        "Start of the command", "command", "median ms", "least ms", "× first row");
        Start first = commands.getFirst();
        for (Start one : commands) {
            if (one.millis().isEmpty()) table.row(one.name(), "not installed", "", "");
            else
                table.row(
                        one.name(),
                        Figures.rounded(Figures.median(one.millis())),
                        Figures.rounded(one.millis().stream().min(Double::compare).orElseThrow()),
                        Figures.times(Figures.pairedRatio(one.millis(), first.millis())));
        }
        return text + table.text();
    }
}
