package io.bedrockbudgeteer.local.template;

import static io.bedrockbudgeteer.local.template.Texts.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whole templates: those under `bad` are refused with the message of their first comment, those
/// under `good` come out as the JSON file beside them. Comments say which parameter values are
/// given: `# with: Name=value; Other=value`.
///
/// `-Dgolden.update=true` writes the JSON files anew.
class FixturesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    static List<Path> bad() {
        return Resources.templates("bad");
    }

    static List<Path> good() {
        return Resources.templates("good");
    }

    @ParameterizedTest
    @MethodSource("bad")
    void a_bad_template_is_refused_with_the_announced_message(Path file) throws IOException {
        String message =
                refusal(() ->
                        Deployment.of(Template.read(file), parameters(file), Places.VIRGINIA));

        assertThat(message).contains(comment(file, "# refused: "));
    }

    @ParameterizedTest
    @MethodSource("good")
    void a_good_template_comes_out_as_recorded(Path file) throws IOException {
        Deployment deployment =
                Deployment.of(Template.read(file), parameters(file), Places.VIRGINIA);
        String actual =
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(told(deployment)) + "\n";
        String name = file.getFileName().toString().replace(".yaml", ".json");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(Path.of("src/test/resources/template/good").resolve(name), actual);
        } else {
            assertThat(actual).isEqualTo(Files.readString(file.resolveSibling(name)));
        }
    }

    @Test
    void no_fixture_has_gone_missing() {
        assertThat(bad()).hasSize(11);
        assertThat(good()).hasSize(3);
    }

    private static Map<String, Object> told(Deployment deployment) {
        Map<String, Object> resources = new LinkedHashMap<>();
        deployment
                .resources()
                .forEach(resource -> {
                    Map<String, Object> told = new LinkedHashMap<>();
                    told.put("type", resource.type());
                    told.put(
                            "needs",
                            deployment.dependencies().getOrDefault(resource.logicalId(), Set.of()));
                    told.put("deletionPolicy", resource.deletionPolicy());
                    told.put("updateReplacePolicy", resource.updateReplacePolicy());
                    told.put(
                            "properties",
                            deployment
                                    .resolve(resource.properties(), new FakeLookup())
                                    .orElseThrow());
                    resources.put(resource.logicalId(), told);
                });
        Map<String, Object> outputs = new LinkedHashMap<>();
        deployment
                .outputs()
                .forEach((name, output) ->
                        outputs.put(
                                name,
                                deployment
                                        .resolve(output.value(), new FakeLookup())
                                        .orElseThrow()));
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("parameters", deployment.parameters());
        out.put("resources", resources);
        out.put("outputs", outputs);
        return out;
    }

    private static Map<String, String> parameters(Path file) {
        Map<String, String> out = new LinkedHashMap<>();
        Arrays.stream(comment(file, "# with: ").split("; "))
                .filter(pair -> pair.contains("="))
                .forEach(pair ->
                        out.put(
                                pair.substring(0, pair.indexOf('=')),
                                pair.substring(pair.indexOf('=') + 1)));
        return out;
    }

    /// The rest of the first line that starts so, empty when there is none.
    private static String comment(Path file, String start) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(start))
                    .findFirst()
                    .map(line -> line.substring(start.length()))
                    .orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
