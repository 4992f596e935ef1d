package io.bedrockbudgeteer.keyguard.plan;

import static io.bedrockbudgeteer.keyguard.plan.Samples.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.finding.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Which conditions keep strangers out of a statement for everybody, and which tie a service to an
/// account.
class OpenStatementsTest {

    /// @param page the AWS page that says so
    /// @param principal and condition with single quotation marks
    /// @param finding id of the only finding, or empty
    record Row(String page, String principal, String condition, String finding) {}

    private static final String EVERYONE = "'*'";
    private static final String SERVICE = "{'Service':'sns.amazonaws.com'}";
    private static final String ROLE = "{'AWS':'arn:aws:iam::111122223333:role/r'}";
    private static final String OPERATORS =
            "IAM User Guide: AWS JSON policy elements: Condition operators";
    private static final String DEPUTY = "IAM User Guide: The confused deputy problem";
    private static final String KMS_KEYS = "KMS Developer Guide: Condition keys for AWS KMS";

    static List<Row> rows() {
        return List.of(
                new Row(OPERATORS, EVERYONE, "{'Null':{'aws:PrincipalOrgID':'true'}}", "POL014"),
                new Row(OPERATORS, EVERYONE, "{'Null':{'aws:PrincipalOrgID':'false'}}", ""),
                new Row(
                        OPERATORS,
                        EVERYONE,
                        "{'Null':{'aws:PrincipalOrgID':['false','TRUE']}}",
                        "POL014"),
                new Row(
                        OPERATORS,
                        EVERYONE,
                        "{'StringNotEquals':{'aws:PrincipalOrgID':'o-1'}}",
                        "POL014"),
                new Row(OPERATORS, EVERYONE, "{'ArnLike':{'aws:PrincipalArn':'arn:x'}}", ""),
                new Row(OPERATORS, EVERYONE, "{'NoSuchOperator':{'aws:PrincipalOrgID':'o-1'}}", ""),
                new Row(
                        OPERATORS,
                        EVERYONE,
                        "{'StringEqualsIfExists':{'aws:PrincipalOrgID':'o-1'},'StringEquals':{'kms:CallerAccount':'111122223333'}}",
                        ""), // one that holds them out is enough
                new Row(DEPUTY, SERVICE, "{'StringEquals':{'aws:PrincipalOrgID':'o-1'}}", "POL019"),
                new Row(
                        DEPUTY,
                        SERVICE,
                        "{'StringEquals':{'kms:EncryptionContext:aws:sns:topicArn':'x'}}",
                        ""),
                new Row(
                        DEPUTY,
                        SERVICE,
                        "{'ForAnyValue:StringEquals':{'kms:EncryptionContextKeys':'x'}}",
                        ""),
                new Row(DEPUTY, SERVICE, "{'ArnLike':{'AWS:SourceArn':'arn:x'}}", ""),
                new Row(DEPUTY, SERVICE, "{'StringNotEquals':{'aws:SourceAccount':'1'}}", "POL019"),
                new Row(DEPUTY, SERVICE, "{'Null':{'aws:SourceAccount':'false'}}", ""),
                new Row(
                        KMS_KEYS,
                        ROLE,
                        "{'ForAllValues:StringEquals':{'aws:RequestTag/team':'x'}}",
                        "POL022"),
                new Row(
                        KMS_KEYS,
                        ROLE,
                        "{'ForAnyValue:StringEquals':{'aws:RequestTag/team':'x'}}",
                        ""),
                new Row(
                        KMS_KEYS,
                        ROLE,
                        "{'FORALLVALUES:StringEquals':{'KMS:EncryptionContext:a':'x'}}",
                        "POL022"),
                new Row(KMS_KEYS, ROLE, "{'ForAllValues:StringEquals':{'aws:TagKeys':'x'}}", ""));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void statement(Row row) {
        String statement =
                "{'Sid':'X','Effect':'Allow','Principal':"
                        + row.principal()
                        + ",'Action':'kms:Decrypt','Resource':'*','Condition':"
                        + row.condition()
                        + "}";
        List<Finding> findings =
                PolicyHealth.of(Samples.withStatement(statement.replace('\'', '"')), KEY)
                        .findings();
        assertThat(findings)
                .as(row.page())
                .extracting(finding -> finding.rule().id())
                .isEqualTo(row.finding().isEmpty() ? List.of() : List.of(row.finding()));
    }

    @Test
    void no_row_disappears() {
        assertThat(rows()).hasSize(17);
    }

    @Test
    void only_an_allow_opens_anything() {
        for (String statement :
                List.of(
                        "{'Sid':'X','Effect':'Deny','Principal':'*','Action':'kms:PutKeyPolicy','Resource':'*'}",
                        "{'Sid':'X','Effect':'Deny','Principal':{'Service':'s3.amazonaws.com'},'Action':'kms:Decrypt','Resource':'*'}",
                        "{'Sid':'X','Effect':'Deny','NotPrincipal':{'Service':'s3.amazonaws.com'},'Action':'kms:Decrypt','Resource':'*'}"))
            assertThat(
                            PolicyHealth.of(
                                            Samples.withStatement(statement.replace('\'', '"')),
                                            KEY)
                                    .findings())
                    .as(statement)
                    .isEmpty();
    }
}
