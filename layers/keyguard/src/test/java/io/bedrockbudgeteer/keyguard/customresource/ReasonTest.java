package io.bedrockbudgeteer.keyguard.customresource;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReasonTest {
    private static final String URL =
            "https://cloudformation-custom-resource-response-euwest1.s3.eu-west-1.amazonaws.com/arn%3Aaws?X-Amz-Expires=7200&X-Amz-Signature=SENTINEL";
    private static final RequestIdentity IDENTITY =
            new RequestIdentity(
                    URL,
                    "arn:aws:cloudformation:eu-west-1:111122223333:stack/app/1",
                    "rid-1",
                    "KeyGuard",
                    Optional.empty());

    private static String sent(@Nullable String reason) {
        Answer answer =
                Answer.failed(
                        IDENTITY, new PhysicalId("id"), Reason.of(reason, "stream-1", "lambda-1"));
        assertThat(answer.body().getBytes(StandardCharsets.UTF_8).length)
                .isLessThanOrEqualTo(Answer.MOST_BYTES);
        // Well-formed: what is encoded is what is decoded.
        assertThat(
                        new String(
                                answer.body().getBytes(StandardCharsets.UTF_8),
                                StandardCharsets.UTF_8))
                .isEqualTo(answer.body());
        String text = JsonReader.readObject(answer.body()).string("Reason").orElse("");
        assertThat(text).isNotBlank().doesNotContain("\n", "\r", "\u2028", "\u0000");
        assertThat(text).endsWith("(log stream stream-1, request lambda-1)");
        return text;
    }

    static List<List<String>> reasons() {
        return Table.rows("reasons.csv", 12);
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void hostile_reasons_are_sent_as_tabled(List<String> row) {
        String name = row.get(0);
        if (name.startsWith("short"))
            assertThat(sent("short ascii")).startsWith("short ascii (log stream");
        else if (name.equals("<empty>")) assertThat(sent("")).startsWith("The request failed");
        else if (name.equals("<null>")) assertThat(sent(null)).startsWith("The request failed");
        else if (name.contains("'a'"))
            assertThat(sent("a".repeat(10_000))).startsWith("aaa").contains(Reason.TRUNCATED);
        else if (name.contains("U+1F511"))
            assertThat(sent("\uD83D\uDD11".repeat(3000)))
                    .startsWith("\uD83D\uDD11")
                    .doesNotContain("\uFFFD")
                    .contains(Reason.TRUNCATED);
        else if (name.contains("double quote"))
            assertThat(sent("\"".repeat(2000))).startsWith("\"\"").contains(Reason.TRUNCATED);
        else if (name.contains("U+0001"))
            assertThat(sent("\u0001".repeat(2000))).startsWith("The request failed");
        else if (name.startsWith("line1"))
            assertThat(sent("line1\r\nline2\u001b[31m")).startsWith("line1 line2 [31m");
        else if (name.contains("ResponseURL"))
            assertThat(sent("PUT " + URL + " failed"))
                    .contains("response-euwest1")
                    .contains("?[redacted] failed")
                    .doesNotContain("SENTINEL", "Expires");
        else if (name.contains("AKIA"))
            assertThat(sent("key AKIAIOSFODNN7EXAMPLE and ASIAIOSFODNN7EXAMPLE"))
                    .startsWith("key AKIA[redacted] and ASIA[redacted]");
        else if (name.contains("access-denied")) {
            String denied =
                    "User: arn:aws:sts::111122223333:assumed-role/app-key-guard/app is not authorized to perform: kms:PutKeyPolicy on resource: "
                            + "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab because no resource-based policy allows the kms:PutKeyPolicy action";
            assertThat(sent(denied)).startsWith(denied);
        } else if (name.contains("surrogate"))
            assertThat(sent("bad \uD800 end")).startsWith("bad \uFFFD end");
        else throw new AssertionError("row is not covered: " + name);
    }

    @Test
    void a_body_of_exactly_the_limit_is_sent_unchanged() {
        int room =
                Answer.MOST_BYTES
                        - Answer.failed(IDENTITY, new PhysicalId("id"), Reason.of("x", null, null))
                                .body()
                                .length()
                        + 1;
        Answer fits =
                Answer.failed(
                        IDENTITY, new PhysicalId("id"), Reason.of("x".repeat(room), null, null));
        assertThat(fits.body()).hasSize(Answer.MOST_BYTES).doesNotContain(Reason.TRUNCATED);
        Answer shortened =
                Answer.failed(
                        IDENTITY,
                        new PhysicalId("id"),
                        Reason.of("x".repeat(room + 1), null, null));
        assertThat(shortened.body().length()).isLessThanOrEqualTo(Answer.MOST_BYTES);
        assertThat(shortened.body()).contains(Reason.TRUNCATED);
    }

    @Test
    void parts_of_a_signed_url_are_redacted_when_they_stand_alone() {
        assertThat(Reason.clean("got X-Amz-Signature=SENTINEL&x and Signature=a%2Bb%3D"))
                .doesNotContain("SENTINEL", "a%2Bb")
                .contains("X-Amz-Signature=[redacted]");
    }
}
