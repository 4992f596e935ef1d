package io.bedrockbudgeteer.bench.cold;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bedrockbudgeteer.bench.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// What a run of the comparison found, as it is kept in a file.
///
/// @param formatVersion of the file
/// @param date of the run
/// @param seed of the order of the variants
/// @param variants the first is what the project ships
public record ColdStartResults(
        int formatVersion, String date, Machine machine, long seed, List<Row> variants) {
    static final int FORMAT_VERSION = 1;

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();

    public ColdStartResults {
        variants = List.copyOf(variants);
    }

    /// One variant. Lists have one entry per round, in the order of the rounds, so that they can be
    /// compared pair by pair; they are empty when it could not run.
    ///
    /// @param packed bytes that are uploaded; 0 when the runtime brings everything
    /// @param classes that the JVM loads; 0 for other languages
    /// @param atShare total at the processor share of 512 MB, estimated
    public record Row(
            String id,
            String name,
            String missing,
            long packed,
            int classes,
            int connections,
            List<Double> init,
            List<Double> first,
            List<Double> total,
            List<Double> atShare,
            List<Double> cpu,
            List<Long> peakKilobytes) {
        public Row {
            init = List.copyOf(init);
            first = List.copyOf(first);
            total = List.copyOf(total);
            atShare = List.copyOf(atShare);
            cpu = List.copyOf(cpu);
            peakKilobytes = List.copyOf(peakKilobytes);
        }

        boolean isHere() {
            return missing.isEmpty();
        }
    }

    static ColdStartResults of(
            LocalDate date,
            Machine machine,
            long seed,
            List<Variant> variants,
            Map<String, List<Trial>> trials,
            Map<String, Integer> classes) {
        List<Row> rows = new ArrayList<>();
        for (Variant variant : variants) {
            List<Trial> own = trials.getOrDefault(variant.id(), List.of());
            rows.add(
                    new Row(
                            variant.id(),
                            variant.name(),
                            variant.missing(),
                            variant.packed(),
                            classes.getOrDefault(variant.id(), 0),
                            own.isEmpty() ? 0 : own.getLast().connections(),
                            all(own, Trial::initMillis),
                            all(own, Trial::firstMillis),
                            all(own, Trial::totalMillis),
                            all(own, Trial::totalAtShare),
                            all(own, Trial::cpuMillis),
                            own.stream().map(Trial::peakKilobytes).toList()));
        }
        return new ColdStartResults(FORMAT_VERSION, date.toString(), machine, seed, rows);
    }

    private static List<Double> all(List<Trial> trials, ToDoubleFunction<Trial> figure) {
        return trials.stream().map(t -> Math.round(figure.applyAsDouble(t) * 10) / 10.0).toList();
    }

    public static ColdStartResults read(Path file) throws IOException {
        return MAPPER.readValue(Files.readString(file), ColdStartResults.class);
    }

    public void write(Path file) throws IOException {
        Files.writeString(
                file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
    }

    Optional<Row> row(String id) {
        return variants.stream().filter(row -> row.id().equals(id) && row.isHere()).findFirst();
    }
}
