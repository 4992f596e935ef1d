package io.bedrockbudgeteer.keyguard.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonReaderTest {

    record Bad(String text, int line, int column, String says) {}

    static List<Bad> bad() {
        return List.of(
                new Bad("", 1, 1, "expected a JSON value, found the end of the text"),
                new Bad("  \n ", 2, 2, "expected a JSON value, found the end of the text"),
                new Bad("{\"a\":1,\"a\":2}", 1, 11, "Duplicate"),
                new Bad("{\"a\":1,}", 1, 8, "expecting double-quote"),
                new Bad("[1,2,]", 1, 6, "expected a valid value"),
                new Bad("{} x", 1, 4, "Unrecognized token"),
                new Bad("{}{}", 1, 3, "expected the end of the text"),
                new Bad("{\"a\":\n  tru}", 2, 6, "Unrecognized token"),
                new Bad("// comment\n{}", 1, 1, "comment"),
                new Bad("{'a':1}", 1, 2, "double-quote"),
                new Bad("{\"a\":NaN}", 1, 6, "NaN"),
                new Bad("[01]", 1, 2, "Leading zeroes"),
                new Bad("[+1]", 1, 2, "plus"),
                new Bad("\"\u0001\"", 1, 2, "CTRL-CHAR"),
                new Bad("{\"a\":[1", 1, 8, "end-of-input"),
                new Bad("\"\\x\"", 1, 3, "escape"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void what_is_not_json_is_refused_with_line_and_column(Bad bad) {
        assertThatThrownBy(() -> JsonReader.read(bad.text()))
                .isInstanceOfSatisfying(
                        JsonSyntaxException.class,
                        e -> assertThat(e.problem()).contains(bad.says()))
                .isInstanceOfSatisfying(
                        JsonSyntaxException.class, e -> assertThat(e.line()).isEqualTo(bad.line()));
    }

    @Test
    void all_bad_texts_are_tried() {
        assertThat(bad()).hasSize(16);
    }

    @Test
    void every_value_knows_where_it_stands() {
        String text =
                "\uFEFF { \"a\" : [ 1 , -2.50e3, \"x\\u00e9\\\"y\" ,true,false, null ] ,\r\n\t\"b\":{\"c\":\"\"} } ";
        Json.Obj root = (Json.Obj) JsonReader.read(text);
        Json.Arr list = (Json.Arr) root.get("a").orElseThrow();
        assertThat(root.in(text)).startsWith("{ \"a\"").endsWith("} }");
        assertThat(list.items())
                .extracting(item -> item.in(text))
                .containsExactly("1", "-2.50e3", "\"x\\u00e9\\\"y\"", "true", "false", "null");
        assertThat(list.in(text)).startsWith("[ 1").endsWith("null ]");
        assertThat(((Json.Str) list.items().get(2)).value()).isEqualTo("x\u00e9\"y");
        assertThat(root.get("b").orElseThrow().in(text)).isEqualTo("{\"c\":\"\"}");
    }

    @Test
    void depth_and_length_have_limits() {
        assertThat(JsonReader.read("[".repeat(100) + "]".repeat(100))).isInstanceOf(Json.Arr.class);
        assertThatThrownBy(() -> JsonReader.read("[".repeat(101) + "]".repeat(101)))
                .hasMessageContaining("nested deeper than 100 levels");
        assertThatThrownBy(() -> JsonReader.read("[".repeat(1_000_000)))
                .hasMessageContaining("nested deeper than 100 levels");
        assertThatThrownBy(() -> JsonReader.read("[1234]", new JsonReader.Limits(5, 10)))
                .hasMessageContaining("6 characters; at most 5");
    }

    @Test
    void ten_megabytes_and_a_million_values_are_read_in_time() {
        String million = "[" + "\"abcdefg\",".repeat(1_000_000) + "1]";
        Json.Arr list =
                Assertions.assertTimeout(
                        Duration.ofSeconds(10), () -> (Json.Arr) JsonReader.read(million));
        assertThat(list.items()).hasSize(1_000_001);
        StringBuilder members = new StringBuilder("{");
        for (int i = 0; i < 300_000; i++)
            members.append("\"member").append(i).append("\":\"value\",");
        String object = members.append("\"end\":0}").toString();
        Json.Obj read =
                Assertions.assertTimeout(
                        Duration.ofSeconds(10), () -> (Json.Obj) JsonReader.read(object));
        assertThat(read.members()).hasSize(300_001);
    }

    @Test
    void member_names_with_equal_hashes_do_not_slow_the_reader_down() {
        // "Aa" and "BB" have the same hash, and so has every mix of them.
        StringBuilder members = new StringBuilder("{");
        for (int i = 0; i < 1 << 16; i++) {
            members.append('"');
            for (int bit = 0; bit < 16; bit++) members.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            members.append("\":1,");
        }
        String text = members.append("\"end\":0}").toString();
        Json.Obj read =
                Assertions.assertTimeout(
                        Duration.ofSeconds(10), () -> (Json.Obj) JsonReader.read(text));
        assertThat(read.members()).hasSize((1 << 16) + 1);
    }

    @Test
    void what_the_writer_writes_the_reader_reads_back() {
        for (long seed = 0; seed < 2000; seed++) {
            RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            Object value = value(random, 4);
            for (String text : List.of(JsonText.write(value), JsonText.pretty(value)))
                assertThat(JsonText.write(JsonReader.read(text)))
                        .as("seed %s: %s", seed, text)
                        .isEqualTo(JsonText.write(value));
        }
    }

    // Member names without surrogates: the tokenizer refuses a name with half a pair.
    private static Object value(RandomGenerator random, int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 4)) {
            case 0 -> text(random);
            case 1 -> random.nextLong();
            case 2 -> random.nextBoolean();
            case 3 -> BigDecimal.valueOf(random.nextInt(), random.nextInt(5));
            case 4 -> {
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) list.add(value(random, depth - 1));
                yield list;
            }
            default -> {
                Map<String, Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--)
                    map.put(
                            text(random).replaceAll("[\\ud800-\\udfff]", ""),
                            value(random, depth - 1));
                yield map;
            }
        };
    }

    private static String text(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--)
            text.append(
                    (char) (random.nextBoolean() ? random.nextInt(0x80) : random.nextInt(0x10000)));
        return text.toString();
    }

    @Test
    void a_message_names_a_second_place_in_plain_words() {
        assertThatThrownBy(() -> JsonReader.read("{\"Statement\":[}"))
                .isInstanceOf(JsonSyntaxException.class)
                .hasMessageContaining("line: 1, column: ")
                .hasMessageNotContaining("Source")
                .hasMessageNotContaining("REDACTED");
    }
}
