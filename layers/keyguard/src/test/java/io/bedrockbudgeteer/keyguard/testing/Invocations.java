package io.bedrockbudgeteer.keyguard.testing;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// One custom resource under test: its events, its endpoint, its fake AWS and everything it logged.
public final class Invocations implements AutoCloseable {
    public final FakeAws aws = new FakeAws();
    public final AnswerEndpoint endpoint = new AnswerEndpoint();
    public final CustomResourceEvents events;
    private final StringBuilder log = new StringBuilder();

    public Invocations(String resourceType, String logicalId) {
        events = new CustomResourceEvents(endpoint, resourceType, logicalId);
    }

    /// A file of the folder `events`, with a response URL that leads here. Tests run in the folder
    /// of their module.
    public String sample(String file) {
        try {
            String text = Files.readString(Path.of("..", "..", "events", file));
            Json.Obj event = JsonReader.readObject(text);
            String url = event.string("ResponseURL").orElseThrow();
            return text.replace(
                    url,
                    endpoint.url(
                            event.string("StackId").orElseThrow(),
                            event.string("RequestId").orElseThrow(),
                            event.string("LogicalResourceId").orElseThrow()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Runs one event and gives the answer that was delivered for it.
    public AnswerEndpoint.Answer run(RequestStreamHandler handler, String event) {
        return run(handler, event, 60_000);
    }

    public AnswerEndpoint.Answer run(
            RequestStreamHandler handler, String event, int remainingMillis) {
        FakeContext context = new FakeContext(remainingMillis);
        int before = endpoint.answers().size();
        try {
            handler.handleRequest(
                    new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
                    OutputStream.nullOutputStream(),
                    context);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            log.append(context.log()).append('\n');
        }
        if (endpoint.answers().size() != before + 1)
            throw new AssertionError(
                    "expected one answer more than "
                            + before
                            + ", got "
                            + endpoint.answers().size());
        return endpoint.lastAnswer();
    }

    public AnswerEndpoint.Answer create(RequestStreamHandler handler, Map<String, ?> properties) {
        return run(handler, events.create(properties));
    }

    public AnswerEndpoint.Answer update(
            RequestStreamHandler handler,
            String id,
            Map<String, ?> properties,
            Map<String, ?> old) {
        return run(handler, events.update(id, properties, old));
    }

    public AnswerEndpoint.Answer delete(
            RequestStreamHandler handler, String id, Map<String, ?> properties) {
        return run(handler, events.delete(id, properties));
    }

    /// Everything that was logged so far.
    public String log() {
        return log.toString();
    }

    /// Checks on the way out that the response URL is in no log.
    @Override
    public void close() {
        endpoint.close();
        aws.close();
        if (log.indexOf("SENTINEL") >= 0) throw new AssertionError("the response URL was logged");
    }
}
