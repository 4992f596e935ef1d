package io.bedrockbudgeteer.keyguard.customresource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.bedrockbudgeteer.keyguard.json.JsonText;
import io.bedrockbudgeteer.keyguard.testing.AnswerEndpoint;
import io.bedrockbudgeteer.keyguard.testing.CustomResourceEvents;
import io.bedrockbudgeteer.keyguard.testing.FakeContext;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a test of the protocol needs: an endpoint that takes answers and checks them, events that
/// lead there, and everything that was logged. Checks on the way out that no log has a secret.
final class Rig implements AutoCloseable {
    static final int MINUTE = 60_000;

    /// 15 s are kept for the answer and 1 s for the end; the rest, 1.5 s, is for the work. An AWS
    /// call gets 300 ms less than what is left, and must still be able to end on a busy machine.
    static final int SHORT_WORK = 17_500;

    static final String KEY =
            "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    /// In the query of every response URL of the tests.
    static final String SIGNATURE = "SENTINEL";

    /// The value of every secret property and attribute of the tests.
    static final String SECRET = "hunter2";

    private static final Pattern URL_FIELD =
            Pattern.compile("(\"ResponseURL\" ?: ?)\"((?:[^\"\\\\]|\\\\.)*)\"");

    final AnswerEndpoint endpoint = new AnswerEndpoint();
    final CustomResourceEvents events =
            new CustomResourceEvents(endpoint, GuardUnderTest.TYPE, "KeyGuard");
    private final List<FakeContext> contexts = new ArrayList<>();

    /// A Create with a key and a secret.
    String create() {
        return events.create(properties());
    }

    static Map<String, String> properties() {
        return Map.of("KmsKeyArn", KEY, "Password", SECRET);
    }

    /// A file of the folder `events`; its response URL leads here, path and query as in the file.
    String fixture(String file) {
        String event = Table.text("events/" + file);
        RequestIdentity identity = EventReader.identity(event);
        URI url = URI.create(identity.responseUrl());
        return withUrl(
                event,
                endpoint.url(
                        url.getRawPath() + "?" + url.getRawQuery(),
                        identity.stackId(),
                        identity.requestId(),
                        identity.logicalId()));
    }

    /// The same event with another response URL.
    static String withUrl(String event, String url) {
        return URL_FIELD
                .matcher(event)
                .replaceAll("$1" + Matcher.quoteReplacement(JsonText.quote(url)));
    }

    FakeContext context(int remainingMillis) {
        FakeContext context = new FakeContext(remainingMillis);
        contexts.add(context);
        return context;
    }

    /// Runs one event, which must end normally with exactly one more answer delivered.
    AnswerEndpoint.Answer run(GuardUnderTest guard, String event) {
        return run(guard, event, MINUTE);
    }

    AnswerEndpoint.Answer run(GuardUnderTest guard, String event, int remainingMillis) {
        int before = endpoint.answers().size();
        guard.invoke(event, context(remainingMillis));
        assertThat(endpoint.answers()).as("answers delivered").hasSize(before + 1);
        return endpoint.lastAnswer();
    }

    /// Runs one event, which must end with an error and no answer delivered. The error is what
    /// Lambda prints: it has no secret and no cause.
    CannotAnswer refused(GuardUnderTest guard, String event) {
        return refused(guard, event, MINUTE);
    }

    CannotAnswer refused(GuardUnderTest guard, String event, int remainingMillis) {
        int before = endpoint.answers().size();
        Throwable thrown = catchThrowable(() -> guard.invoke(event, context(remainingMillis)));
        assertThat(thrown)
                .isInstanceOf(CannotAnswer.class)
                .hasNoCause()
                .hasMessageNotContainingAny(SIGNATURE, SECRET, "127.0.0.1", "X-Amz");
        assertThat(endpoint.answers()).as("answers delivered").hasSize(before);
        return (CannotAnswer) thrown;
    }

    /// Everything that was logged at any level.
    String log() {
        StringBuilder all = new StringBuilder();
        for (FakeContext context : contexts) all.append(context.log()).append('\n');
        return all.toString();
    }

    @Override
    public void close() {
        endpoint.answers(); // throws when the protocol was violated
        endpoint.close();
        assertThat(log()).doesNotContain(SIGNATURE, SECRET, "X-Amz-");
    }
}
