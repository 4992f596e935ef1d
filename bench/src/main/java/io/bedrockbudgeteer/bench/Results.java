package io.bedrockbudgeteer.bench;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// One run of the suite, as it is kept in a file. The tables are made from it and from nothing
/// else.
///
/// @param formatVersion of the file; a higher number means that fields changed their meaning
/// @param date of the run, such as `2026-11-24`
/// @param effort for people
/// @param measured in the order of the run
public record Results(
        int formatVersion, String date, Machine machine, String effort, List<Measured> measured) {
    static final int FORMAT_VERSION = 1;

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .defaultPrettyPrinter(
                            new DefaultPrettyPrinter()
                                    .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                                    .withArrayIndenter(new DefaultIndenter("  ", "\n")))
                    .build();

    public Results {
        measured = List.copyOf(measured);
    }

    static Results read(Path file) throws IOException {
        Results results = MAPPER.readValue(Files.readString(file), Results.class);
        if (results.formatVersion() != FORMAT_VERSION)
            throw new IOException(
                    file
                            + " has format_version "
                            + results.formatVersion()
                            + ", expected "
                            + FORMAT_VERSION);
        return results;
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().normalize().getParent());
        Files.writeString(
                file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
    }

    /// @throws IllegalArgumentException when the case did not run
    Measured of(Case measuredCase, Sample sample) {
        return measured.stream()
                .filter(one ->
                        one.benchmark().equals(measuredCase.benchmark())
                                && one.sample().equals(sample.name()))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                measuredCase.benchmark() + " on " + sample + " did not run"));
    }
}
