package io.bedrockbudgeteer.keyguard.plan;

import static io.bedrockbudgeteer.keyguard.plan.Samples.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.finding.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The sentences about one statement of a key policy, word by word: they are all that a person sees
/// of a check.
class PolicyFixesTest {

    /// @param statement stands behind the account statement; JSON with single quotation marks
    /// @param message what the only finding says
    /// @param fix how the fix begins
    record Row(String statement, String message, String fix) {}

    private static final String ROLE = "arn:aws:iam::111122223333:role/r";
    private static final String ALLOW =
            "{'Sid':'X','Effect':'Allow','Principal':{'AWS':'"
                    + ROLE
                    + "'},'Action':'kms:Decrypt','Resource':'*'}";
    private static final String DENY = ALLOW.replace("Allow", "Deny");
    private static final String ID = "AROAEXAMPLEEXAMPLE1234";
    private static final String SET_STAR =
            "Set \"Resource\": \"*\" in it or delete it, or set RepairPolicy to true: aws kms get-key-policy ";
    // It may be meant for something, so nobody but its owner takes it out.
    private static final String SET_STAR_YOURSELF =
            "Set \"Resource\": \"*\" in it or delete it: aws kms get-key-policy ";
    private static final String GIVE_ACTION =
            "Give it an Action or delete it, or set RepairPolicy to true: aws kms get-key-policy ";
    private static final String GIVES_NOTHING =
            "; it gives nothing, and KMS refuses every change of a policy that holds it.";
    private static final String DENIES_NOTHING =
            "; it denies nothing, and KMS refuses every change of a policy that holds it.";
    private static final String NOT_DOCUMENTED =
            "; what it gives is not documented, and KMS refuses every change of a policy that holds it.";

    private static String resource(String statement, String value) {
        return statement.replace("'Resource':'*'", "'Resource':" + value);
    }

    private static String condition(String value) {
        return ALLOW.replace("'Resource':'*'", "'Resource':'*','Condition':" + value);
    }

    static List<Row> rows() {
        return List.of(
                // Ids of what was deleted
                new Row(
                        ALLOW.replace(ROLE, ID),
                        "Statement \"X\" names "
                                + ID
                                + " in its Principal, a role or user that no longer exists; KMS refuses every change of this policy until the id is gone.",
                        "Take "
                                + ID
                                + " out of the statement, or set RepairPolicy to true: aws kms get-key-policy "),
                new Row(
                        DENY.replace("'Principal'", "'NotPrincipal'").replace(ROLE, ID),
                        "Statement \"X\" names "
                                + ID
                                + " in its NotPrincipal, a role or user that no longer exists; KMS refuses every change of this policy until the id is gone.",
                        "Take "
                                + ID
                                + " out of the statement (put a principal that exists in its place: an emptied NotPrincipal would deny everybody): aws kms get-key-policy "),
                // Statements that do nothing
                new Row(
                        ALLOW.replace("'Action':'kms:Decrypt',", ""),
                        "Statement \"X\" has no Action" + GIVES_NOTHING,
                        GIVE_ACTION),
                new Row(
                        ALLOW.replace("'kms:Decrypt'", "[]"),
                        "Statement \"X\" has no Action" + GIVES_NOTHING,
                        GIVE_ACTION),
                new Row(
                        DENY.replace("'kms:Decrypt'", "[]"),
                        "Statement \"X\" has no Action" + DENIES_NOTHING,
                        GIVE_ACTION),
                new Row(
                        resource(ALLOW, "'arn:aws:kms:*:*:key/*'").replace("'kms:Decrypt'", "[]"),
                        "Statement \"X\" has no Action" + GIVES_NOTHING,
                        GIVE_ACTION),
                new Row(
                        ALLOW.replace(",'Resource':'*'", ""),
                        "Statement \"X\" has no Resource" + GIVES_NOTHING,
                        SET_STAR),
                new Row(
                        DENY.replace(",'Resource':'*'", ""),
                        "Statement \"X\" has no Resource" + DENIES_NOTHING,
                        SET_STAR),
                new Row(
                        resource(ALLOW, "[]"),
                        "Statement \"X\" has no Resource" + GIVES_NOTHING,
                        SET_STAR),
                new Row(
                        resource(ALLOW, "'arn:aws:kms:us-east-1:111122223333:alias/a'"),
                        "Statement \"X\" has a Resource other than \"*\"" + GIVES_NOTHING,
                        SET_STAR_YOURSELF),
                new Row(
                        resource(DENY, "'arn:aws:kms:us-east-1:111122223333:alias/a'"),
                        "Statement \"X\" has a Resource other than \"*\"" + DENIES_NOTHING,
                        SET_STAR_YOURSELF),
                new Row(
                        resource(ALLOW, "'arn:aws:kms:*:*:key/*'"),
                        "Statement \"X\" has a Resource other than \"*\"" + NOT_DOCUMENTED,
                        SET_STAR_YOURSELF),
                new Row(
                        ALLOW.replace("'Resource'", "'NotResource'"),
                        "Statement \"X\" has a Resource other than \"*\"" + NOT_DOCUMENTED,
                        SET_STAR_YOURSELF),
                new Row(
                        resource(ALLOW, "'" + KEY + "'"),
                        "Statement \"X\" has the key's own ARN as its Resource; KMS may refuse to store the policy with it.",
                        "Set \"Resource\": \"*\" in it, which means this key: aws kms get-key-policy "),
                // How the statement is named
                new Row(
                        resource(ALLOW, "[]").replace("'Sid':'X',", ""),
                        "Statement 2 (it has no Sid) has no Resource" + GIVES_NOTHING,
                        SET_STAR),
                // What cannot be understood
                new Row(
                        ALLOW.replace("'Allow'", "'allow'"),
                        "Statement \"X\" cannot be understood: Effect is \"allow\", not Allow or Deny. No verdict can rest on it.",
                        "Correct or delete it: aws kms get-key-policy "),
                new Row(
                        ALLOW.replace("'Allow'", "'allow','Owner':'me'"),
                        "Statement \"X\" cannot be understood: Effect is \"allow\", not Allow or Deny; \"Owner\" is not an element of a statement. No verdict can rest on it.",
                        "Correct or delete it: aws kms get-key-policy "),
                // What is open wider than it should be
                new Row(
                        ALLOW.replace("'" + ROLE + "'", "'*'"),
                        "Statement \"X\" allows every principal of every account, and no condition keeps strangers out.",
                        "Name the principals, or add \"Condition\": {\"StringEquals\": {\"kms:CallerAccount\": "),
                new Row(
                        ALLOW.replace(
                                "{'AWS':'" + ROLE + "'}",
                                "{'Service':['s3.amazonaws.com','sns.amazonaws.com']}"),
                        "Statement \"X\" allows s3.amazonaws.com, sns.amazonaws.com on behalf of anybody: no condition names the account or the resource it acts for.",
                        "Add \"Condition\": {\"StringEquals\": {\"aws:SourceAccount\": \"111122223333\"}} "),
                new Row(
                        condition("{'ForAllValues:StringLike':{'kms:EncryptionContext:a':'x'}}"),
                        "Statement \"X\" tests kms:EncryptionContext:a with ForAllValues:StringLike, which is true without the key; KMS refuses every change of a policy that holds it.",
                        "Use ForAnyValue or a plain operator: aws kms get-key-policy "));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void sentence(Row row) {
        List<Finding> findings =
                PolicyHealth.of(Samples.withStatement(row.statement().replace('\'', '"')), KEY)
                        .findings();
        assertThat(findings)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.message()).isEqualTo(row.message());
                    assertThat(finding.fix()).startsWith(row.fix());
                });
    }

    @Test
    void no_row_disappears() {
        assertThat(rows()).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void the_commands_of_a_fix_name_region_and_key() {
        Finding finding =
                PolicyHealth.of(
                                Samples.withStatement(resource(ALLOW, "[]").replace('\'', '"')),
                                KEY)
                        .findings()
                        .getFirst();
        assertThat(finding.fix())
                .endsWith(
                        "aws kms get-key-policy --region us-east-1 --key-id 1234abcd-12ab-34cd-56ef-1234567890ab --policy-name default --query Policy --output text > policy.json, edit the file, then "
                                + "aws kms put-key-policy --region us-east-1 --key-id 1234abcd-12ab-34cd-56ef-1234567890ab --policy-name default --policy file://policy.json");
    }

    @Test
    void the_account_statement_to_add_is_of_the_keys_partition_and_account() {
        Finding finding = PolicyHealth.of(Samples.NO_DELEGATION, KEY).findings().getFirst();
        assertThat(finding.message())
                .isEqualTo(
                        "The policy of "
                                + KEY
                                + " does not leave access to IAM, so roles need statements of their own in it.");
        assertThat(finding.fix())
                .contains("\"Principal\": {\"AWS\": \"arn:aws:iam::111122223333:root\"}");
    }
}
