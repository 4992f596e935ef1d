package io.bedrockbudgeteer.keyguard.requirement;

import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The list of who must be able to do what: `requirements.json`, the only place where it stands.
public final class Requirements {

    // Read on first use: a function that answers a Delete never needs it.
    private static final class Entries {
        static final List<RequirementTemplate> ALL = load();
    }

    private Requirements() {}

    /// The requirements that apply to a stack, in file order.
    ///
    /// @throws IllegalArgumentException when a name in `stack` is not a well-formed ARN or not one
    ///   the file knows
    public static List<Requirement> of(StackNames stack) {
        Placeholders names = new Placeholders(stack);
        return templates().stream()
                .map(entry -> entry.resolve(stack, names))
                .flatMap(Optional::stream)
                .toList();
    }

    static List<RequirementTemplate> templates() {
        return Entries.ALL;
    }

    private static List<RequirementTemplate> load() {
        try (InputStream file = Requirements.class.getResourceAsStream("requirements.json")) {
            if (file == null)
                throw new IllegalStateException("requirements.json is not on the class path");
            Json.Obj root =
                    JsonReader.readObject(new String(file.readAllBytes(), StandardCharsets.UTF_8));
            Json.Arr entries = (Json.Arr) root.get("requirements").orElseThrow();
            return entries.items().stream()
                    .map(entry -> RequirementTemplate.read((Json.Obj) entry))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("reading requirements.json", e);
        }
    }
}
