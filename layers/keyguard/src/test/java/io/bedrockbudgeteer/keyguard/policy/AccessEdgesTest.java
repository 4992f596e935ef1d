package io.bedrockbudgeteer.keyguard.policy;

import static io.bedrockbudgeteer.keyguard.policy.Ask.ALL_KMS;
import static io.bedrockbudgeteer.keyguard.policy.Ask.FOREIGN_ROLE;
import static io.bedrockbudgeteer.keyguard.policy.Ask.ROLE;
import static io.bedrockbudgeteer.keyguard.policy.Ask.SESSION;
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

/// Who gets in where two rules meet: a Deny that is about something else, names that look like
/// other names, grants whose constraints are only half known.
class AccessEdgesTest {

    /// @param expected kind and basis, such as `ALLOWED delegated`
    record Row(String page, Ask ask, String expected) {}

    private static final String PRINCIPAL = "IAM User Guide: AWS JSON policy elements: Principal";
    private static final String NOT_PRINCIPAL =
            "IAM User Guide: AWS JSON policy elements: NotPrincipal";
    private static final String RESOURCE = "IAM User Guide: AWS JSON policy elements: Resource";
    private static final String KEY_POLICY = "KMS Developer Guide: Key policies";
    private static final String LOGIC = "IAM User Guide: Policy evaluation logic";
    private static final String CONTEXT = "IAM User Guide: AWS global condition context keys";
    private static final String KMS_CONTEXT = "KMS Developer Guide: Condition keys for AWS KMS";
    private static final String GRANTS = "KMS Developer Guide: Grants in AWS KMS";
    private static final String OTHER_ACCOUNT =
            "KMS Developer Guide: Allowing users in other accounts to use a KMS key";

    private static final String ROOT = "arn:aws:iam::111122223333:root";
    private static final String FOREIGN_ROOT = "arn:aws:iam::444455556666:root";
    private static final String USER = "arn:aws:iam::111122223333:user/team/ann";
    private static final String FEDERATED = "arn:aws:sts::111122223333:federated-user/bob";
    private static final String DELEGATED = direct(ROOT);
    private static final String NOTHING = "{'Version':'2012-10-17','Statement':[]}";
    private static final String TRAIL = "cloudtrail.amazonaws.com";
    private static final String DENY_ALL =
            "{'Version':'2012-10-17','Statement':{'Effect':'Deny','Action':'*','Resource':'*'}}";

    private static String allow(String principal, String rest) {
        return "{'Effect':'Allow','Principal':" + principal + "," + rest + "}";
    }

    private static String star(String principal) {
        return allow(principal, "'Action':'kms:*','Resource':'*'");
    }

    private static String allowIf(String principal, String condition) {
        return allow(principal, "'Action':'kms:*','Resource':'*','Condition':" + condition);
    }

    private static String denyOthers(String notPrincipal) {
        return ",{'Effect':'Deny','NotPrincipal':"
                + notPrincipal
                + ",'Action':'kms:*','Resource':'*'}";
    }

    private static String iam(String... statements) {
        return "{'Version':'2012-10-17','Statement':[" + String.join(",", statements) + "]}";
    }

    private static String iamAllow(String rest) {
        return "{'Effect':'Allow'," + rest + "}";
    }

    private static Grant grant(
            Set<String> operations,
            Optional<Map<String, String>> exactly,
            Optional<Map<String, String>> atLeast) {
        return new Grant("g1", ROLE, operations, exactly, atLeast, Optional.empty());
    }

    private static Grant exactly(Map<String, String> pairs) {
        return grant(Set.of("Decrypt"), Optional.of(pairs), Optional.empty());
    }

    private static Grant atLeast(Map<String, String> pairs) {
        return grant(Set.of("Decrypt"), Optional.empty(), Optional.of(pairs));
    }

    static List<Row> principals() {
        return List.of(
                new Row(
                        PRINCIPAL,
                        policy(star("{'AWS':'" + TRAIL + "'}")).caller(TRAIL),
                        "DENIED implicit-deny"), // a service is no AWS principal
                new Row(
                        PRINCIPAL,
                        policy(star("{'Service':'" + ROLE + "'}")),
                        "DENIED implicit-deny"), // nor a role a service
                new Row(PRINCIPAL, policy(star("{'AWS':''}")), "DENIED implicit-deny"),
                new Row(
                        PRINCIPAL,
                        policy(star("{'AWS':''}")).caller(SESSION),
                        "DENIED implicit-deny"),
                new Row(
                        PRINCIPAL,
                        policy(star("{'Service':['" + TRAIL + "','*']}")).caller(TRAIL),
                        "ALLOWED direct"), // named is enough, whatever * means
                new Row(
                        PRINCIPAL,
                        policy(star("{'Service':['*','" + TRAIL + "']}")).caller(TRAIL),
                        "ALLOWED direct"),
                new Row(
                        PRINCIPAL,
                        policy(
                                        star("{'Service':'" + TRAIL + "'}")
                                                + ",{'Effect':'Deny','Principal':{'Service':['"
                                                + TRAIL
                                                + "','*']},'Action':'kms:*','Resource':'*'}")
                                .caller(TRAIL),
                        "DENIED explicit-deny"),
                // NotPrincipal
                new Row(
                        NOT_PRINCIPAL,
                        policy(direct(ROLE) + denyOthers("{'AWS':'*'}")),
                        "UNKNOWN unsupported"),
                new Row(
                        NOT_PRINCIPAL,
                        policy(
                                direct(ROLE)
                                        + denyOthers(
                                                "{'AWS':['" + ROLE + "','" + ROOT + "','*']}")),
                        "UNKNOWN unsupported"),
                new Row(
                        NOT_PRINCIPAL,
                        policy(
                                        star("{'Service':'" + TRAIL + "'}")
                                                + denyOthers("{'Service':'" + TRAIL + "'}"))
                                .caller(TRAIL),
                        "ALLOWED direct"),
                new Row(
                        NOT_PRINCIPAL,
                        policy(
                                        star("{'Service':'" + TRAIL + "'}")
                                                + denyOthers("{'AWS':'" + TRAIL + "'}"))
                                .caller(TRAIL),
                        "DENIED explicit-deny"),
                new Row(
                        NOT_PRINCIPAL,
                        policy(
                                direct(ROLE)
                                        + denyOthers(
                                                "{'Service':['" + ROLE + "','" + ROOT + "']}")),
                        "DENIED explicit-deny"),
                new Row(
                        NOT_PRINCIPAL,
                        policy(
                                        direct(ROLE)
                                                + denyOthers(
                                                        "{'AWS':['"
                                                                + SESSION
                                                                + "','"
                                                                + ROOT
                                                                + "']}"))
                                .caller(SESSION),
                        "DENIED explicit-deny"), // the role of the session is not listed
                new Row(
                        NOT_PRINCIPAL,
                        policy(
                                direct(ROLE)
                                        + denyOthers("{'AWS':['" + ROLE + "','111122223333']}")),
                        "ALLOWED direct"),
                new Row(
                        NOT_PRINCIPAL,
                        policy(DELEGATED + denyOthers("{'AWS':'" + ROOT + "'}"))
                                .caller(ROOT)
                                .iamUnknown(),
                        "ALLOWED direct"), // the root user has no boundary
                new Row(
                        NOT_PRINCIPAL,
                        policy(DELEGATED + denyOthers("{'AWS':'" + ROLE + "'}")).caller(ROOT),
                        "DENIED explicit-deny"));
    }

    static List<Row> iamPolicies() {
        return List.of(
                new Row(
                        LOGIC,
                        policy(DELEGATED)
                                .iam(
                                        iam(
                                                "{'Effect':'Deny','Action':'kms:Encrypt','Resource':'*'}",
                                                iamAllow("'Action':'kms:*','Resource':'*'"))),
                        "ALLOWED delegated"), // the Deny is about another action
                new Row(
                        LOGIC,
                        policy(DELEGATED)
                                .iam(
                                        ALL_KMS,
                                        iam(
                                                "{'Effect':'Deny','Action':'kms:*','Resource':'arn:aws:kms:us-east-1:111122223333:key/other'}")),
                        "ALLOWED delegated"), // the Deny is about another key
                new Row(
                        LOGIC,
                        policy(DELEGATED)
                                .iam(
                                        iam(
                                                iamAllow(
                                                        "'Action':'kms:*','Resource':'*','Principal':'*'"))),
                        "UNKNOWN unsupported"),
                new Row(
                        LOGIC,
                        policy(star("{'Service':'" + TRAIL + "'}")).caller(TRAIL).iam(DENY_ALL),
                        "ALLOWED direct"), // a service has no IAM policies
                new Row(
                        LOGIC,
                        policy(DELEGATED).caller(ROOT).iam(DENY_ALL),
                        "ALLOWED direct"), // nor has the root user
                new Row(
                        OTHER_ACCOUNT,
                        policy(direct("444455556666")).caller(FOREIGN_ROOT),
                        "ALLOWED direct"),
                new Row(
                        RESOURCE,
                        policy(DELEGATED).iam(iam(iamAllow("'Action':'kms:*'"))),
                        "DENIED implicit-deny"), // no Resource
                new Row(
                        RESOURCE,
                        policy(DELEGATED).iam(iam(iamAllow("'Resource':'*'"))),
                        "DENIED implicit-deny"), // no Action
                new Row(
                        RESOURCE,
                        policy(DELEGATED)
                                .iam(
                                        iam(
                                                iamAllow(
                                                        "'Action':'kms:*','Resource':'arn:aws:kms:*:*:key/${aws:PrincipalTag/k}'"))),
                        "CONDITIONAL condition"),
                new Row(
                        RESOURCE,
                        policy(DELEGATED)
                                .iam(
                                        iam(
                                                iamAllow(
                                                        "'Action':'kms:*','Resource':'arn:aws:kms:*:*:key/${aws:PrincipalTag/k}'")))
                                .with("aws:PrincipalTag/k=1234abcd-12ab-34cd-56ef-1234567890ab"),
                        "ALLOWED delegated"),
                new Row(
                        RESOURCE,
                        policy(DELEGATED)
                                .iam(
                                        iam(
                                                iamAllow(
                                                        "'Action':'kms:*','Resource':['arn:aws:kms:*:*:key/${aws:PrincipalTag/k}','*']"))),
                        "ALLOWED delegated"),
                new Row(
                        RESOURCE,
                        policy(DELEGATED)
                                .iam(
                                        iam(
                                                iamAllow(
                                                        "'Action':'kms:*','Resource':['*','arn:aws:kms:*:*:key/${aws:PrincipalTag/k}']"))),
                        "ALLOWED delegated"),
                new Row(
                        KEY_POLICY,
                        policy(allow("{'AWS':'" + ROLE + "'}", "'NotAction':[],'Resource':'*'")),
                        "DENIED implicit-deny")); // an empty element is none
    }

    static List<Row> grants() {
        return List.of(
                new Row(
                        GRANTS,
                        policy("")
                                .grant(atLeast(Map.of("a", "1")))
                                .with("kms:EncryptionContext:b=2")
                                .complete(),
                        "DENIED implicit-deny"), // a is not there
                new Row(
                        GRANTS,
                        policy("")
                                .grant(atLeast(Map.of("a", "1")))
                                .with("kms:EncryptionContextKeys=b", "kms:EncryptionContext:b=2"),
                        "DENIED implicit-deny"), // the list of keys is known
                new Row(
                        GRANTS,
                        policy("")
                                .grant(exactly(Map.of("a", "1")))
                                .with("kms:EncryptionContextKeys=a", "kms:EncryptionContext:a=1"),
                        "ALLOWED grant"),
                new Row(
                        GRANTS,
                        policy("")
                                .grant(atLeast(Map.of("a", "1")))
                                .with("kms:EncryptionContext:a=1|2"),
                        "CONDITIONAL condition"), // a pair has one value
                new Row(
                        GRANTS,
                        policy("")
                                .grant(
                                        grant(
                                                Set.of("CreateGrant"),
                                                Optional.empty(),
                                                Optional.empty()))
                                .action("kms:CreateGrant"),
                        "CONDITIONAL condition")); // only equal or smaller grants
    }

    static List<Row> requests() {
        return List.of(
                new Row(
                        CONTEXT,
                        policy(allowIf("'*'", "{'StringEquals':{'aws:PrincipalType':'User'}}"))
                                .caller(USER),
                        "ALLOWED direct"),
                new Row(
                        CONTEXT,
                        policy(
                                        allowIf(
                                                "'*'",
                                                "{'StringEquals':{'aws:PrincipalType':'FederatedUser'}}"))
                                .caller(FEDERATED),
                        "ALLOWED direct"),
                new Row(
                        CONTEXT,
                        policy(
                                        allowIf(
                                                "'*'",
                                                "{'StringEquals':{'aws:PrincipalType':'AssumedRole'}}"))
                                .caller(SESSION),
                        "ALLOWED direct"),
                new Row(
                        CONTEXT,
                        policy(
                                        allowIf(
                                                "{'AWS':'" + ROOT + "'}",
                                                "{'StringEquals':{'aws:userid':'111122223333'}}"))
                                .caller(ROOT),
                        "ALLOWED direct"),
                new Row(
                        CONTEXT,
                        Ask.condition("{'StringEquals':{'aws:userid':'111122223333'}}"),
                        "CONDITIONAL condition"),
                new Row(
                        CONTEXT,
                        policy(
                                        allowIf(
                                                "{'Service':'" + TRAIL + "'}",
                                                "{'Null':{'aws:PrincipalArn':'true'}}"))
                                .caller(TRAIL)
                                .complete(),
                        "ALLOWED direct"),
                new Row(
                        CONTEXT,
                        policy(
                                        allowIf(
                                                "{'Service':'" + TRAIL + "'}",
                                                "{'Null':{'aws:PrincipalArn':'true'}}"))
                                .caller(TRAIL),
                        "UNKNOWN unsupported"),
                new Row(
                        KMS_CONTEXT,
                        Ask.condition("{'Null':{'kms:EncryptionContextKeys':'true'}}").complete(),
                        "ALLOWED direct"),
                new Row(
                        KMS_CONTEXT,
                        Ask.condition("{'Null':{'kms:EncryptionContextKeys':'true'}}")
                                .with("kms:EncryptionContext:a=1")
                                .complete(),
                        "DENIED implicit-deny"),
                new Row(
                        KMS_CONTEXT,
                        Ask.condition(
                                        "{'StringEquals':{'kms:RecipientAttestation:ImageSha384':'x'}}")
                                .action("kms:Encrypt"),
                        "DENIED implicit-deny"), // comes with four other actions only
                new Row(
                        KMS_CONTEXT,
                        Ask.condition(
                                "{'StringEquals':{'kms:RecipientAttestation:ImageSha384':'x'}}"),
                        "CONDITIONAL condition"),
                new Row(
                        KMS_CONTEXT,
                        Ask.condition("{'StringEquals':{'aws:RequestTag/t':'x'}}"),
                        "DENIED implicit-deny"), // only a tagging call carries tags
                new Row(
                        KMS_CONTEXT,
                        Ask.condition("{'StringEquals':{'aws:RequestTag/t':'x'}}")
                                .action("kms:TagResource"),
                        "CONDITIONAL condition"),
                new Row(
                        OTHER_ACCOUNT,
                        policy(star("'*'")).caller(FOREIGN_ROLE).iam(ALL_KMS).boundary(NOTHING),
                        "DENIED implicit-deny"));
    }

    @ParameterizedTest
    @MethodSource({"principals", "iamPolicies", "grants", "requests"})
    void access(Row row) {
        Verdict verdict = row.ask().verdict();
        assertThat(verdict.kind() + " " + verdict.basis())
                .as("%s%n%s%n%s", row.ask(), verdict, row.page())
                .isEqualTo(row.expected());
    }

    @Test
    void no_row_disappears() {
        assertThat(List.of(principals(), iamPolicies(), grants(), requests()))
                .extracting(List::size)
                .containsExactly(16, 13, 5, 14);
    }
}
