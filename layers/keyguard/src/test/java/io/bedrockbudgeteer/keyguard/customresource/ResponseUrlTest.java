package io.bedrockbudgeteer.keyguard.customresource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseUrlTest {

    static List<List<String>> urls() {
        return Table.rows("response-url.csv", 10).stream()
                .filter(row -> !row.get(0).equals("<missing>"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("urls")
    void each_shape_is_taken_or_refused_as_tabled(List<String> row) throws IOException {
        String url = row.get(0);
        if (row.get(1).startsWith("accept")) {
            ResponseUrl taken = ResponseUrl.of(url, false);
            assertThat(taken.connection().getURL()).hasToString(url);
            assertThat(taken).hasToString("response URL");
        } else {
            assertThatThrownBy(() -> ResponseUrl.of(url, false))
                    .isInstanceOf(CannotAnswer.class)
                    .hasNoCause()
                    .hasMessageNotContaining(url)
                    .hasMessageNotContaining("secret");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:8080/x?s=1",
                "http://[::1]:8080/x?s=1",
                "https://127.0.0.1:8443/x?s=1"
            })
    void a_loopback_literal_is_taken_only_where_aws_is_simulated(String url) {
        assertThat(ResponseUrl.of(url, true)).isNotNull();
        assertThatThrownBy(() -> ResponseUrl.of(url, false)).isInstanceOf(CannotAnswer.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080/x", "http://127.0.0.1.example.com/x", "http://2130706433/x",
                        "http://example.com/x",
                "http://u:p@127.0.0.1:80/x", "ftp://127.0.0.1/x", "file:///etc/passwd",
                        "//127.0.0.1/x"
            })
    void only_http_to_a_loopback_literal_is_an_exception(String url) {
        assertThatThrownBy(() -> ResponseUrl.of(url, true)).isInstanceOf(CannotAnswer.class);
    }

    @Test
    void port_443_is_the_default_port() {
        assertThat(ResponseUrl.of("https://example.com:443/x?s=1", false)).isNotNull();
    }
}
