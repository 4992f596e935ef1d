package io.bedrockbudgeteer.keyguard.customresource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bedrockbudgeteer.keyguard.testing.CustomResourceEvents;
import io.bedrockbudgeteer.keyguard.testing.Scenario;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransportUrlTest {
    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    private static List<List<String>> rows(boolean accepted, int count) {
        List<List<String>> rows =
                Table.rows("response-url.csv", 10).stream()
                        .filter(row -> row.get(1).startsWith("accept") == accepted)
                        .toList();
        assertThat(rows).as("rows accepted: " + accepted).hasSize(count);
        return rows;
    }

    static List<List<String>> accepted() {
        return rows(true, 5);
    }

    static List<List<String>> refused() {
        // The row <missing> is an envelope without the field.
        return rows(false, 5).stream().filter(row -> !row.get(0).equals("<missing>")).toList();
    }

    @ParameterizedTest
    @MethodSource("refused")
    @Scenario("T8")
    void a_url_that_is_no_response_url_ends_the_invocation_before_any_work(List<String> row) {
        AtomicBoolean worked = new AtomicBoolean();
        GuardUnderTest guard =
                new GuardUnderTest(
                        GuardUnderTest.AWS,
                        (_, _) -> {
                            worked.set(true);
                            return Outcome.gone();
                        });
        CannotAnswer thrown = rig.refused(guard, Rig.withUrl(rig.create(), row.get(0)));
        assertThat(thrown)
                .hasMessageContaining("ResponseURL")
                .hasMessageNotContainingAny(row.get(0), "secret", "example.com");
        assertThat(rig.log()).doesNotContain(row.get(0), "secret", "example.com");
        assertThat(worked).isFalse();
        assertThat(rig.endpoint.puts()).isZero();
    }

    @ParameterizedTest
    @MethodSource("accepted")
    @Scenario("T9")
    void hosts_of_every_age_and_partition_are_taken_as_they_are(List<String> row)
            throws IOException {
        ResponseUrl taken = ResponseUrl.of(row.get(0), false);
        assertThat(taken.connection().getURL()).hasToString(row.get(0));
        assertThat(taken).hasToString("response URL");
    }

    @ParameterizedTest
    @MethodSource("accepted")
    @Scenario("T9")
    void their_paths_and_queries_arrive_byte_for_byte(List<String> row) {
        URI url = URI.create(row.get(0));
        String event = rig.create();
        rig.run(
                GuardUnderTest.succeeding(),
                Rig.withUrl(
                        event,
                        rig.endpoint.url(
                                url.getRawPath() + "?" + url.getRawQuery(),
                                CustomResourceEvents.STACK,
                                "rid-1",
                                "KeyGuard")));
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

    @Test
    void the_endpoint_variable_decides_whether_aws_is_simulated() {
        GuardUnderTest guard = new GuardUnderTest(GuardUnderTest.AWS, (_, _) -> Outcome.gone());
        assertThat(rig.refused(guard, rig.create())).hasMessageContaining("https");
        assertThat(rig.endpoint.puts()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080/x",
                "http://127.0.0.1.example.com/x",
                "http://2130706433/x",
                "http://example.com/x",
                "http://u:p@127.0.0.1:80/x",
                "ftp://127.0.0.1/x",
                "file:///etc/passwd",
                "//127.0.0.1/x",
                "http:///x",
                "http://127.0.0.1:65536/x",
                "http://127.0.0.1:-1/x",
                "http://127.0.0.1/\u00e4?s=1",
                "http://127.0.0.1/x?s=\u0661",
                "http://127.0.0.1/x y",
                "http://127.0.0.1/x\r\nHost: example.com",
                "http://127.0.0.1/x\u0000",
                "jar:http://127.0.0.1/x!/",
                "mailto:a@example.com",
                ""
            })
    void only_http_to_a_loopback_literal_is_an_exception(String url) {
        assertThatThrownBy(() -> ResponseUrl.of(url, true))
                .isInstanceOf(CannotAnswer.class)
                .hasMessageContaining("ResponseURL")
                .hasNoCause();
    }

    @Test
    void port_443_is_the_default_port() {
        assertThat(ResponseUrl.of("https://example.com:443/x?s=1", false)).isNotNull();
    }
}
