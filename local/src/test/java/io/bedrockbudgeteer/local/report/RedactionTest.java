package io.bedrockbudgeteer.local.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "no address at all? none | no address at all? none",
                "https://h/p | https://h/p",
                "put to https://h/p%3A1?X-Amz-Signature=1 failed | put to https://h/p%3A1?REDACTED failed",
                "http://127.0.0.1:80/p?a=b&c=d#e | http://127.0.0.1:80/p?REDACTED",
                // A JSON text inside a text.
                "{\"u\":\"https://h/p?s=1\",\"n\":2} | {\"u\":\"https://h/p?REDACTED\",\"n\":2}",
                "https://h/p?s=https://i/q?t=1 | https://h/p?REDACTED",
                "https://h/a?s=1 and https://h/b?s=2 | https://h/a?REDACTED and https://h/b?REDACTED"
            })
    void queries_of_urls_go_and_everything_else_stays(String text, String shown) {
        assertThat(Redaction.text(text)).isEqualTo(shown);
    }

    @Test
    void json_stays_json_at_every_depth() throws Exception {
        String inner = "{\"u\":\"https://h/p?s=1\"}";
        Map<String, Object> tree =
                Map.of("list", List.of("https://h/p?s=1", 5, true), "map", Map.of("text", inner));

        JsonNode shown = Redaction.json(JSON.writeValueAsString(tree));

        assertThat(shown.path("list"))
                .isEqualTo(JSON.readTree("[\"https://h/p?REDACTED\", 5, true]"));
        assertThat(shown.at("/map/text").asText()).isEqualTo("{\"u\":\"https://h/p?REDACTED\"}");
    }

    @Test
    void a_text_that_is_not_json_is_redacted_as_a_text() {
        assertThat(Redaction.json("broken {https://h/p?s=1").asText())
                .isEqualTo("broken {https://h/p?REDACTED");
    }
}
