package io.bedrockbudgeteer.keyguard.plan;

import static io.bedrockbudgeteer.keyguard.plan.Samples.DEFAULT_POLICY;
import static io.bedrockbudgeteer.keyguard.plan.Samples.changed;
import static io.bedrockbudgeteer.keyguard.plan.Samples.situation;
import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.finding.Rule;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AdditionalStatementsTest {

    private static final String GOOD =
            "{'Effect':'Allow','Principal':{'AWS':'arn:aws:iam::111122223333:role/audit'},'Action':['kms:Decrypt','kms:DescribeKey'],'Resource':'*'}";

    /// @param statement JSON with single quotation marks
    /// @param says part of the message, empty when the statement is taken
    record Row(String statement, String says) {}

    static List<Row> rows() {
        return List.of(
                new Row(GOOD, ""),
                new Row(GOOD.replace("['kms:Decrypt','kms:DescribeKey']", "'kms:CreateGrant'"), ""),
                new Row(
                        GOOD.replace("'arn:aws:iam::111122223333:role/audit'", "['111122223333']"),
                        ""),
                new Row(
                        GOOD.replace(
                                        "{'AWS':'arn:aws:iam::111122223333:role/audit'}",
                                        "{'Service':'budgets.amazonaws.com'}")
                                .replace(
                                        "'Resource':'*'",
                                        "'Resource':'*','Condition':{'StringEquals':{'aws:SourceAccount':'111122223333'}}"),
                        ""),
                new Row("not json", "is not a JSON object"),
                new Row("[]", "is not a JSON object"),
                new Row(GOOD.replace("{'Effect'", "{'Sid':'Mine','Effect'"), "has a Sid"),
                new Row(GOOD.replace("'Principal'", "'NotPrincipal'"), "has NotPrincipal"),
                new Row(GOOD.replace("'Action'", "'NotAction'"), "has NotAction"),
                new Row(GOOD.replace("'Resource'", "'NotResource'"), "has NotResource"),
                new Row(GOOD.replace("'Allow'", "'Deny'"), "is a Deny"),
                new Row(GOOD.replace("'Allow'", "'allow'"), "cannot be understood"),
                new Row(GOOD.replace("'Effect'", "'effect'"), "cannot be understood"),
                new Row(
                        GOOD.replace("{'AWS':'arn:aws:iam::111122223333:role/audit'}", "'*'"),
                        "has the principal \"*\""),
                new Row(GOOD.replace("role/audit", "role/*"), "a wildcard is no principal"),
                new Row(
                        GOOD.replace("'arn:aws:iam::111122223333:role/audit'", "'*'"),
                        "has the principal \"*\""),
                new Row(
                        GOOD.replace("{'AWS':'arn:aws:iam::111122223333:role/audit'}", "{}"),
                        "has no principal"),
                new Row(
                        GOOD.replace(
                                "arn:aws:iam::111122223333:role/audit", "AROAEXAMPLEEXAMPLE1234"),
                        "a unique id"),
                new Row(
                        GOOD.replace(
                                "{'AWS':'arn:aws:iam::111122223333:role/audit'}",
                                "{'Service':'budgets.amazonaws.com'}"),
                        "without naming account or resource"),
                new Row(
                        GOOD.replace("['kms:Decrypt','kms:DescribeKey']", "'kms:*'"),
                        "gives the key away"),
                new Row(GOOD.replace("['kms:Decrypt','kms:DescribeKey']", "'*'"), "none of KMS"),
                new Row(
                        GOOD.replace("['kms:Decrypt','kms:DescribeKey']", "'kms:?*'"),
                        "gives the key away"),
                new Row(
                        GOOD.replace("['kms:Decrypt','kms:DescribeKey']", "'kms:PutKeyPolicy'"),
                        "gives the key away"),
                new Row(
                        GOOD.replace("['kms:Decrypt','kms:DescribeKey']", "'kms:Put*'"),
                        "gives the key away"),
                new Row(
                        GOOD.replace("['kms:Decrypt','kms:DescribeKey']", "'kms:Create*'"),
                        "gives the key away"),
                new Row(
                        GOOD.replace("['kms:Decrypt','kms:DescribeKey']", "'kms:CreateGran?'"),
                        "gives the key away"),
                new Row(
                        GOOD.replace("['kms:Decrypt','kms:DescribeKey']", "'kms:Decript'"),
                        "none of KMS"),
                new Row(
                        GOOD.replace("['kms:Decrypt','kms:DescribeKey']", "'s3:GetObject'"),
                        "none of KMS"),
                new Row(GOOD.replace(",'Resource':'*'", ""), "lacks Action or Resource"),
                new Row(
                        GOOD.replace("'Resource':'*'", "'Resource':'" + Samples.KEY + "'"),
                        "is not \"*\""),
                new Row(
                        GOOD.replace(
                                "'Resource':'*'",
                                "'Resource':'*','Condition':{'StringEqual':{'aws:PrincipalTag/t':'x'}}"),
                        "not documented"),
                new Row(
                        GOOD.replace(
                                "'Resource':'*'",
                                "'Resource':'*','Condition':{'StringEquals':{'aws:PrincipalTag/t':[]}}"),
                        "without a value"),
                new Row(
                        GOOD.replace(
                                "'Resource':'*'",
                                "'Resource':'*','Condition':{'ForAllValues:StringEquals':{'kms:EncryptionContext:a':'x'}}"),
                        "KMS refuses"),
                new Row(
                        GOOD.replace(
                                "'Resource':'*'",
                                "'Resource':'*','Condition':{'StringEquals':{'aws:ResourceTag/t':'x'}}"),
                        "KMS refuses"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void statement(Row row) {
        Plan plan =
                Planner.add(
                        situation(DEFAULT_POLICY),
                        List.of(),
                        RoleStatements.LEAST,
                        List.of(row.statement().replace('\'', '"')));
        if (row.says().isEmpty()) {
            assertThat(((Plan.Change) plan).changes())
                    .singleElement()
                    .satisfies(change ->
                            assertThat(change.sid()).startsWith("BedrockBudgeteerAdditional"));
            assertThat(changed(Planner.remove(situation(changed(plan).text()))).text())
                    .isEqualTo(DEFAULT_POLICY);
        } else {
            assertThat(plan).isInstanceOf(Plan.Refused.class);
            assertThat(plan.findings()).allMatch(finding -> finding.rule() == Rule.POL020);
            assertThat(plan.findings().getFirst().message()).startsWith("Additional statement 1 ");
            assertThat(plan.findings().getFirst().line()).contains(row.says());
        }
    }

    @Test
    void no_row_disappears() {
        assertThat(rows()).hasSize(34);
    }

    @Test
    void the_same_statement_twice_is_written_once_and_two_keep_their_places() {
        String one = GOOD.replace('\'', '"');
        String two = one.replace("role/audit", "role/backup");
        KeyPolicy both =
                changed(
                        Planner.add(
                                situation(DEFAULT_POLICY),
                                List.of(),
                                RoleStatements.LEAST,
                                List.of(one, two, one)));
        assertThat(Planner.ownStatements(both, Samples.OWNER)).hasSize(2);
        assertThat(
                        Planner.add(
                                situation(both.text()),
                                List.of(),
                                RoleStatements.LEAST,
                                List.of(two, one)))
                .isInstanceOf(Plan.NoChange.class);
        Plan onlyTwo =
                Planner.add(situation(both.text()), List.of(), RoleStatements.LEAST, List.of(two));
        assertThat(((Plan.Change) onlyTwo).changes())
                .singleElement()
                .satisfies(
                        change -> assertThat(change.kind()).isEqualTo(StatementChange.Kind.REMOVE));
    }

    @Test
    void variables_need_a_version_that_knows_them() {
        String variable =
                GOOD.replace(
                                "'Resource':'*'",
                                "'Resource':'*','Condition':{'StringEquals':{'aws:PrincipalTag/t':'${aws:PrincipalAccount}'}}")
                        .replace('\'', '"');
        assertThat(
                        Planner.add(
                                situation(DEFAULT_POLICY),
                                List.of(),
                                RoleStatements.LEAST,
                                List.of(variable)))
                .isInstanceOf(Plan.Change.class);
        Plan old =
                Planner.add(
                        situation(DEFAULT_POLICY.replace("2012-10-17", "2008-10-17")),
                        List.of(),
                        RoleStatements.LEAST,
                        List.of(variable));
        assertThat(old.findings().getFirst().line()).contains("POL020", "plain text");
        assertThat(
                        Planner.add(
                                situation(DEFAULT_POLICY.replace("2012-10-17", "2008-10-17")),
                                List.of(),
                                RoleStatements.LEAST,
                                List.of(variable.replace("${aws:PrincipalAccount}", "plain"))))
                .isInstanceOf(Plan.Change.class);
    }
}
