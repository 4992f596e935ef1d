package io.bedrockbudgeteer.keyguard.plan;

import static io.bedrockbudgeteer.keyguard.plan.Samples.DEFAULT_POLICY;
import static io.bedrockbudgeteer.keyguard.plan.Samples.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.finding.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyHealthTest {

    /// @param statement stands behind the account statement; JSON with single quotation marks
    /// @param finding id and severity, or empty
    record Row(String statement, String finding) {}

    private static final String ALLOW =
            "{'Sid':'X','Effect':'Allow','Principal':{'AWS':'arn:aws:iam::111122223333:role/r'},'Action':'kms:Decrypt','Resource':'*'}";

    static List<Row> rows() {
        return List.of(
                new Row(ALLOW, ""),
                new Row(
                        ALLOW.replace("arn:aws:iam::111122223333:role/r", "AROAEXAMPLEEXAMPLE1234"),
                        "POL003 ERROR"),
                new Row(
                        "{'Sid':'X','Effect':'Deny','NotPrincipal':{'AWS':['AIDAEXAMPLEEXAMPLE1234','111122223333']},'Action':'kms:Decrypt','Resource':'*'}",
                        "POL003 ERROR"),
                new Row(ALLOW.replace("arn:aws:iam::111122223333:role/r", "AROASHORT"), ""),
                new Row(ALLOW.replace(",'Resource':'*'", ""), "POL004 ERROR"),
                new Row(ALLOW.replace("'Action':'kms:Decrypt',", ""), "POL004 ERROR"),
                new Row(
                        ALLOW.replace(
                                "'Resource':'*'",
                                "'Resource':'arn:aws:kms:us-east-1:111122223333:alias/a'"),
                        "POL004 ERROR"),
                new Row(
                        ALLOW.replace("'Resource':'*'", "'Resource':'arn:aws:kms:*:*:key/*'"),
                        "POL004 ERROR"),
                new Row(
                        ALLOW.replace("'Resource':'*'", "'Resource':'" + KEY + "'"),
                        "POL004 WARNING"),
                new Row(
                        ALLOW.replace("{'AWS':'arn:aws:iam::111122223333:role/r'}", "'*'"),
                        "POL014 WARNING"),
                new Row(
                        ALLOW.replace("'arn:aws:iam::111122223333:role/r'", "'*'"),
                        "POL014 WARNING"),
                new Row(
                        ALLOW.replace("{'AWS':'arn:aws:iam::111122223333:role/r'}", "'*'")
                                .replace(
                                        "'Resource':'*'",
                                        "'Resource':'*','Condition':{'StringEquals':{'kms:CallerAccount':'111122223333'}}"),
                        ""),
                new Row(
                        ALLOW.replace("{'AWS':'arn:aws:iam::111122223333:role/r'}", "'*'")
                                .replace(
                                        "'Resource':'*'",
                                        "'Resource':'*','Condition':{'StringEqualsIfExists':{'kms:ViaService':'x'}}"),
                        "POL014 WARNING"),
                new Row(
                        ALLOW.replace("{'AWS':'arn:aws:iam::111122223333:role/r'}", "'*'")
                                .replace(
                                        "'Resource':'*'",
                                        "'Resource':'*','Condition':{'ForAllValues:StringEquals':{'kms:EncryptionContextKeys':'x'}}"),
                        "POL014 WARNING"),
                new Row(
                        ALLOW.replace("{'AWS':'arn:aws:iam::111122223333:role/r'}", "'*'")
                                .replace(
                                        "'Resource':'*'",
                                        "'Resource':'*','Condition':{'StringEquals':{'aws:PrincipalTag/t':[]}}"),
                        ""), // dead, not open
                new Row(
                        ALLOW.replace(
                                "'AWS':'arn:aws:iam::111122223333:role/r'",
                                "'Service':'s3.amazonaws.com'"),
                        "POL019 WARNING"),
                new Row(
                        ALLOW.replace(
                                        "'AWS':'arn:aws:iam::111122223333:role/r'",
                                        "'Service':'s3.amazonaws.com'")
                                .replace(
                                        "'Resource':'*'",
                                        "'Resource':'*','Condition':{'StringEquals':{'aws:SourceAccount':'111122223333'}}"),
                        ""),
                new Row(
                        ALLOW.replace(
                                        "'AWS':'arn:aws:iam::111122223333:role/r'",
                                        "'Service':'s3.amazonaws.com'")
                                .replace(
                                        "'Resource':'*'",
                                        "'Resource':'*','Condition':{'StringEqualsIfExists':{'aws:SourceAccount':'111122223333'}}"),
                        "POL019 WARNING"),
                new Row(
                        ALLOW.replace(
                                "'Resource':'*'",
                                "'Resource':'*','Condition':{'ForAllValues:StringLike':{'kms:EncryptionContext:a':'x'}}"),
                        "POL022 ERROR"),
                new Row(ALLOW.replace("'X'", "'Enable IAM User Permissions'"), "POL016 ERROR"),
                new Row(ALLOW.replace("'Allow'", "'allow'"), "POL021 WARNING"),
                new Row(ALLOW.replace("'Sid':'X'", "'Owner':'me'"), "POL021 WARNING"),
                new Row("'text'", "POL021 WARNING"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void statement_by_itself(Row row) {
        PolicyHealth health =
                PolicyHealth.of(Samples.withStatement(row.statement().replace('\'', '"')), KEY);
        assertThat(health.findings())
                .extracting(finding -> finding.rule() + " " + finding.severity())
                .isEqualTo(row.finding().isEmpty() ? List.of() : List.of(row.finding()));
        assertThat(health.delegatesToIam()).isTrue();
        for (Finding finding : health.findings())
            assertThat(finding.message())
                    .matches("(?s)(Statement|More than one|The key policy).*\\.");
    }

    @Test
    void no_row_disappears() {
        assertThat(rows()).hasSize(23);
    }

    @Test
    void a_policy_without_delegation_is_no_error() {
        PolicyHealth health = PolicyHealth.of(Samples.NO_DELEGATION, KEY);
        assertThat(health.delegatesToIam()).isFalse();
        assertThat(health.findings())
                .extracting(finding -> finding.rule().id() + " " + finding.severity())
                .containsExactly("POL010 WARNING");
        assertThat(
                        PolicyHealth.of(DEFAULT_POLICY.replace("kms:*", "kms:Decrypt"), KEY)
                                .delegatesToIam())
                .isFalse();
        assertThat(
                        PolicyHealth.of(
                                        DEFAULT_POLICY.replace(
                                                "arn:aws:iam::111122223333:root", "111122223333"),
                                        KEY)
                                .delegatesToIam())
                .isTrue();
        assertThat(
                        PolicyHealth.of(
                                        DEFAULT_POLICY.replace(
                                                "arn:aws:iam::111122223333:root",
                                                "arn:aws:iam::444455556666:root"),
                                        KEY)
                                .delegatesToIam())
                .isFalse();
    }

    @Test
    void what_cannot_be_read_is_an_error_with_line_and_column() {
        PolicyHealth health = PolicyHealth.of("{\n \"Statement\": [],\n \"Statement\": []}", KEY);
        assertThat(health.findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.line()).contains("POL002 error", "line 3", "Duplicate");
                    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
                });
        assertThat(PolicyHealth.of("", KEY).findings()).hasSize(1);
        assertThat(
                        PolicyHealth.of(DEFAULT_POLICY.replace("2012-10-17", "2020-01-01"), KEY)
                                .findings())
                .extracting(finding -> finding.rule().id())
                .contains("POL021");
    }

    @Test
    void length_counts_without_white_space() {
        assertThat(PolicyHealth.of(DEFAULT_POLICY + " ".repeat(60_000), KEY).findings()).isEmpty();
        assertThat(
                        PolicyHealth.of(DEFAULT_POLICY.replace("Enable", "E".repeat(30_000)), KEY)
                                .findings())
                .extracting(finding -> finding.rule().id())
                .containsExactly("POL006");
        assertThat(
                        PolicyHealth.of(DEFAULT_POLICY.replace("Enable", "E".repeat(40_000)), KEY)
                                .findings())
                .extracting(finding -> finding.rule().id())
                .containsExactly("POL005");
        // Two bytes each: the guide counts bytes.
        assertThat(
                        PolicyHealth.of(
                                        DEFAULT_POLICY.replace("Enable", "\u00e9".repeat(20_000)),
                                        KEY)
                                .findings())
                .extracting(finding -> finding.rule().id())
                .containsExactly("POL005");
    }
}
