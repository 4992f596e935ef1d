package io.bedrockbudgeteer.keyguard.customresource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Tens of thousands of damaged events. Whatever comes: one answer where one is possible, an error
/// that names the field where none is, and no work before the event is understood.
///
/// `-Dfuzz.events=N -Dfuzz.seed=S` runs more of them, or others.
class EnvelopeFuzzTest {
    private static final int EVENTS = Integer.getInteger("fuzz.events", 50_000);
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_124L);
    static final String URL =
            "http://127.0.0.1:8080/arn%3Aaws%3Acloudformation%3A%7CKeyGuard%7Crid-1?X-Amz-Expires=7200&X-Amz-Signature="
                    + Rig.SIGNATURE;

    static final List<String> USABLE =
            Stream.concat(
                            Table.rows("response-url.csv", 10).stream()
                                    .filter(row -> row.get(1).startsWith("accept"))
                                    .map(row -> row.get(0)),
                            Stream.of(
                                    URL,
                                    URL + "&pad=" + "a".repeat(9000),
                                    "HTTP://127.0.0.1:8080/x?s=" + Rig.SIGNATURE,
                                    "http://[::1]:8080/x?s=" + Rig.SIGNATURE,
                                    "https://127.255.255.254:1/?s=" + Rig.SIGNATURE,
                                    "https://example.com:443/x?s=" + Rig.SIGNATURE,
                                    "https://example.com?s=" + Rig.SIGNATURE))
                    .toList();
    private static final List<String> UNUSABLE =
            List.of(
                    "not a url",
                    "https://user:secret@example.com/x",
                    "https://example.com:8443/x?s=" + Rig.SIGNATURE,
                    "http://example.com/x?s=" + Rig.SIGNATURE,
                    "http://localhost/x?s=" + Rig.SIGNATURE,
                    "http://127.0.0.1:65536/x?s=" + Rig.SIGNATURE,
                    "http://127.0.0.1/x?s=ä" + Rig.SIGNATURE,
                    "http://127.0.0.1/x?s= " + Rig.SIGNATURE,
                    "http://127.0.0.1/x?s=%zz" + Rig.SIGNATURE,
                    "ftp://127.0.0.1/x?s=" + Rig.SIGNATURE,
                    "file:///etc/passwd",
                    "//127.0.0.1/x",
                    "https:///x",
                    "https:",
                    "",
                    " ");
    static final List<String> ODD = Stream.concat(USABLE.stream(), UNUSABLE.stream()).toList();

    @Test
    void every_damaged_event_is_answered_once_or_refused_by_name() {
        int worked = 0;
        int answered = 0;
        for (int i = 0; i < EVENTS; i++) {
            FuzzTrial trial = new FuzzTrial(SEED + i);
            trial.run();
            if (trial.worked()) worked++;
            if (trial.answered()) answered++;
        }
        // The generator reaches every part, otherwise this would prove nothing.
        if (EVENTS < 1_000) return;
        assertThat(worked).as("reached the work").isBetween(EVENTS / 10, EVENTS);
        assertThat(answered - worked).as("failed before").isBetween(EVENTS / 10, EVENTS);
        assertThat(EVENTS - answered).as("not answered").isBetween(EVENTS / 10, EVENTS);
    }
}
