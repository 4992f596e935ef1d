package io.bedrockbudgeteer.keyguard.customresource;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.testing.AnswerEndpoint;
import io.bedrockbudgeteer.keyguard.testing.Scenario;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What becomes of the text of a failure on its way to CloudFormation.
class TransportReasonTest {
    private static final String TAIL =
            " (log stream 2026/11/24/[$LATEST]abcdef0123456789, request 8f5f7e6c-0000-4a4a-8b8b-000000000001)";
    private static final String KEY_SIGN = "\uD83D\uDD11";
    private static final String DENIED =
            "User: arn:aws:sts::111122223333:assumed-role/app-key-guard/app is not authorized to perform: kms:PutKeyPolicy on resource: "
                    + Rig.KEY
                    + " because no resource-based policy allows the kms:PutKeyPolicy action";

    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    /// The reason that arrives, without its end that says where to look.
    private String sent(@Nullable String reason) {
        AnswerEndpoint.Answer answer =
                rig.run(
                        GuardUnderTest.failing(reason == null ? GuardUnderTest.nothing() : reason),
                        rig.create());
        assertThat(answer.status()).isEqualTo("FAILED");
        assertThat(answer.body().getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(4096);
        assertThat(answer.reason().chars()).noneMatch(Character::isISOControl);
        assertThat(answer.reason()).doesNotContain("\u2028", "\u2029").endsWith(TAIL);
        return answer.reason().substring(0, answer.reason().length() - TAIL.length());
    }

    static List<List<String>> reasons() {
        return Table.rows("reasons.csv", 12);
    }

    @ParameterizedTest
    @MethodSource("reasons")
    @Scenario({"T13", "T14", "T15", "T16"})
    void hostile_reasons_arrive_as_tabled(List<String> row) {
        switch (row.get(0)) {
            case "short ascii" -> assertThat(sent("short ascii")).isEqualTo("short ascii");
            case "<empty>" -> assertThat(sent("")).startsWith("The request failed without");
            case "<null>" -> assertThat(sent(null)).startsWith("The request failed without");
            case "<10000 x 'a'>" -> assertThat(sent("a".repeat(10_000))).matches(shortened("a"));
            case "<3000 x U+1F511>" ->
                    // No half of a surrogate pair is left over.
                    assertThat(sent(KEY_SIGN.repeat(3000))).matches(shortened(KEY_SIGN));
            case "<2000 x double quote>" ->
                    assertThat(sent("\"".repeat(2000))).matches(shortened("\""));
            case "<2000 x U+0001>" ->
                    assertThat(sent("\u0001".repeat(2000))).startsWith("The request failed");
            case "line1\\r\\nline2\\u001b[31m" ->
                    assertThat(sent("line1\r\nline2\u001b[31m")).isEqualTo("line1 line2 [31m");
            case "contains the ResponseURL" ->
                    assertThat(sent("PUT " + url() + " failed"))
                            .matches(
                                    "PUT http://127\\.0\\.0\\.1:\\d+/arn%3A\\S+\\?\\[redacted] failed")
                            .doesNotContain(Rig.SIGNATURE, "Expires");
            case "contains an AKIA/ASIA access key id" ->
                    assertThat(sent("key AKIAIOSFODNN7EXAMPLE and ASIAIOSFODNN7EXAMPLE"))
                            .isEqualTo("key AKIA[redacted] and ASIA[redacted]");
            case "<access-denied sentence naming caller ARN and action kms:PutKeyPolicy and key ARN>" ->
                    assertThat(sent(DENIED)).isEqualTo(DENIED);
            case "unpaired surrogate \\uD800" ->
                    assertThat(sent("bad \uD800 end")).isEqualTo("bad \uFFFD end");
            default -> throw new AssertionError("row is not covered: " + row.get(0));
        }
    }

    // Some hundred of them at least, then the mark.
    private static String shortened(String character) {
        return "(" + character + "){500,}\\Q" + Reason.TRUNCATED + "\\E";
    }

    private String url() {
        return EventReader.identity(rig.create()).responseUrl();
    }

    @Test
    @Scenario("T13")
    void control_characters_between_letters_do_not_make_the_answer_too_long() {
        assertThat(sent("a\u0001".repeat(5000))).startsWith("a a a ").endsWith(Reason.TRUNCATED);
    }

    @Test
    @Scenario("T14")
    void a_reason_of_blanks_is_replaced() {
        assertThat(sent(" \t\r\n\u0000")).startsWith("The request failed without saying why");
    }

    @Test
    @Scenario("T15")
    void line_ends_escapes_and_nul_leave_one_line() {
        assertThat(sent("a\rb\nc\u001b[0md\u0000e\u2028f\u2029g\u0085h"))
                .isEqualTo("a b c [0md e f g h");
    }

    @Test
    @Scenario("T16")
    void the_response_url_in_an_exception_loses_its_query() {
        String url = url();
        GuardUnderTest guard =
                new GuardUnderTest((_, _) -> {
                    throw new IllegalStateException("cannot reach <" + url + ">, giving up");
                });
        assertThat(rig.run(guard, rig.create()).reason())
                .contains("?[redacted]>, giving up")
                .doesNotContain(Rig.SIGNATURE, "X-Amz");
    }

    @Test
    @Scenario("T16")
    void parts_of_a_signed_url_are_redacted_when_they_stand_alone() {
        assertThat(sent("got X-Amz-Signature=SENTINEL&x and Signature=a%2Bb%3D"))
                .isEqualTo("got X-Amz-Signature=[redacted]&x and Signature=[redacted]");
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "s,r,'x (log stream s, request r)'",
                "s,NULL,x (log stream s)",
                "NULL,r,x (request r)",
                "' ',r,x (request r)",
                "NULL,NULL,x"
            },
            nullValues = "NULL")
    void the_end_names_what_is_known(
            @Nullable String stream, @Nullable String request, String expected) {
        assertThat(Reason.of("x", stream, request).text()).isEqualTo(expected);
    }
}
