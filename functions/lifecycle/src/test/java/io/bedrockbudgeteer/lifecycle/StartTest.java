package io.bedrockbudgeteer.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.bedrockbudgeteer.keyguard.aws.Environment;
import io.bedrockbudgeteer.keyguard.testing.FakeAws;
import io.bedrockbudgeteer.keyguard.testing.FakeContext;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StartTest {
    private static final String STACK =
            "arn:aws:cloudformation:eu-central-1:111122223333:stack/app/0a1b2c3d-0000-1111-2222-000000000001";

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

    /// The clients of the first event are built while the function starts.
    @Test
    void what_each_event_asks_is_logged_with_it() throws Exception {
        Account account = new Account();
        try {
            RequestStreamHandler handler = Guard.CHECK.started(account.environment());
            Map<String, Object> properties = Map.of("KeyArn", account.newKey());
            for (String id : List.of("first", "second", "third")) {
                Event event = new Event("Create", Guard.CHECK, STACK, id, "", properties, Map.of());
                FakeContext context = new FakeContext(60_000);
                handler.handleRequest(
                        input(event.json(account.responseUrl(event))),
                        OutputStream.nullOutputStream(),
                        context);

                assertThat(account.answersTo(id).getFirst().status()).isEqualTo("SUCCESS");
                assertThat(context.log().lines().filter(line -> line.contains("\"aws-call\"")))
                        .hasSize(3)
                        .allMatch(line -> line.contains("\"requestId\":\"" + id + "\""));
            }
            assertThat(account.aws.calls()).hasSize(9);
        } finally {
            account.close();
        }
    }

    private static InputStream input(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /// What is logged about an event that cannot be answered.
    private static String firstLog(RequestStreamHandler handler) {
        FakeContext context = new FakeContext(60_000);
        assertThatThrownBy(() ->
                        handler.handleRequest(
                                input("{}"), OutputStream.nullOutputStream(), context))
                .hasMessageContaining("nothing was answered");
        return context.log();
    }
}
