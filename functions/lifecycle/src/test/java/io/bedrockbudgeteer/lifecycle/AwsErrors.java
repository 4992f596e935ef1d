package io.bedrockbudgeteer.lifecycle;

import io.bedrockbudgeteer.keyguard.testing.AwsError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// The errors that the pages of the AWS API references give for each action that the guards call,
/// from the file `aws-errors.csv`.
final class AwsErrors {
    /// What an error means for whoever asked.
    enum Kind {
        /// The same call works a little later.
        PASSES,
        /// The same call fails again.
        STAYS,
        /// There is no such thing: bad news on Create and Update, the end of the work on Delete.
        GONE,
        /// As [#PASSES], only that the call was done all the same.
        TAKEN
    }

    /// @param operation such as `kms:PutKeyPolicy`, or `kms:*` for every action of the service
    /// @param message empty when the service sends none
    /// @param page where AWS says so
    record Row(String operation, int status, String code, String message, Kind kind, String page) {

        boolean isAbout(String call) {
            return operation.equals(call)
                    || operation.equals(call.substring(0, call.indexOf(':')) + ":*");
        }

        AwsError error() {
            return new AwsError(status, code, message.isEmpty() ? null : message);
        }
    }

    static final List<Row> ALL = read();

    private AwsErrors() {}

    private static List<Row> read() {
        try (InputStream in =
                Objects.requireNonNull(AwsErrors.class.getResourceAsStream("/aws-errors.csv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(AwsErrors::row)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(String line) {
        String[] cells = line.split(",", -1);
        if (cells.length != 6) throw new AssertionError("not six cells: " + line);
        return new Row(
                cells[0],
                Integer.parseInt(cells[1]),
                cells[2],
                cells[3],
                Kind.valueOf(cells[4].toUpperCase(Locale.ROOT)),
                cells[5]);
    }

    static List<Row> of(String call) {
        return ALL.stream().filter(row -> row.isAbout(call)).toList();
    }
}
