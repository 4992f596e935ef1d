package io.bedrockbudgeteer.keyguard.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentTest {

    private static Environment of(Map<String, String> variables) {
        return name -> Optional.ofNullable(variables.get(name));
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:4566, true", "https://127.0.0.1, true", "http://127.255.255.254:1, true",
                "http://[::1]:4566, true",
        "http://localhost:4566, false", "http://128.0.0.1, false",
                "http://127.0.0.1.example.com, false", "http://127.0.0.256, false",
        "http://127.1, false", "https://kms.eu-central-1.amazonaws.com, false", "not a url, false",
                "http://127.0.0.1@example.com/, false"
    })
    void only_a_loopback_literal_is_local(String url, boolean local) {
        assertThat(of(Map.of("AWS_ENDPOINT_URL", url)).isLocal()).isEqualTo(local);
    }

    @Test
    void time_is_scaled_only_where_aws_is_simulated() {
        assertThat(Pace.of(of(Map.of("KEYGUARD_TIME_SCALE", "60"))).of(Duration.ofMinutes(1)))
                .isEqualTo(Duration.ofMinutes(1));
        Map<String, String> local =
                Map.of("KEYGUARD_TIME_SCALE", "60", "AWS_ENDPOINT_URL", "http://127.0.0.1:1");
        assertThat(Pace.of(of(local)).of(Duration.ofMinutes(1))).isEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "fast", "1.5"})
    void a_scale_that_is_no_whole_number_of_at_least_one_is_refused(String scale) {
        Environment local =
                of(Map.of("KEYGUARD_TIME_SCALE", scale, "AWS_ENDPOINT_URL", "http://127.0.0.1:1"));
        assertThatThrownBy(() -> Pace.of(local))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("KEYGUARD_TIME_SCALE");
    }

    @Test
    void a_missing_variable_is_named() {
        assertThatThrownBy(() -> of(Map.of()).required("AWS_REGION"))
                .hasMessage("environment variable AWS_REGION is not set");
    }
}
