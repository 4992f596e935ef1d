package io.bedrockbudgeteer.keyguard.policy;

import static io.bedrockbudgeteer.keyguard.policy.Ask.ALL_KMS;
import static io.bedrockbudgeteer.keyguard.policy.Ask.FOREIGN_ROLE;
import static io.bedrockbudgeteer.keyguard.policy.Ask.KEY;
import static io.bedrockbudgeteer.keyguard.policy.Ask.ROLE;
import static io.bedrockbudgeteer.keyguard.policy.Ask.denyOn;
import static io.bedrockbudgeteer.keyguard.policy.Ask.direct;
import static io.bedrockbudgeteer.keyguard.policy.Ask.policy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The sentence of a verdict, word by word: it names what decides, and where access ends.
class VerdictTextTest {

    /// @param page the AWS page behind the rule
    record Row(String page, Ask ask, String reason) {}

    private static final String DEFAULT = "KMS Developer Guide: Default key policy";
    private static final String LOGIC = "IAM User Guide: Policy evaluation logic";
    private static final String BOUNDARY =
            "IAM User Guide: Permissions boundaries for IAM entities";
    private static final String OTHER_ACCOUNT =
            "KMS Developer Guide: Allowing users in other accounts to use a KMS key";
    private static final String PRINCIPAL = "IAM User Guide: AWS JSON policy elements: Principal";
    private static final String GRANTS = "KMS Developer Guide: Grants in AWS KMS";
    private static final String RESOURCE = "IAM User Guide: AWS JSON policy elements: Resource";

    private static final String DELEGATED = direct("arn:aws:iam::111122223333:root");
    private static final String NOTHING = "{'Version':'2012-10-17','Statement':[]}";
    private static final String TRAIL = "cloudtrail.amazonaws.com";
    private static final String EVERYONE =
            "{'Effect':'Allow','Principal':'*','Action':'kms:*','Resource':'*'}";
    private static final String CONDITION = "IAM User Guide: AWS JSON policy elements: Condition";
    private static final String TRAIL_IF =
            "{'Effect':'Allow','Principal':{'Service':'cloudtrail.amazonaws.com'},'Action':'%s','Resource':'*','Condition':{'StringEquals':{'aws:SourceArn':'%s'}}}";
    private static final String BY_ROLE = "kms:Decrypt for " + ROLE;
    private static final String BY_FOREIGN = "kms:Decrypt for " + FOREIGN_ROLE;
    private static final String IF_ORG =
            "{'Sid':'IfOrg','Effect':'Allow','Action':'kms:*','Resource':'*','Condition':{'StringEquals':{'aws:PrincipalOrgID':'o-1'}}}";
    private static final String ALWAYS =
            "{'Sid':'Always','Effect':'Allow','Action':'kms:*','Resource':'*'}";

    private static String iam(String... statements) {
        return "{'Version':'2012-10-17','Statement':[" + String.join(",", statements) + "]}";
    }

    private static Row nothing(String page, Ask ask, String who, String missing) {
        return new Row(page, ask, "Nothing allows " + who + ": " + missing + ".");
    }

    static List<Row> allowed() {
        return List.of(
                new Row(DEFAULT, policy(direct(ROLE)), "statement 1 allows " + BY_ROLE + "."),
                new Row(
                        DEFAULT,
                        policy(DELEGATED).iam(ALL_KMS),
                        "statement 1 and identity policy, statement 1 allow " + BY_ROLE + "."),
                new Row(
                        DEFAULT,
                        policy(DELEGATED).caller("arn:aws:iam::111122223333:root"),
                        "statement 1 allows kms:Decrypt for arn:aws:iam::111122223333:root."),
                new Row(
                        OTHER_ACCOUNT,
                        policy(direct(FOREIGN_ROLE)).caller(FOREIGN_ROLE).iam(ALL_KMS),
                        "statement 1 and identity policy, statement 1 allow " + BY_FOREIGN + "."),
                new Row(
                        OTHER_ACCOUNT,
                        policy(direct("444455556666")).caller("arn:aws:iam::444455556666:root"),
                        "statement 1 and the root user's own right allow kms:Decrypt for arn:aws:iam::444455556666:root."),
                new Row(
                        GRANTS,
                        policy("")
                                .grant(
                                        new Grant(
                                                "g1",
                                                ROLE,
                                                Set.of("Decrypt"),
                                                Optional.empty(),
                                                Optional.empty(),
                                                Optional.empty())),
                        "grant g1 allows " + BY_ROLE + "."),
                // Which of several IAM policies and statements
                new Row(
                        LOGIC,
                        policy(DELEGATED).iam(NOTHING, ALL_KMS),
                        "statement 1 and identity policy 2, statement 1 allow " + BY_ROLE + "."),
                new Row(
                        LOGIC,
                        policy(DELEGATED).iam(iam(IF_ORG), iam(ALWAYS)),
                        "statement 1 and identity policy 2, Always allow " + BY_ROLE + "."),
                new Row(
                        LOGIC,
                        policy(DELEGATED).iam(iam(ALWAYS), iam(IF_ORG)),
                        "statement 1 and identity policy 1, Always allow " + BY_ROLE + "."),
                new Row(
                        LOGIC,
                        policy(DELEGATED).iam(iam(IF_ORG, ALWAYS)),
                        "statement 1 and identity policy, Always allow " + BY_ROLE + "."),
                new Row(
                        LOGIC,
                        policy(DELEGATED).iam(iam(ALWAYS, IF_ORG)),
                        "statement 1 and identity policy, Always allow " + BY_ROLE + "."));
    }

    static List<Row> denied() {
        return List.of(
                new Row(LOGIC, denyOn("{}"), "Guard denies " + BY_ROLE + "."),
                new Row(
                        LOGIC,
                        policy(direct(ROLE))
                                .iam(
                                        NOTHING,
                                        iam(
                                                "{'Sid':'No','Effect':'Deny','Action':'kms:*','Resource':'*'}")),
                        "identity policy 2, No denies " + BY_ROLE + "."),
                nothing(DEFAULT, policy(""), BY_ROLE, "no statement of the key policy covers it"),
                nothing(
                        DEFAULT,
                        policy(DELEGATED),
                        BY_ROLE,
                        "the key policy leaves it to IAM, and no IAM policy allows it"),
                nothing(
                        PRINCIPAL,
                        policy(DELEGATED).caller(TRAIL),
                        "kms:Decrypt for " + TRAIL,
                        "no statement of the key policy names the service for it"),
                nothing(
                        CONDITION,
                        policy(
                                        TRAIL_IF.formatted("kms:Encrypt", "a")
                                                + ","
                                                + TRAIL_IF.formatted("kms:*", "b"))
                                .caller(TRAIL)
                                .with(
                                        "aws:SourceArn=arn:aws:cloudtrail:eu-central-1:111122223333:trail/c"),
                        "kms:Decrypt for " + TRAIL,
                        "statement 2 would, but its condition StringEquals aws:SourceArn is not met"),
                nothing(
                        CONDITION,
                        Ask.condition("{'Bool':{'aws:SecureTransport':'false'}}"),
                        BY_ROLE,
                        "statement 1 would, but its condition Bool aws:SecureTransport is not met"),
                nothing(
                        BOUNDARY,
                        policy(direct(ROLE)).boundary(NOTHING),
                        BY_ROLE,
                        "the key policy does, but the permissions boundary does not"),
                nothing(
                        OTHER_ACCOUNT,
                        policy(direct(FOREIGN_ROLE)).caller(FOREIGN_ROLE),
                        BY_FOREIGN,
                        "the key policy does, but no IAM policy of the caller's account does"),
                nothing(
                        OTHER_ACCOUNT,
                        policy(EVERYONE).caller(FOREIGN_ROLE),
                        BY_FOREIGN,
                        "the key policy does, but no IAM policy of the caller's account does"),
                nothing(
                        OTHER_ACCOUNT,
                        policy(EVERYONE + "," + direct("444455556666")).caller(FOREIGN_ROLE),
                        BY_FOREIGN,
                        "the key policy does, but no IAM policy of the caller's account does"),
                nothing(
                        OTHER_ACCOUNT,
                        policy(direct("444455556666") + "," + direct(FOREIGN_ROLE))
                                .caller(FOREIGN_ROLE),
                        BY_FOREIGN,
                        "the key policy does, but no IAM policy of the caller's account does"),
                nothing(
                        OTHER_ACCOUNT,
                        policy(direct("444455556666")).caller(FOREIGN_ROLE),
                        BY_FOREIGN,
                        "the key policy leaves it to IAM, and no IAM policy allows it"),
                nothing(
                        OTHER_ACCOUNT,
                        policy(direct(FOREIGN_ROLE))
                                .caller(FOREIGN_ROLE)
                                .action("kms:PutKeyPolicy"),
                        "kms:PutKeyPolicy for " + FOREIGN_ROLE,
                        "kms:PutKeyPolicy does not work across accounts"));
    }

    static List<Row> open() {
        return List.of(
                new Row(
                        DEFAULT,
                        policy(DELEGATED).iamUnknown(),
                        "statement 1 may allow "
                                + BY_ROLE
                                + "; the IAM policies of "
                                + ROLE
                                + " are not known."),
                new Row(
                        LOGIC,
                        denyOn("{'StringEquals':{'aws:SourceVpce':'v','aws:PrincipalOrgID':'o'}}"),
                        "Guard may deny "
                                + BY_ROLE
                                + ", which statement 1 allows, depending on aws:PrincipalOrgID, aws:SourceVpce."),
                new Row(
                        LOGIC,
                        Ask.condition("{'StringEquals':{'aws:PrincipalOrgID':'o'}}"),
                        "statement 1 may allow " + BY_ROLE + ", depending on aws:PrincipalOrgID."),
                new Row(
                        LOGIC,
                        policy(direct(ROLE)).iam("{broken"),
                        "identity policy may deny "
                                + BY_ROLE
                                + ", which statement 1 allows; the identity policy cannot be read: "),
                new Row(
                        LOGIC,
                        policy(DELEGATED).iam(ALL_KMS, "{'Version':'2020-01-01','Statement':[]}"),
                        "identity policy 2 may deny "
                                + BY_ROLE
                                + ", which statement 1 allows; the identity policy 2 cannot be understood: Version is neither 2012-10-17 nor 2008-10-17."),
                new Row(
                        BOUNDARY,
                        policy(direct(ROLE)).boundary("[]"),
                        "statement 1 may allow "
                                + BY_ROLE
                                + "; the permissions boundary cannot be read: "),
                new Row(
                        RESOURCE,
                        policy(DELEGATED)
                                .iam(
                                        iam(
                                                "{'Effect':'Allow','Action':'kms:*','Resource':'arn:aws:kms:us-*:key/*'}")),
                        "statement 1 may allow "
                                + BY_ROLE
                                + "; Resource \"arn:aws:kms:us-*:key/*\" matches only if * runs past a colon, which AWS documents both ways."),
                new Row(
                        PRINCIPAL,
                        policy(EVERYONE.replace("'*','Action'", "{'AWS':'*'},'Action'"))
                                .caller(TRAIL),
                        "statement 1 may allow kms:Decrypt for "
                                + TRAIL
                                + "; whether {\"AWS\": \"*\"} means services is not documented."),
                new Row(
                        PRINCIPAL,
                        policy(EVERYONE.replace("'*','Action'", "{'Service':'*'},'Action'"))
                                .caller(TRAIL),
                        "statement 1 may allow kms:Decrypt for "
                                + TRAIL
                                + "; what {\"Service\": \"*\"} means in a key policy is not documented."),
                // Of two open ways the one that only needs a value is named
                new Row(
                        LOGIC,
                        policy(
                                direct(ROLE).replace("'Resource':'*'", "'NotResource':'x'")
                                        + ","
                                        + direct(ROLE)
                                                .replace(
                                                        "'Resource':'*'",
                                                        "'Resource':'*','Condition':{'StringEquals':{'aws:PrincipalTag/t':'x'}}")),
                        "statement 2 may allow " + BY_ROLE + ", depending on aws:PrincipalTag/t."),
                // unless a Deny cannot be decided either
                new Row(
                        LOGIC,
                        policy(
                                direct(ROLE)
                                                .replace(
                                                        "'Resource':'*'",
                                                        "'Resource':'*','Condition':{'StringEquals':{'aws:PrincipalTag/t':'x'}}")
                                        + ",{'Effect':'Deny','Principal':'*','Action':'kms:*','NotResource':'x'}"),
                        "statement 1 may allow "
                                + BY_ROLE
                                + "; a key policy with a Resource other than \"*\" is not documented."));
    }

    @ParameterizedTest
    @MethodSource({"allowed", "denied", "open"})
    void sentence(Row row) {
        Verdict verdict = row.ask().verdict();
        if (row.reason().endsWith("."))
            assertThat(verdict.reason()).as(row.page()).isEqualTo(row.reason());
        else assertThat(verdict.reason()).as(row.page()).startsWith(row.reason()).endsWith(".");
    }

    @Test
    void no_row_disappears() {
        assertThat(List.of(allowed(), denied(), open()))
                .extracting(List::size)
                .containsExactly(11, 14, 11);
    }

    @Test
    void why_iam_is_not_known_is_passed_on() {
        Verdict verdict =
                Evaluator.evaluate(
                        policy(DELEGATED).text(),
                        Optional.of(IdentityAccess.unknown(Arn.parse(ROLE), "AccessDenied")),
                        List.of(),
                        new AccessRequest(
                                Caller.tryParse(ROLE).orElseThrow(),
                                "kms:Decrypt",
                                KEY,
                                Map.of(),
                                false));
        assertThat(verdict.reason())
                .endsWith("the IAM policies of " + ROLE + " are not known: AccessDenied.");
    }

    @Test
    void a_key_policy_that_is_no_policy_decides_nothing_and_says_why() {
        AccessRequest request =
                new AccessRequest(
                        Caller.tryParse(ROLE).orElseThrow(), "kms:Decrypt", KEY, Map.of(), false);
        assertThat(Evaluator.evaluate("[]", Optional.empty(), List.of(), request).reason())
                .startsWith("The key policy cannot be read: ")
                .contains("expected a policy object, found an array");
        assertThat(
                        Evaluator.evaluate(
                                        Ask.json("{'Id':1,'Statement':[" + direct(ROLE) + "]}"),
                                        Optional.empty(),
                                        List.of(),
                                        request)
                                .reason())
                .isEqualTo("The key policy cannot be understood: Id is a number, not a string.");
        assertThat(
                        Evaluator.evaluate(
                                        Ask.json("{'Id':'x','Statement':[" + direct(ROLE) + "]}"),
                                        Optional.empty(),
                                        List.of(),
                                        request)
                                .kind())
                .isEqualTo(Verdict.Kind.ALLOWED);
    }
}
