package io.bedrockbudgeteer.lifecycle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// Events as CloudFormation sends them, in files. They are about the first stack and the first key
/// of an account; the id of the resource stands as PID.
final class Samples {
    static final List<String> FILES =
            List.of(
                    "create-booleans-as-strings.json",
                    "update-rollback.json",
                    "update-service-timeout-only.json",
                    "update-old-property-format.json",
                    "delete-of-never-created-made-up-id.json",
                    "delete-after-invalid-create.json",
                    "delete-without-properties.json");

    private Samples() {}

    static String read(String file) {
        if (!FILES.contains(file)) throw new AssertionError(file + " is not in the list of files");
        try (InputStream in =
                Objects.requireNonNull(Samples.class.getResourceAsStream("/events/" + file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
