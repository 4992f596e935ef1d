package io.bedrockbudgeteer.keyguard.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonTextTest {

    @Test
    void keeps_the_order_of_members_and_knows_all_plain_types() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("z", 1);
        members.put("a", List.of(true, 2L, new BigDecimal("1E+3"), "x"));
        members.put("o", Optional.of("in"));
        members.put("e", Optional.empty());
        members.put("m", Map.of());
        members.put("n", Arrays.asList((Object) null));
        assertThat(JsonText.object(members))
                .isEqualTo(
                        "{\"z\":1,\"a\":[true,2,1000,\"x\"],\"o\":\"in\",\"e\":null,\"m\":{},\"n\":[null]}");
    }

    @Test
    void escapes_what_could_break_a_line_a_script_or_a_decoder() {
        assertThat(JsonText.quote("a\"\\\n\r\t\u0000\u001f\u007f\u0085\u2028\u2029"))
                .isEqualTo("\"a\\\"\\\\\\n\\r\\t\\u0000\\u001f\\u007f\\u0085\\u2028\\u2029\"");
        assertThat(JsonText.quote("\ud800 \udc00 \ud83d\ude00 \u00e9"))
                .isEqualTo("\"\\ud800 \\udc00 \ud83d\ude00 \u00e9\"");
    }

    @Test
    void pretty_text_is_indented_by_two_blanks() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("a", List.of(1, 2));
        members.put("b", List.of());
        assertThat(JsonText.pretty(members))
                .isEqualTo("{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": []\n}");
    }

    @Test
    void ascii_only_escapes_every_other_character() {
        JsonText.Layout ascii = new JsonText.Layout("", "", "", " : ", ", ", true);
        assertThat(JsonText.write(Map.of("\u00e9", "\ud83d\ude00"), ascii))
                .isEqualTo("{\"\\u00e9\" : \"\\ud83d\\ude00\"}");
    }

    @Test
    void types_that_json_lacks_are_refused() {
        assertThatThrownBy(() -> JsonText.write(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JsonText.write(new Object()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JsonText.write(Map.of(1, 2)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
