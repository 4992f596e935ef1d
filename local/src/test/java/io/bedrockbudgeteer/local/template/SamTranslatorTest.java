package io.bedrockbudgeteer.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Our transform against AWS's own translator (aws-sam-translator 1.110), in a commercial, a
/// GovCloud and a China Region. Nothing is normalised but the order of keys. Reported as skipped
/// where Python or the module is missing.
class SamTranslatorTest {

    private static final List<String> REGIONS = List.of("us-east-1", "us-gov-west-1", "cn-north-1");
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    @Test
    void every_part_of_the_subset_comes_out_as_from_the_translator()
            throws JsonProcessingException {
        compare(Resources.file("good/sam.yaml"), Map.of());

        assertThat(
                        Tree.map(
                                transformed(Resources.file("good/sam.yaml"), Map.of(), "us-east-1")
                                        .tree()
                                        .get("Resources"),
                                Where.ROOT))
                .hasSize(11);
    }

    @Test
    void parameter_values_of_the_deployment_go_into_the_result() throws JsonProcessingException {
        compare(Resources.file("good/sam.yaml"), Map.of("Stage", "live", "Age", "60"));
    }

    @Test
    void the_shipped_template_comes_out_as_from_the_translator() throws JsonProcessingException {
        Path file = ProjectTemplate.file();
        compare(file, Map.of());
        compare(file, Map.of("Environment", "staging"));
    }

    @Test
    void text_is_hashed_as_python_writes_it() throws JsonProcessingException {
        Python.require("json");
        long seed = System.nanoTime();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            values.add(randomValue(random, 3));
        }

        Python.Result result =
                Python.run(
                        JSON.writeValueAsString(values),
                        Resources.file("json_dumps.py").toString());

        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines().toList())
                .as("seed %s", seed)
                .isEqualTo(
                        values.stream().map(value -> PythonJson.write(value, Where.ROOT)).toList());
    }

    /// cfn-lint accepts what our transform makes, as it accepts the template itself.
    @Test
    void the_transformed_shipped_template_has_no_lint_findings(@TempDir Path folder)
            throws Exception {
        Python.require("cfnlint");
        Path file = folder.resolve("transformed.json");
        Template transformed = transformed(ProjectTemplate.file(), Map.of(), "us-east-1");
        Files.writeString(
                file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(transformed.tree()));

        // The translator leaves Fn::Sub around a text whose variables it has replaced; W1020 finds
        // that unneeded.
        assertThat(CfnLint.findings(file, "--ignore-checks", "W1020")).isEmpty();
    }

    private static void compare(Path file, Map<String, String> parameters)
            throws JsonProcessingException {
        Python.require("samtranslator", "boto3");
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                Resources.file("sam_translate.py").toString(),
                                file.toString(),
                                JSON.writeValueAsString(parameters)));
        arguments.addAll(REGIONS);
        Python.Result result = Python.run("", arguments.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.err()).isZero();
        JsonNode theirs = JSON.readTree(result.out());
        for (String region : REGIONS) {
            JsonNode ours =
                    JSON.readTree(
                            JSON.writeValueAsString(transformed(file, parameters, region).tree()));
            JsonNode expected = Optional.ofNullable(theirs.get(region)).orElseThrow();
            assertSame(ours, expected, region);
        }
    }

    private static void assertSame(JsonNode ours, JsonNode theirs, String path) {
        if (ours.isObject() && theirs.isObject()) {
            assertThat(names(ours)).as(path).isEqualTo(names(theirs));
            ours.properties()
                    .forEach(entry ->
                            assertSame(
                                    entry.getValue(),
                                    Optional.ofNullable(theirs.get(entry.getKey())).orElseThrow(),
                                    path + "." + entry.getKey()));
        } else {
            assertThat(ours).as(path).isEqualTo(theirs);
        }
    }

    private static Set<String> names(JsonNode node) {
        Set<String> out = new TreeSet<>();
        node.fieldNames().forEachRemaining(out::add);
        return out;
    }

    private static Template transformed(Path file, Map<String, String> parameters, String region) {
        Template template = Template.read(file);
        CodeLocations s3 =
                (uri, _) ->
                        uri instanceof String text && !text.startsWith("s3://")
                                ? "s3://local-zips/" + text
                                : uri;
        return new SamTransform(
                        template, new SamInlining(template, parameters, Optional.of(region)), s3)
                .apply();
    }

    private static Object randomValue(RandomGenerator random, int depth) {
        return switch (random.nextInt(depth == 0 ? 3 : 5)) {
            case 0 -> random.nextBoolean();
            case 1 -> random.nextBoolean() ? (Object) random.nextInt() : (Object) random.nextLong();
            case 2 -> randomText(random);
            case 3 -> {
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(randomValue(random, depth - 1));
                }
                yield list;
            }
            default -> {
                Map<String, Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put(randomText(random), randomValue(random, depth - 1));
                }
                yield map;
            }
        };
    }

    private static String randomText(RandomGenerator random) {
        StringBuilder out = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            // Control characters, ASCII, Latin, the ends of the basic plane and beyond it; no
            // surrogates on their own.
            int[] ranges = {0, 0x80, 0x100, 0xD800, 0xE000, 0x10000, 0x1F600, 0x1F700};
            int range = random.nextInt(ranges.length / 2) * 2;
            out.appendCodePoint(random.nextInt(ranges[range], ranges[range + 1]));
        }
        return out.toString();
    }
}
