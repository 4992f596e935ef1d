package io.bedrockbudgeteer.keyguard.customresource;

import com.amazonaws.services.lambda.runtime.Context;
import io.bedrockbudgeteer.keyguard.aws.Deadline;
import io.bedrockbudgeteer.keyguard.aws.Environment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// A handler whose work a test gives as a lambda. It does not wait between attempts to answer.
class GuardUnderTest extends CustomResourceHandler {
    static final String TYPE = "Custom::KeyGuard";
    static final Environment LOCAL =
            name ->
                    name.equals("AWS_ENDPOINT_URL")
                            ? Optional.of("http://127.0.0.1:1")
                            : Optional.empty();
    static final Environment AWS = _ -> Optional.empty();

    /// What the handler does.
    @FunctionalInterface
    interface Body {
        Outcome handle(Request request, Work work) throws Exception;
    }

    private final Body body;

    GuardUnderTest(Body body) {
        this(LOCAL, body);
    }

    GuardUnderTest(Environment environment, Body body) {
        super(environment);
        this.body = body;
    }

    /// One that succeeds with one attribute.
    static GuardUnderTest succeeding() {
        return new GuardUnderTest(
                (request, _) -> Outcome.success(request.id(), Map.of("KeyArn", "k")));
    }

    static GuardUnderTest failing(String reason) {
        return new GuardUnderTest((_, _) -> Outcome.failure(reason));
    }

    /// What a handler may return that breaks its contract.
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    static <T> T nothing() {
        return null;
    }

    @Override
    protected String resourceType() {
        return TYPE;
    }

    @Override
    protected String idPrefix() {
        return "key-guard";
    }

    @Override
    protected String thing(Properties properties) {
        return properties.lenientText("KmsKeyArn").orElse("");
    }

    @Override
    protected Outcome handle(Request request, Work work) throws Exception {
        return body.handle(request, work);
    }

    @Override
    Delivery delivery(ResponseUrl url, Deadline answerBy, Journal journal) {
        return new Delivery(url, answerBy, journal, () -> 0);
    }

    void invoke(String event, Context context) {
        try {
            handleRequest(
                    new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
                    OutputStream.nullOutputStream(),
                    context);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
