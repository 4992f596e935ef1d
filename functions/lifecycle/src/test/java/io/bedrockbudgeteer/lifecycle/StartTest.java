package io.bedrockbudgeteer.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.bedrockbudgeteer.keyguard.aws.Environment;
import io.bedrockbudgeteer.keyguard.testing.FakeAws;
import io.bedrockbudgeteer.keyguard.testing.FakeContext;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StartTest {
    private final FakeAws aws = new FakeAws();

    @AfterEach
    void close() {
        aws.close();
    }

    @ParameterizedTest
    @EnumSource(Guard.class)
    void a_rehearsal_goes_all_the_way_and_touches_nothing(Guard guard) {
        String log = firstLog(guard.started(aws.environment()));
        assertThat(log)
                .contains("\"event\":\"start\"", "\"rehearsal\":\"played\"", "\"level\":\"INFO\"")
                .doesNotContain("rehearsal.invalid");
        assertThat(aws.calls()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Guard.class)
    void a_rehearsal_that_is_off_is_said_once(Guard guard) {
        RequestStreamHandler handler =
                guard.started(aws.environment(Map.of("KEYGUARD_REHEARSAL", "off")));
        assertThat(firstLog(handler)).contains("\"rehearsal\":\"off\"");
        assertThat(firstLog(handler)).doesNotContain("\"event\":\"start\"");
    }

    @ParameterizedTest
    @EnumSource(Guard.class)
    void a_function_starts_although_its_rehearsal_cannot(Guard guard) {
        Environment nothing = _ -> Optional.empty();
        assertThat(firstLog(guard.started(nothing)))
                .contains("\"level\":\"WARN\"", "\"rehearsal\":\"IllegalStateException\"");
    }

    /// What is logged about an event that cannot be answered.
    private static String firstLog(RequestStreamHandler handler) {
        FakeContext context = new FakeContext(60_000);
        assertThatThrownBy(() ->
                        handler.handleRequest(
                                new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8)),
                                OutputStream.nullOutputStream(),
                                context))
                .hasMessageContaining("nothing was answered");
        return context.log();
    }
}
