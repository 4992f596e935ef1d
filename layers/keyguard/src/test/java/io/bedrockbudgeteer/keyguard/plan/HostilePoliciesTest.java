package io.bedrockbudgeteer.keyguard.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.finding.Rule;
import io.bedrockbudgeteer.keyguard.policy.AccessRequest;
import io.bedrockbudgeteer.keyguard.policy.Caller;
import io.bedrockbudgeteer.keyguard.policy.Evaluator;
import io.bedrockbudgeteer.keyguard.policy.IdentityAccess;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.policy.PolicySyntaxException;
import io.bedrockbudgeteer.keyguard.policy.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever a text holds, it is read, judged and refused in a time and a memory that its length
/// bounds. The time limits stand for "at all": what they catch takes hours.
class HostilePoliciesTest {
    private static final Duration AT_ALL = Duration.ofSeconds(60);
    private static final String ROLE = "arn:aws:iam::111122223333:role/app";

    /// @param expected what reading says; empty when the text can be read
    record Row(String name, String text, String expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static String statement(String members) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"kms:*\",\"Resource\":\"*\""
                + members
                + "}]}";
    }

    private static final List<Row> ROWS =
            List.of(
                    new Row("nested deep", "[".repeat(200_000), "line 1, column 101"),
                    new Row(
                            "nested deep in a condition",
                            statement(",\"Condition\":" + "{\"a\":".repeat(40_000)),
                            "nested deeper than 100 levels"),
                    new Row(
                            "10 MB in one string",
                            statement(",\"Sid\":\"" + "x".repeat(10 << 20) + "\""),
                            "at most 262144 are read"),
                    new Row(
                            "a million values",
                            statement(",\"Sid\":[" + "1,".repeat(1_000_000) + "1]"),
                            "at most 262144 are read"),
                    new Row("long white space", " ".repeat(260_000) + statement(""), ""),
                    new Row(
                            "a long Sid",
                            statement(",\"Sid\":\"" + "x".repeat(260_000) + "\""),
                            ""),
                    new Row(
                            "many values",
                            statement(
                                    ",\"Condition\":{\"StringLike\":{\"aws:PrincipalTag/t\":["
                                            + "\"*a*\",".repeat(43_000)
                                            + "\"b\"]}}"),
                            ""),
                    new Row(
                            "many actions",
                            statement("")
                                    .replace(
                                            "\"kms:*\"",
                                            "[" + "\"kms:a*b?\",".repeat(23_000) + "\"kms:c\"]"),
                            ""),
                    new Row(
                            "many statements",
                            "{\"Statement\":[" + "{},".repeat(20_000) + "{}]}",
                            ""),
                    new Row(
                            "many statements that count",
                            "{\"Statement\":["
                                    + "{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"kms:x\",\"Resource\":\"*\"},"
                                            .repeat(3_600)
                                    + "{}]}",
                            ""),
                    new Row(
                            "one long wildcard pattern",
                            statement(
                                    ",\"Condition\":{\"StringLike\":{\"aws:PrincipalTag/t\":\"*"
                                            + "?a".repeat(60_000)
                                            + "b*\"}}"),
                            ""),
                    new Row("a NUL", statement(",\"Sid\":\"\u0000\""), "line 1, column"),
                    new Row("an escaped NUL", statement(",\"Sid\":\"\\u0000\""), ""),
                    new Row("half a surrogate pair", statement(",\"Sid\":\"\ud800\""), ""),
                    new Row("half a pair, escaped", statement(",\"Sid\":\"\\ud800\""), ""),
                    new Row(
                            "a member twice",
                            statement(",\"Action\":\"kms:*\""),
                            "line 1, column"));

    static List<Row> rows() {
        return ROWS;
    }

    @Test
    void no_row_disappears() {
        assertThat(ROWS).hasSize(16);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_text_is_read_or_refused_with_its_place(Row row) {
        assertTimeoutPreemptively(
                AT_ALL,
                () -> {
                    if (row.expected().isEmpty())
                        assertThat(KeyPolicy.read(row.text()).text()).isEqualTo(row.text());
                    else
                        assertThatThrownBy(() -> KeyPolicy.read(row.text()))
                                .isInstanceOf(PolicySyntaxException.class)
                                .hasMessageContaining(row.expected());
                });
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_question_to_it_is_answered(Row row) {
        AccessRequest request =
                new AccessRequest(
                        Caller.tryParse(ROLE).orElseThrow(),
                        "kms:Decrypt",
                        Samples.KEY,
                        Map.of("aws:PrincipalTag/t", Optional.of(List.of("a".repeat(60_000)))),
                        true);
        Verdict verdict =
                assertTimeoutPreemptively(
                        AT_ALL,
                        () ->
                                Evaluator.evaluate(
                                        row.text(),
                                        Optional.of(
                                                IdentityAccess.unlimited(
                                                        request.caller()
                                                                .principalArn()
                                                                .orElseThrow())),
                                        List.of(),
                                        request));
        assertThat(verdict.reason()).isNotEmpty();
        if (!row.expected().isEmpty()) assertThat(verdict.kind()).isEqualTo(Verdict.Kind.UNKNOWN);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void its_health_is_told_and_a_plan_never_writes_it_back(Row row) {
        PolicyHealth health =
                assertTimeoutPreemptively(AT_ALL, () -> PolicyHealth.of(row.text(), Samples.KEY));
        if (!row.expected().isEmpty()) {
            assertThat(health.findings()).extracting(Finding::rule).containsExactly(Rule.POL002);
            return;
        }
        Plan plan =
                assertTimeoutPreemptively(
                        AT_ALL,
                        () ->
                                Planner.add(
                                        Samples.situation(row.text()),
                                        Samples.requirements("TrailDecrypt", "LogGroups"),
                                        RoleStatements.LEAST,
                                        List.of()));
        if (plan instanceof Plan.Change change)
            assertThat(change.policy().length()).isLessThanOrEqualTo(KeyPolicy.MAX_LENGTH);
    }
}
