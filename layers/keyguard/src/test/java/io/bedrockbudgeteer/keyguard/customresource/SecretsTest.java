package io.bedrockbudgeteer.keyguard.customresource;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.json.JsonReader;
import io.bedrockbudgeteer.keyguard.testing.AnswerEndpoint.Reaction;
import io.bedrockbudgeteer.keyguard.testing.Scenario;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/// Neither the query of a response URL nor a secret property or attribute gets anywhere but to
/// CloudFormation. Every other test of this package asserts it too, when its [Rig] is closed; here
/// every kind of event ends in every way, and everything that can be seen is looked through: the
/// log at all levels, both output streams, the error that Lambda would print, and every Reason.
///
/// The JDK's own HTTP logger would write whole requests, but only in a JVM whose logging
/// configuration asks for it.
@Isolated("replaces the output streams of the JVM")
class SecretsTest {
    private final Rig rig = new Rig();
    private final StringBuilder seen = new StringBuilder();

    @AfterEach
    void close() {
        rig.close();
    }

    /// How work on one event ends, which knows the URL where its answer goes.
    private static final Map<String, Function<String, GuardUnderTest.Body>> ENDINGS =
            new LinkedHashMap<>();

    static {
        Map<String, String> secret = Map.of("Secret", Rig.SECRET);
        ENDINGS.put("secret attributes", _ -> (r, _) -> success(r, secret));
        ENDINGS.put(
                "secret attributes that are too long",
                _ -> (r, _) -> success(r, Map.of("Secret", Rig.SECRET.repeat(1000))));
        ENDINGS.put("the URL in a reason", url -> (_, _) -> Outcome.failure("PUT " + url));
        ENDINGS.put(
                "the signature in a reason",
                _ -> (_, _) -> Outcome.failure("X-Amz-Signature=" + Rig.SIGNATURE));
        ENDINGS.put(
                "the URL in an exception and its causes",
                url ->
                        (_, _) -> {
                            throw new IllegalStateException(
                                    url, new IOException(url, new Error(url)));
                        });
        ENDINGS.put(
                "the URL in an error",
                url ->
                        (_, _) -> {
                            throw new LinkageError(url);
                        });
        ENDINGS.put("no result", _ -> (_, _) -> GuardUnderTest.nothing());
        ENDINGS.put(
                "a log of all there is",
                url ->
                        (request, work) -> {
                            Map<String, Object> all = new LinkedHashMap<>();
                            all.put("request", request);
                            all.put("properties", request.properties());
                            all.put("outcome", success(request, secret));
                            all.put("url", url);
                            work.journal().info("debug", all);
                            work.journal().error("debug", all);
                            return success(request, secret);
                        });
    }

    /// What the endpoint does with the PUTs of one answer.
    private static final List<List<Reaction>> RECEPTIONS =
            List.of(
                    List.of(new Reaction.Status(200)),
                    List.of(new Reaction.Status(403)),
                    List.of(new Reaction.Status(301)),
                    List.of(new Reaction.Status(503), new Reaction.Status(200)),
                    List.of(new Reaction.Hangup(), new Reaction.Status(200)),
                    Collections.nCopies(5, new Reaction.Status(500)));

    private static Outcome success(Request request, Map<String, String> data) {
        return new Outcome.Success(Optional.of(request.id()), data, true);
    }

    private static List<String> files() {
        return Stream.of(EnvelopeTest.UNDERSTOOD, EnvelopeTest.FAILED, EnvelopeTest.UNANSWERABLE)
                .flatMap(List::stream)
                .toList();
    }

    /// The event of a file, leading here where it leads anywhere, with a secret property.
    private String event(String file) {
        String event =
                file.equals("not-json.txt") || file.equals("missing-response-url.json")
                        ? Table.text("events/" + file)
                        : file.equals("missing-logical-id.json")
                                ? Rig.withUrl(Table.text("events/" + file), unregistered())
                                : rig.fixture(file);
        return event.replace(
                "\"ServiceTimeout\": \"600\"",
                "\"ServiceTimeout\": \"600\", \"Password\": \"" + Rig.SECRET + "\"");
    }

    private static String unregistered() {
        return "http://127.0.0.1:1/x?X-Amz-Signature=" + Rig.SIGNATURE;
    }

    private static String urlIn(String event) {
        try {
            return EventReader.identity(event).responseUrl();
        } catch (CannotAnswer _) {
            return unregistered();
        }
    }

    @Test
    @Scenario("T33")
    void no_secret_gets_out_whatever_the_event_and_however_it_ends() {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        int runs = 0;
        try (PrintStream capture = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(capture);
            System.setErr(capture);
            for (String file : files())
                for (Function<String, GuardUnderTest.Body> ending : ENDINGS.values())
                    for (List<Reaction> reception : RECEPTIONS) {
                        run(event(file), ending, reception);
                        runs++;
                    }
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        assertThat(runs).isEqualTo(20 * 8 * 6);
        seen.append(rig.log()).append(printed.toString(StandardCharsets.UTF_8));
        rig.endpoint.bodies().forEach(this::seeReason);
        assertThat(seen.toString())
                .contains("answer-delivered", "answer-not-delivered", "[redacted]", "exception")
                .doesNotContain(Rig.SIGNATURE, Rig.SECRET, "X-Amz-Expires");
    }

    private void run(
            String event, Function<String, GuardUnderTest.Body> ending, List<Reaction> reception) {
        boolean answerable = !urlIn(event).equals(unregistered());
        if (answerable) rig.endpoint.react(reception.toArray(Reaction[]::new));
        GuardUnderTest guard = new GuardUnderTest(ending.apply(urlIn(event)));
        try {
            guard.invoke(event, rig.context(Rig.MINUTE));
        } catch (RuntimeException e) { // as Lambda prints it: with all causes
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            seen.append(trace);
        }
    }

    // Attributes are in bodies for CloudFormation; a Reason is public.
    private void seeReason(String body) {
        seen.append(JsonReader.readObject(body).string("Reason").orElse("")).append('\n');
    }

    @Test
    @Scenario("T33")
    void a_worker_that_is_stopped_leaves_no_secret() {
        GuardUnderTest guard =
                new GuardUnderTest((request, work) -> {
                    work.deadline().pause(Duration.ofMinutes(1));
                    Thread.sleep(Rig.MINUTE);
                    return success(request, Map.of("Secret", Rig.SECRET));
                });
        rig.run(guard, rig.create(), Rig.SHORT_WORK);
        assertThat(rig.log()).contains("FAILED").doesNotContain(Rig.SIGNATURE, Rig.SECRET);
    }

    @Test
    @Scenario("T33")
    void ids_that_hold_a_url_are_logged_without_its_query() {
        String event = rig.create();
        String url = urlIn(event);
        String odd =
                event.replace("\"RequestId\":\"rid-1\"", "\"RequestId\":\"" + url + "\"")
                        .replace("\"KeyGuard\"", "\"AKIAIOSFODNN7EXAMPLE\"");
        rig.endpoint.url(
                url.substring(url.indexOf("/arn")),
                EventReader.identity(odd).stackId(),
                url,
                "AKIAIOSFODNN7EXAMPLE");
        assertThat(rig.run(GuardUnderTest.succeeding(), odd).isSuccess()).isTrue();
        assertThat(rig.log()).contains("?[redacted]").doesNotContain("AKIAIOSFODNN7EXAMPLE");
    }
}
