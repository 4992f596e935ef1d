package io.bedrockbudgeteer.keyguard.policy;

import static io.bedrockbudgeteer.keyguard.policy.Ask.ALL_KMS;
import static io.bedrockbudgeteer.keyguard.policy.Ask.FOREIGN_ROLE;
import static io.bedrockbudgeteer.keyguard.policy.Ask.KEY;
import static io.bedrockbudgeteer.keyguard.policy.Ask.ROLE;
import static io.bedrockbudgeteer.keyguard.policy.Ask.SESSION;
import static io.bedrockbudgeteer.keyguard.policy.Ask.denyOn;
import static io.bedrockbudgeteer.keyguard.policy.Ask.direct;
import static io.bedrockbudgeteer.keyguard.policy.Ask.policy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Principals, delegation, IAM, boundaries, other accounts, services, grants, Deny: who gets in,
/// and on what basis.
class AccessTableTest {

    /// @param expected kind and basis, such as `ALLOWED delegated`
    record Row(String page, Ask ask, String expected) {}

    private static final String PRINCIPAL = "IAM User Guide: AWS JSON policy elements: Principal";
    private static final String NOT_PRINCIPAL =
            "IAM User Guide: AWS JSON policy elements: NotPrincipal";
    private static final String DEFAULT = "KMS Developer Guide: Default key policy";
    private static final String KEY_POLICY = "KMS Developer Guide: Key policies";
    private static final String RESOURCE = "IAM User Guide: AWS JSON policy elements: Resource";
    private static final String ACTION = "IAM User Guide: AWS JSON policy elements: Action";
    private static final String BOUNDARY =
            "IAM User Guide: Permissions boundaries for IAM entities";
    private static final String OTHER_ACCOUNT =
            "KMS Developer Guide: Allowing users in other accounts to use a KMS key";
    private static final String GRANTS = "KMS Developer Guide: Grants in AWS KMS";
    private static final String CONTEXT = "IAM User Guide: AWS global condition context keys";
    private static final String KMS_CONTEXT = "KMS Developer Guide: Condition keys for AWS KMS";
    private static final String LOGIC = "IAM User Guide: Policy evaluation logic";

    private static final String ROOT = "arn:aws:iam::111122223333:root";
    private static final String PATH_ROLE = "arn:aws:iam::111122223333:role/team/path/app";
    private static final String USER = "arn:aws:iam::111122223333:user/team/ann";
    private static final String FEDERATED = "arn:aws:sts::111122223333:federated-user/bob";
    private static final String DELEGATED = direct(ROOT);
    private static final String NOTHING = "{'Version':'2012-10-17','Statement':[]}";
    private static final String TRAIL = "cloudtrail.amazonaws.com";
    private static final String TOPIC = "arn:aws:sns:us-east-1:111122223333:t";

    private static final List<Row> ROWS = new ArrayList<>();

    private static void row(String page, Ask ask, String expected) {
        ROWS.add(new Row(page, ask, expected));
    }

    private static String allow(String principal, String rest) {
        return "{'Effect':'Allow','Principal':" + principal + "," + rest + "}";
    }

    private static String star(String principal) {
        return allow(principal, "'Action':'kms:*','Resource':'*'");
    }

    private static String iam(String rest) {
        return "{'Version':'2012-10-17','Statement':{" + rest + "}}";
    }

    private static Grant grant(
            String grantee,
            Optional<Map<String, String>> exactly,
            Optional<Map<String, String>> atLeast,
            Optional<String> source) {
        return new Grant("g1", grantee, Set.of("Decrypt", "DescribeKey"), exactly, atLeast, source);
    }

    private static Grant toService(String service) {
        return new Grant(
                "g1",
                service,
                true,
                Set.of("Decrypt"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(TOPIC),
                true);
    }

    private static Grant unsettled(Grant grant) {
        return new Grant(
                grant.id(),
                grant.grantee(),
                grant.toService(),
                grant.operations(),
                grant.contextEquals(),
                grant.contextSubset(),
                grant.sourceArn(),
                false);
    }

    private static Grant grant(String grantee) {
        return grant(grantee, Optional.empty(), Optional.empty(), Optional.empty());
    }

    static {
        // Who is meant
        row(PRINCIPAL, policy(direct(PATH_ROLE)).caller(PATH_ROLE), "ALLOWED direct");
        row(
                PRINCIPAL,
                policy(direct(PATH_ROLE)).caller(ROLE),
                "DENIED implicit-deny"); // the path is part of the ARN
        row(PRINCIPAL, policy(direct(ROLE)), "ALLOWED direct");
        row(
                PRINCIPAL,
                policy(direct(ROLE)).caller(SESSION),
                "ALLOWED direct"); // a role ARN means its sessions too
        row(
                PRINCIPAL,
                policy(direct(SESSION)),
                "DENIED implicit-deny"); // one session is not the role
        row(PRINCIPAL, policy(direct(SESSION)).caller(SESSION), "ALLOWED direct");
        row(
                PRINCIPAL,
                policy(direct(SESSION)).caller(SESSION.replace("s1", "s2")),
                "DENIED implicit-deny");
        row(
                PRINCIPAL,
                policy(direct("arn:aws:iam::111122223333:role/App")),
                "DENIED implicit-deny"); // case counts
        row(
                PRINCIPAL,
                policy(direct("arn:aws:iam::111122223333:role/*")),
                "DENIED implicit-deny"); // no wildcard inside
        row(
                PRINCIPAL,
                policy(direct("arn:aws:iam::111122223333:role/path/app")),
                "DENIED implicit-deny"); // the path counts
        row(
                PRINCIPAL,
                policy(direct("arn:aws-cn:iam::111122223333:role/app")),
                "DENIED implicit-deny");
        row(PRINCIPAL, policy(direct(USER)).caller(USER), "ALLOWED direct");
        row(
                PRINCIPAL,
                policy(direct(USER)).caller(USER.replace("ann", "Ann")),
                "DENIED implicit-deny");
        row(PRINCIPAL, policy(direct(FEDERATED)).caller(FEDERATED), "ALLOWED direct");
        row(
                PRINCIPAL,
                policy(direct("AROAEXAMPLEEXAMPLE1234")),
                "DENIED implicit-deny"); // an id is not the ARN
        row(
                PRINCIPAL,
                policy(star("{'AWS':['arn:aws:iam::111122223333:role/b','" + ROLE + "']}")),
                "ALLOWED direct");
        row(PRINCIPAL, policy(star("'*'")), "ALLOWED direct");
        row(PRINCIPAL, policy(star("{'AWS':'*'}")), "ALLOWED direct");
        row(PRINCIPAL, policy(star("{'AWS':[]}")), "DENIED implicit-deny");
        row(PRINCIPAL, policy(star("{}")), "DENIED implicit-deny");
        row(PRINCIPAL, policy(star("{'Federated':'accounts.google.com'}")), "DENIED implicit-deny");
        row(PRINCIPAL, policy(star("{'CanonicalUser':'79a59df9'}")), "DENIED implicit-deny");
        row(PRINCIPAL, policy(star("{'Robot':'x'}")), "UNKNOWN unsupported");
        row(
                PRINCIPAL,
                policy(star("'" + ROLE + "'")),
                "UNKNOWN unsupported"); // a bare ARN is no Principal
        row(PRINCIPAL, policy(star("{'Service':'*'}")), "DENIED implicit-deny");
        row(
                PRINCIPAL,
                policy("{'Effect':'Allow','Action':'kms:*','Resource':'*'}"),
                "UNKNOWN unsupported"); // no Principal

        // The account statement
        row(DEFAULT, policy(DELEGATED).iam(ALL_KMS), "ALLOWED delegated");
        row(DEFAULT, policy(DELEGATED), "DENIED implicit-deny"); // IAM says nothing
        row(
                DEFAULT,
                policy(direct("111122223333")).iam(ALL_KMS),
                "ALLOWED delegated"); // account id and root ARN are the same
        row(DEFAULT, policy(direct("111122223333")).caller(ROOT), "ALLOWED direct");
        row(DEFAULT, policy(DELEGATED).caller(ROOT), "ALLOWED direct");
        row(
                DEFAULT,
                policy(direct(ROLE)).caller(ROOT),
                "DENIED implicit-deny"); // not even the root user without statement
        row(DEFAULT, policy(DELEGATED).caller(USER).iam(ALL_KMS), "ALLOWED delegated");
        row(DEFAULT, policy(DELEGATED).iamUnknown(), "UNKNOWN unsupported");
        row(DEFAULT, policy(direct(ROLE)).iamUnknown(), "ALLOWED direct");
        row(
                DEFAULT,
                policy(direct("444455556666")).iam(ALL_KMS),
                "DENIED implicit-deny"); // another account
        row(
                DEFAULT,
                policy(
                                allow(
                                        "{'AWS':'" + ROOT + "'}",
                                        "'Action':['kms:Get*','kms:Describe*'],'Resource':'*'"))
                        .iam(ALL_KMS),
                "DENIED implicit-deny");
        row(
                DEFAULT,
                policy(
                                allow(
                                        "{'AWS':'" + ROOT + "'}",
                                        "'Action':'kms:*','Resource':'*','Condition':{'StringEquals':{'aws:PrincipalType':'Account'}}"))
                        .iam(ALL_KMS),
                "DENIED implicit-deny");
        row(
                DEFAULT,
                policy(
                                allow(
                                        "{'AWS':'" + ROOT + "'}",
                                        "'Action':'kms:*','Resource':'*','Condition':{'StringEquals':{'aws:PrincipalType':'Account'}}"))
                        .caller(ROOT),
                "ALLOWED direct");
        row(
                DEFAULT,
                policy(
                                allow(
                                        "{'AWS':'" + ROOT + "'}",
                                        "'Action':'kms:*','Resource':'*','Condition':{'StringEquals':{'kms:ViaService':'s3.us-east-1.amazonaws.com'}}"))
                        .iam(ALL_KMS),
                "CONDITIONAL condition");
        row(
                DEFAULT,
                policy(direct(ROLE)).iam(NOTHING),
                "ALLOWED direct"); // named itself: no IAM policy needed
        row(
                DEFAULT,
                policy("").iam(ALL_KMS),
                "DENIED implicit-deny"); // nobody has access by IAM alone

        // IAM policies
        row(
                RESOURCE,
                policy(DELEGATED)
                        .iam(
                                iam(
                                        "'Effect':'Allow','Action':'kms:Decrypt','Resource':'"
                                                + KEY
                                                + "'")),
                "ALLOWED delegated");
        row(
                RESOURCE,
                policy(DELEGATED)
                        .iam(
                                iam(
                                        "'Effect':'Allow','Action':'kms:Decrypt','Resource':'arn:aws:kms:*:111122223333:key/*'")),
                "ALLOWED delegated");
        row(
                RESOURCE,
                policy(DELEGATED)
                        .iam(
                                iam(
                                        "'Effect':'Allow','Action':'kms:Decrypt','Resource':'arn:aws:kms:eu-west-1:*:key/*'")),
                "DENIED implicit-deny");
        row(
                RESOURCE,
                policy(DELEGATED)
                        .iam(
                                iam(
                                        "'Effect':'Allow','Action':'kms:Decrypt','Resource':'arn:aws:kms:us-east-1:111122223333:alias/app'")),
                "DENIED implicit-deny"); // an alias is no key
        row(
                RESOURCE,
                policy(DELEGATED)
                        .iam(
                                iam(
                                        "'Effect':'Allow','Action':'kms:Decrypt','Resource':'arn:aws:kms:*'")),
                "ALLOWED delegated"); // completed with *
        row(
                RESOURCE,
                policy(DELEGATED)
                        .iam(
                                iam(
                                        "'Effect':'Allow','Action':'kms:Decrypt','Resource':'arn:aws:kms:us-*:key/*'")),
                "UNKNOWN unsupported"); // * past a colon
        row(
                RESOURCE,
                policy(DELEGATED)
                        .iam(
                                iam(
                                        "'Effect':'Allow','Action':'kms:Decrypt','NotResource':'arn:aws:kms:*:*:key/other'")),
                "ALLOWED delegated");
        row(
                RESOURCE,
                policy(DELEGATED)
                        .iam(
                                iam(
                                        "'Effect':'Allow','Action':'kms:Decrypt','NotResource':'"
                                                + KEY
                                                + "'")),
                "DENIED implicit-deny");
        row(
                RESOURCE,
                policy(DELEGATED)
                        .iam(iam("'Effect':'Allow','NotAction':'kms:Put*','Resource':'*'")),
                "ALLOWED delegated");
        row(
                RESOURCE,
                policy(DELEGATED).iam(iam("'Effect':'Allow','Action':'s3:*','Resource':'*'")),
                "DENIED implicit-deny");
        row(
                RESOURCE,
                policy(DELEGATED).iam(iam("'Effect':'Allow','Action':'*','Resource':'*'")),
                "ALLOWED delegated");
        row(RESOURCE, policy(DELEGATED).iam(NOTHING, ALL_KMS), "ALLOWED delegated");
        row(
                RESOURCE,
                policy(DELEGATED)
                        .iam(
                                iam(
                                        "'Effect':'Allow','Action':'kms:*','Resource':'*','Condition':{'StringEquals':{'kms:ViaService':'s3.us-east-1.amazonaws.com'}}"))
                        .with("kms:ViaService=s3.us-east-1.amazonaws.com"),
                "ALLOWED delegated");
        row(
                RESOURCE,
                policy(DELEGATED)
                        .iam(
                                iam(
                                        "'Effect':'Allow','Action':'kms:*','Resource':'*','Condition':{'StringEquals':{'kms:ViaService':'s3.us-east-1.amazonaws.com'}}"))
                        .with("kms:ViaService!"),
                "DENIED implicit-deny");
        row(
                RESOURCE,
                policy(DELEGATED)
                        .iam(
                                iam(
                                        "'Effect':'Allow','Action':'kms:*','Resource':'*','Condition':{'ForAnyValue:StringEquals':{'kms:ResourceAliases':'alias/app'}}")),
                "CONDITIONAL condition");
        row(
                LOGIC,
                policy(direct(ROLE))
                        .iam(iam("'Effect':'Deny','Action':'kms:Decrypt','Resource':'*'")),
                "DENIED explicit-deny"); // an IAM Deny always counts
        row(
                LOGIC,
                policy(direct(ROLE))
                        .iam(
                                iam(
                                        "'Effect':'Deny','Action':'kms:Decrypt','Resource':'*','Condition':{'Bool':{'aws:MultiFactorAuthPresent':'false'}}")),
                "CONDITIONAL condition");
        row(LOGIC, policy(direct(ROLE)).iam("{broken"), "UNKNOWN unsupported");
        row(
                LOGIC,
                policy(DELEGATED)
                        .iam(
                                iam(
                                        "'Effect':'Allow','Action':'kms:*','Resource':'*','Principal':'*'")),
                "UNKNOWN unsupported"); // no principal belongs here
        row(
                LOGIC,
                policy(DELEGATED)
                        .iam(
                                ALL_KMS,
                                iam(
                                        "'Effect':'Allow','Action':'kms:*','Resource':'*','Principal':'*'")),
                "ALLOWED delegated"); // but an Allow takes nothing away

        // Boundaries
        row(BOUNDARY, policy(DELEGATED).iam(ALL_KMS).boundary(ALL_KMS), "ALLOWED delegated");
        row(BOUNDARY, policy(DELEGATED).iam(ALL_KMS).boundary(NOTHING), "DENIED implicit-deny");
        row(
                BOUNDARY,
                policy(direct(ROLE)).boundary(NOTHING),
                "DENIED implicit-deny"); // named by role ARN: the boundary limits
        row(BOUNDARY, policy(direct(ROLE)).boundary(ALL_KMS), "ALLOWED direct");
        row(
                BOUNDARY,
                policy(direct(SESSION)).caller(SESSION).boundary(NOTHING),
                "ALLOWED direct"); // named by session ARN: it does not
        row(BOUNDARY, policy(direct(USER)).caller(USER).boundary(NOTHING), "ALLOWED direct");
        row(BOUNDARY, policy(star("'*'")).boundary(NOTHING), "ALLOWED direct");
        row(
                BOUNDARY,
                policy(
                                allow(
                                        "'*'",
                                        "'Action':'kms:*','Resource':'*','Condition':{'ArnEquals':{'aws:PrincipalArn':'"
                                                + ROLE
                                                + "'}}"))
                        .boundary(NOTHING),
                "ALLOWED direct");
        row(
                BOUNDARY,
                policy(direct(ROLE))
                        .boundary(iam("'Effect':'Deny','Action':'kms:*','Resource':'*'")),
                "DENIED explicit-deny");
        row(
                BOUNDARY,
                policy(direct(SESSION))
                        .caller(SESSION)
                        .boundary(iam("'Effect':'Deny','Action':'kms:*','Resource':'*'")),
                "DENIED explicit-deny");

        // Actions and resources of the key policy
        row(
                ACTION,
                policy(allow("{'AWS':'" + ROLE + "'}", "'Action':'KMS:decrypt','Resource':'*'")),
                "ALLOWED direct");
        row(
                ACTION,
                policy(allow("{'AWS':'" + ROLE + "'}", "'Action':'kms:De*t','Resource':'*'")),
                "ALLOWED direct");
        row(
                ACTION,
                policy(allow("{'AWS':'" + ROLE + "'}", "'Action':'kms:Decryp?','Resource':'*'")),
                "ALLOWED direct");
        row(
                ACTION,
                policy(allow("{'AWS':'" + ROLE + "'}", "'Action':'*','Resource':'*'")),
                "ALLOWED direct");
        row(
                ACTION,
                policy(allow("{'AWS':'" + ROLE + "'}", "'Action':'Decrypt','Resource':'*'")),
                "UNKNOWN unsupported"); // no service prefix
        row(
                ACTION,
                policy(allow("{'AWS':'" + ROLE + "'}", "'NotAction':'kms:Encrypt','Resource':'*'")),
                "ALLOWED direct");
        row(
                ACTION,
                policy(allow("{'AWS':'" + ROLE + "'}", "'NotAction':['kms:De*'],'Resource':'*'")),
                "DENIED implicit-deny");
        row(
                ACTION,
                policy(
                                allow(
                                        "{'AWS':'" + ROLE + "'}",
                                        "'Action':'kms:GenerateDataKey*','Resource':'*'"))
                        .action("kms:GenerateDataKeyPairWithoutPlaintext"),
                "ALLOWED direct");
        row(
                ACTION,
                policy(allow("{'AWS':'" + ROLE + "'}", "'Action':'kms:ReEncrypt','Resource':'*'"))
                        .action("kms:ReEncryptFrom"),
                "DENIED implicit-deny"); // there is no such action
        row(
                KEY_POLICY,
                policy(allow("{'AWS':'" + ROLE + "'}", "'Action':'kms:*','Resource':['*']")),
                "ALLOWED direct");
        row(
                KEY_POLICY,
                policy(
                        allow(
                                "{'AWS':'" + ROLE + "'}",
                                "'Action':'kms:*','Resource':'" + KEY + "'")),
                "ALLOWED direct");
        row(
                KEY_POLICY,
                policy(
                        allow(
                                "{'AWS':'" + ROLE + "'}",
                                "'Action':'kms:*','Resource':'arn:aws:kms:us-east-1:111122223333:key/other'")),
                "DENIED implicit-deny");
        row(
                KEY_POLICY,
                policy(
                        allow(
                                "{'AWS':'" + ROLE + "'}",
                                "'Action':'kms:*','Resource':'arn:aws:kms:us-east-1:111122223333:alias/app'")),
                "DENIED implicit-deny");
        row(
                KEY_POLICY,
                policy(
                        allow(
                                "{'AWS':'" + ROLE + "'}",
                                "'Action':'kms:*','Resource':'arn:aws:kms:*:*:key/*'")),
                "UNKNOWN unsupported");
        row(
                KEY_POLICY,
                policy(
                        allow(
                                "{'AWS':'" + ROLE + "'}",
                                "'Action':'kms:*','Resource':['*','arn:aws:kms:us-east-1:111122223333:key/other']")),
                "UNKNOWN unsupported");
        row(
                KEY_POLICY,
                policy(allow("{'AWS':'" + ROLE + "'}", "'Action':'kms:*','NotResource':'x'")),
                "UNKNOWN unsupported");
        row(
                KEY_POLICY,
                policy(allow("{'AWS':'" + ROLE + "'}", "'Action':'kms:*'")),
                "DENIED implicit-deny"); // no Resource: gives nothing
        row(
                KEY_POLICY,
                policy(allow("{'AWS':'" + ROLE + "'}", "'Resource':'*'")),
                "DENIED implicit-deny"); // no Action: gives nothing
        row(
                KEY_POLICY,
                policy(direct(ROLE) + ",{'Effect':'Deny','Principal':'*','Action':'kms:*'}"),
                "ALLOWED direct"); // and denies nothing
        row(KEY_POLICY, policy(direct(ROLE).replace("Allow", "allow")), "UNKNOWN unsupported");
        row(
                KEY_POLICY,
                policy(
                        direct(ROLE)
                                + ",{'Effect':'Deny','Principal':'*','Action':'kms:*','Resource':'*','Until':'2030'}"),
                "UNKNOWN unsupported");
        row(KEY_POLICY, policy(direct(ROLE) + ",'text'"), "UNKNOWN unsupported");
        row(KEY_POLICY, policy(direct(ROLE)).version("2012-10-18"), "UNKNOWN unsupported");
        row(KEY_POLICY, policy(direct(ROLE)).version(""), "ALLOWED direct");
        row(KEY_POLICY, policy(direct(ROLE)).version("2008-10-17"), "ALLOWED direct");

        // Variables are text without Version 2012-10-17
        row(
                LOGIC,
                Ask.condition("{'StringEquals':{'aws:PrincipalTag/t':'${aws:PrincipalAccount}'}}")
                        .version("")
                        .with("aws:PrincipalTag/t=${aws:PrincipalAccount}"),
                "ALLOWED direct");
        row(
                LOGIC,
                Ask.condition("{'StringEquals':{'aws:PrincipalTag/t':'${aws:PrincipalAccount}'}}")
                        .version("2008-10-17")
                        .with("aws:PrincipalTag/t=111122223333"),
                "DENIED implicit-deny");

        // Deny
        row(
                LOGIC,
                policy(
                        direct(ROLE)
                                + ",{'Effect':'Deny','Principal':'*','Action':'kms:*','Resource':'*'}"),
                "DENIED explicit-deny");
        row(
                LOGIC,
                policy(
                        direct(ROLE)
                                + ",{'Effect':'Deny','Principal':{'AWS':'111122223333'},'Action':'kms:*','Resource':'*'}"),
                "DENIED explicit-deny"); // all of the account
        row(
                LOGIC,
                policy(
                        direct(ROLE)
                                + ",{'Effect':'Deny','Principal':{'AWS':'444455556666'},'Action':'kms:*','Resource':'*'}"),
                "ALLOWED direct");
        row(
                LOGIC,
                policy(
                        direct(ROLE)
                                + ",{'Effect':'Deny','Principal':'*','NotAction':'kms:Decrypt','Resource':'*'}"),
                "ALLOWED direct");
        row(
                LOGIC,
                policy("{'Effect':'Deny','Principal':'*','Action':'kms:*','Resource':'*'}")
                        .grant(grant(ROLE)),
                "DENIED explicit-deny"); // grants too
        row(
                LOGIC,
                denyOn("{'StringNotEquals':{'kms:ViaService':'s3.us-east-1.amazonaws.com'}}")
                        .with("kms:ViaService!"),
                "DENIED explicit-deny");
        row(
                LOGIC,
                denyOn("{'StringNotEquals':{'kms:ViaService':'s3.us-east-1.amazonaws.com'}}"),
                "CONDITIONAL condition");
        row(
                LOGIC,
                denyOn("{'StringNotEqualsIfExists':{'aws:PrincipalOrgID':'o-1'}}")
                        .with("aws:PrincipalOrgID!"),
                "DENIED explicit-deny"); // IfExists denies too
        row(LOGIC, denyOn("{'ArnNotLike':{'aws:PrincipalArn':'" + ROLE + "'}}"), "ALLOWED direct");
        row(
                LOGIC,
                denyOn("{'ArnNotLike':{'aws:PrincipalArn':'arn:aws:iam::111122223333:role/other'}}")
                        .caller(SESSION),
                "DENIED explicit-deny");
        row(
                LOGIC,
                denyOn("{'ArnLike':{'kms:EncryptionContext:a':'arn:aws:logs:us-*:log-group:/x:y'}}")
                        .with(
                                "kms:EncryptionContext:a=arn:aws:logs:us-east-1:111122223333:log-group:/x:y"),
                "UNKNOWN unsupported");
        row(
                LOGIC,
                denyOn("{'StringEquals':{'aws:PrincipalTag/t':[]}}"),
                "ALLOWED direct"); // a dead Deny

        // NotPrincipal
        row(
                NOT_PRINCIPAL,
                policy(direct(ROLE) + notPrincipal("'" + ROLE + "','" + ROOT + "'")),
                "ALLOWED direct");
        row(
                NOT_PRINCIPAL,
                policy(direct(ROLE) + notPrincipal("'" + ROLE + "','" + ROOT + "'")).iamUnknown(),
                "UNKNOWN unsupported"); // boundary unknown
        row(
                NOT_PRINCIPAL,
                policy(direct(ROLE) + notPrincipal("'" + ROLE + "','" + ROOT + "'"))
                        .boundary(ALL_KMS),
                "DENIED explicit-deny");
        row(
                NOT_PRINCIPAL,
                policy(direct(ROLE) + notPrincipal("'" + ROLE + "'")),
                "DENIED explicit-deny"); // account not listed
        row(
                NOT_PRINCIPAL,
                policy(direct(ROLE) + notPrincipal("'" + ROOT + "'")),
                "DENIED explicit-deny"); // role not listed
        row(
                NOT_PRINCIPAL,
                policy(direct(ROLE) + notPrincipal("'" + ROLE + "','" + ROOT + "'"))
                        .caller(SESSION),
                "DENIED explicit-deny"); // session not listed
        row(
                NOT_PRINCIPAL,
                policy(
                                direct(ROLE)
                                        + notPrincipal(
                                                "'" + ROLE + "','" + SESSION + "','" + ROOT + "'"))
                        .caller(SESSION),
                "ALLOWED direct");
        row(
                NOT_PRINCIPAL,
                policy(DELEGATED + notPrincipal("'" + ROOT + "'")).caller(ROOT),
                "ALLOWED direct");
        row(
                NOT_PRINCIPAL,
                policy(star("{'Service':'" + TRAIL + "'}") + notPrincipal("'" + ROOT + "'"))
                        .caller(TRAIL),
                "DENIED explicit-deny");
        row(
                NOT_PRINCIPAL,
                policy(direct(ROLE).replace("Principal", "NotPrincipal")),
                "UNKNOWN unsupported"); // Allow with NotPrincipal

        // Services
        row(
                KEY_POLICY,
                policy(star("{'Service':'" + TRAIL + "'}")).caller(TRAIL),
                "ALLOWED direct");
        row(
                KEY_POLICY,
                policy(star("{'Service':'logs.amazonaws.com'}"))
                        .caller("logs.us-east-1.amazonaws.com"),
                "DENIED implicit-deny"); // regional name differs
        row(
                KEY_POLICY,
                policy(DELEGATED).caller(TRAIL),
                "DENIED implicit-deny"); // the account statement means no service
        row(KEY_POLICY, policy(star("'*'")).caller(TRAIL), "ALLOWED direct");
        row(KEY_POLICY, policy(star("{'AWS':'*'}")).caller(TRAIL), "UNKNOWN unsupported");
        row(KEY_POLICY, policy(star("{'Service':'*'}")).caller(TRAIL), "UNKNOWN unsupported");
        row(
                CONTEXT,
                policy(
                                star("{'Service':'" + TRAIL + "'}")
                                        + deny(
                                                "{'ArnNotLike':{'aws:PrincipalArn':'"
                                                        + ROLE
                                                        + "'}}"))
                        .caller(TRAIL),
                "UNKNOWN unsupported");
        row(
                CONTEXT,
                policy(
                                star("{'Service':'" + TRAIL + "'}")
                                        + deny(
                                                "{'ArnNotLike':{'aws:PrincipalArn':'"
                                                        + ROLE
                                                        + "'},'Bool':{'aws:PrincipalIsAWSService':'false'}}"))
                        .caller(TRAIL),
                "ALLOWED direct");
        row(
                CONTEXT,
                policy(
                                star("{'Service':'" + TRAIL + "'}")
                                        + deny("{'StringNotEquals':{'aws:PrincipalOrgID':'o-1'}}"))
                        .caller(TRAIL),
                "DENIED explicit-deny");
        row(
                CONTEXT,
                policy(
                                star("{'Service':'" + TRAIL + "'}")
                                        + ","
                                        + deny("{}")
                                                .substring(1)
                                                .replace(
                                                        "'Principal':'*'",
                                                        "'Principal':{'AWS':'*'}"))
                        .caller(TRAIL),
                "DENIED explicit-deny");
        row(
                CONTEXT,
                policy(
                                allow(
                                        "{'Service':'" + TRAIL + "'}",
                                        "'Action':'kms:*','Resource':'*','Condition':{'StringEquals':{'aws:SourceAccount':'111122223333'}}"))
                        .caller(TRAIL),
                "CONDITIONAL condition");
        row(
                CONTEXT,
                policy(
                                allow(
                                        "{'Service':'" + TRAIL + "'}",
                                        "'Action':'kms:*','Resource':'*','Condition':{'StringEquals':{'aws:SourceAccount':'111122223333'}}"))
                        .caller(TRAIL)
                        .with("aws:SourceAccount=111122223333"),
                "ALLOWED direct");
        row(
                CONTEXT,
                policy(
                                allow(
                                        "{'Service':'" + TRAIL + "'}",
                                        "'Action':'kms:*','Resource':'*','Condition':{'StringEquals':{'aws:SourceAccount':'111122223333'}}"))
                        .caller(TRAIL)
                        .with("aws:SourceAccount=444455556666"),
                "DENIED implicit-deny");
        row(
                CONTEXT,
                policy(
                                allow(
                                        "'*'",
                                        "'Action':'kms:*','Resource':'*','Condition':{'StringEquals':{'aws:PrincipalServiceName':'"
                                                + TRAIL
                                                + "'}}"))
                        .caller(TRAIL),
                "ALLOWED direct");
        row(
                CONTEXT,
                policy(
                        allow(
                                "'*'",
                                "'Action':'kms:*','Resource':'*','Condition':{'StringEquals':{'aws:PrincipalServiceName':'"
                                        + TRAIL
                                        + "'}}")),
                "DENIED implicit-deny");
        row(
                CONTEXT,
                policy(
                                allow(
                                        "{'Service':'" + TRAIL + "'}",
                                        "'Action':'kms:*','Resource':'*','Condition':{'StringEquals':{'kms:CallerAccount':'111122223333'}}"))
                        .caller(TRAIL),
                "CONDITIONAL condition");

        // What follows from the request
        row(
                CONTEXT,
                Ask.condition("{'StringEquals':{'aws:PrincipalArn':'" + ROLE + "'}}")
                        .caller(SESSION),
                "ALLOWED direct"); // the role's ARN for a session
        row(
                CONTEXT,
                Ask.condition("{'StringEquals':{'aws:PrincipalType':'AssumedRole'}}"),
                "ALLOWED direct");
        row(
                CONTEXT,
                Ask.condition(
                        "{'StringEquals':{'aws:ResourceAccount':'111122223333','aws:RequestedRegion':'us-east-1'}}"),
                "ALLOWED direct");
        row(
                CONTEXT,
                Ask.condition("{'Bool':{'aws:PrincipalIsAWSService':'false'}}"),
                "ALLOWED direct");
        row(
                CONTEXT,
                policy(
                                allow(
                                        "{'AWS':'" + USER + "'}",
                                        "'Action':'kms:*','Resource':'*','Condition':{'StringEquals':{'aws:username':'ann'}}"))
                        .caller(USER),
                "ALLOWED direct");
        row(
                CONTEXT,
                Ask.condition("{'StringEquals':{'aws:PrincipalOrgID':'o-1'}}").complete(),
                "DENIED implicit-deny");
        row(
                CONTEXT,
                Ask.condition("{'StringEquals':{'aws:PrincipalOrgID':'o-1'}}"),
                "CONDITIONAL condition");
        row(
                CONTEXT,
                Ask.condition("{'ForAllValues:StringEquals':{'kms:EncryptionContextKeys':'a'}}")
                        .with("kms:EncryptionContext:a=1")
                        .complete(),
                "ALLOWED direct");
        row(
                CONTEXT,
                Ask.condition("{'ForAllValues:StringEquals':{'kms:EncryptionContextKeys':'a'}}")
                        .with("kms:EncryptionContext:b=1")
                        .complete(),
                "DENIED implicit-deny");

        // DescribeKey carries no encryption context, even where somebody says so
        row(
                KMS_CONTEXT,
                Ask.condition("{'StringEquals':{'kms:EncryptionContext:a':'1'}}")
                        .action("kms:DescribeKey")
                        .with("kms:EncryptionContext:a=1"),
                "DENIED implicit-deny");
        row(
                KMS_CONTEXT,
                Ask.condition("{'StringNotEquals':{'kms:EncryptionContext:a':'1'}}")
                        .action("kms:DescribeKey")
                        .with("kms:EncryptionContext:a=1"),
                "ALLOWED direct");
        row(
                KMS_CONTEXT,
                Ask.condition("{'Bool':{'kms:GrantIsForAWSResource':'true'}}")
                        .action("kms:CreateGrant")
                        .with("kms:GrantIsForAWSResource=true"),
                "ALLOWED direct");
        row(
                KMS_CONTEXT,
                Ask.condition("{'Bool':{'kms:BypassPolicyLockoutSafetyCheck':'false'}}")
                        .action("kms:PutKeyPolicy"),
                "CONDITIONAL condition");
        row(
                KMS_CONTEXT,
                Ask.condition("{'StringEquals':{'kms:NewKey':'x'}}"),
                "CONDITIONAL condition");

        // Other accounts
        row(
                OTHER_ACCOUNT,
                policy(direct(FOREIGN_ROLE)).caller(FOREIGN_ROLE),
                "DENIED implicit-deny"); // IAM of the other account too
        row(
                OTHER_ACCOUNT,
                policy(direct(FOREIGN_ROLE)).caller(FOREIGN_ROLE).iam(ALL_KMS),
                "ALLOWED direct");
        row(
                OTHER_ACCOUNT,
                policy(direct("444455556666")).caller(FOREIGN_ROLE).iam(ALL_KMS),
                "ALLOWED delegated");
        row(OTHER_ACCOUNT, policy(star("'*'")).caller(FOREIGN_ROLE), "DENIED implicit-deny");
        row(OTHER_ACCOUNT, policy(star("'*'")).caller(FOREIGN_ROLE).iam(ALL_KMS), "ALLOWED direct");
        row(
                OTHER_ACCOUNT,
                policy(star("'*'")).caller(FOREIGN_ROLE).iamUnknown(),
                "UNKNOWN unsupported");
        row(
                OTHER_ACCOUNT,
                policy(direct(FOREIGN_ROLE))
                        .caller(FOREIGN_ROLE)
                        .iam(ALL_KMS)
                        .action("kms:PutKeyPolicy"),
                "DENIED implicit-deny"); // never across accounts
        row(
                OTHER_ACCOUNT,
                policy(direct(FOREIGN_ROLE)).caller(FOREIGN_ROLE).iam(ALL_KMS).boundary(NOTHING),
                "DENIED implicit-deny");
        row(
                OTHER_ACCOUNT,
                policy(DELEGATED).caller(FOREIGN_ROLE).iam(ALL_KMS),
                "DENIED implicit-deny");
        row(
                OTHER_ACCOUNT,
                policy("").caller(FOREIGN_ROLE).grant(grant(FOREIGN_ROLE)),
                "ALLOWED grant");

        // Grants
        row(GRANTS, policy("").grant(grant(ROLE)), "ALLOWED grant");
        row(GRANTS, policy("").grant(grant(ROLE)).caller(SESSION), "ALLOWED grant");
        row(GRANTS, policy("").grant(grant(ROLE)).action("kms:Encrypt"), "DENIED implicit-deny");
        row(
                GRANTS,
                policy("").grant(grant("arn:aws:iam::111122223333:role/other")),
                "DENIED implicit-deny");
        row(GRANTS, policy("").grant(grant(ROOT)), "UNKNOWN unsupported"); // to a whole account
        row(
                GRANTS,
                policy("")
                        .grant(grant("dynamodb.us-east-1.amazonaws.com"))
                        .caller("dynamodb.us-east-1.amazonaws.com"),
                "UNKNOWN unsupported");
        row(
                GRANTS,
                policy("").grant(exactly("a", "1")).with("kms:EncryptionContext:a=1").complete(),
                "ALLOWED grant");
        row(
                GRANTS,
                policy("")
                        .grant(exactly("a", "1"))
                        .with("kms:EncryptionContext:a=1", "kms:EncryptionContext:b=2")
                        .complete(),
                "DENIED implicit-deny");
        row(
                GRANTS,
                policy("").grant(exactly("a", "1")).with("kms:EncryptionContext:A=1").complete(),
                "DENIED implicit-deny"); // case counts in constraints
        row(
                GRANTS,
                policy("").grant(exactly("a", "1")).with("kms:EncryptionContext:a=1"),
                "CONDITIONAL condition"); // there may be more pairs
        row(
                GRANTS,
                policy("")
                        .grant(atLeast("a", "1"))
                        .with("kms:EncryptionContext:a=1", "kms:EncryptionContext:b=2"),
                "ALLOWED grant");
        row(
                GRANTS,
                policy("").grant(atLeast("a", "1")).with("kms:EncryptionContext:a=2"),
                "DENIED implicit-deny");
        row(GRANTS, policy("").grant(atLeast("a", "1")), "CONDITIONAL condition");
        row(
                GRANTS,
                policy("").grant(atLeast("a", "1")).action("kms:DescribeKey"),
                "ALLOWED grant"); // constraints do not apply
        row(
                GRANTS,
                policy("")
                        .grant(
                                grant(
                                        ROLE,
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.of("arn:aws:sns:us-east-1:111122223333:t"))),
                "ALLOWED grant"); // looked at for services only
        row(GRANTS, policy("").grant(grant(ROLE)).boundary(NOTHING), "UNKNOWN unsupported");

        row(
                GRANTS,
                policy("").grant(exactly("a", "1")).with("kms:EncryptionContextKeys=a"),
                "CONDITIONAL condition"); // on the value of the pair
        row(
                GRANTS,
                policy("").grant(atLeast("a", "1")).with("kms:EncryptionContextKeys=a"),
                "CONDITIONAL condition");
        row(
                GRANTS,
                policy("").grant(exactly("a", "1")).with("kms:EncryptionContextKeys=b"),
                "DENIED implicit-deny");
        row(
                GRANTS,
                policy("").grant(toService(TRAIL)).caller(TRAIL).with("aws:SourceArn=" + TOPIC),
                "ALLOWED grant"); // GranteeServicePrincipal names exactly one grantee
        row(
                GRANTS,
                policy("")
                        .grant(toService(TRAIL))
                        .caller(TRAIL)
                        .with("aws:SourceArn=arn:aws:sns:us-east-1:111122223333:other"),
                "DENIED implicit-deny");
        row(
                GRANTS,
                policy("").grant(toService(TRAIL)).caller(TRAIL),
                "CONDITIONAL condition"); // on aws:SourceArn
        row(
                GRANTS,
                policy("").grant(toService(TRAIL)).caller("sns.amazonaws.com"),
                "DENIED implicit-deny");
        row(
                GRANTS,
                policy("{'Effect':'Deny','Principal':'*','Action':'kms:*','Resource':'*'}")
                        .grant(toService(TRAIL))
                        .caller(TRAIL)
                        .with("aws:SourceArn=" + TOPIC),
                "DENIED explicit-deny");
        row(
                GRANTS,
                policy("").grant(unsettled(grant(ROLE))),
                "CONDITIONAL condition"); // may not work everywhere yet
        row(GRANTS, policy(direct(ROLE)).grant(unsettled(grant(ROLE))), "ALLOWED direct");

        // What is not known of a boundary limits nothing, but NotPrincipal asks for it
        row(BOUNDARY, policy(direct(ROLE)).boundaryUnknown(), "ALLOWED direct");
        row(BOUNDARY, policy(DELEGATED).iam(ALL_KMS).boundaryUnknown(), "ALLOWED delegated");
        row(
                NOT_PRINCIPAL,
                policy(direct(ROLE) + notPrincipal("'" + ROLE + "','" + ROOT + "'"))
                        .boundaryUnknown(),
                "UNKNOWN unsupported");

        // Two open ways: the one that only needs a value is named
        row(
                LOGIC,
                policy(
                        direct(ROLE).replace("'Resource':'*'", "'NotResource':'x'")
                                + ","
                                + direct(ROLE)
                                        .replace(
                                                "'Resource':'*'",
                                                "'Resource':'*','Condition':{'StringEquals':{'aws:PrincipalTag/t':'x'}}")),
                "CONDITIONAL condition");
        row(
                LOGIC,
                policy(
                        direct(ROLE).replace("'Resource':'*'", "'NotResource':'x'")
                                + ","
                                + direct(ROLE)),
                "ALLOWED direct");
    }

    private static String notPrincipal(String aws) {
        return ",{'Effect':'Deny','NotPrincipal':{'AWS':["
                + aws
                + "]},'Action':'kms:*','Resource':'*'}";
    }

    private static String deny(String condition) {
        return ",{'Effect':'Deny','Principal':'*','Action':'kms:*','Resource':'*','Condition':"
                + condition
                + "}";
    }

    private static Grant exactly(String key, String value) {
        return grant(ROLE, Optional.of(Map.of(key, value)), Optional.empty(), Optional.empty());
    }

    private static Grant atLeast(String key, String value) {
        return grant(ROLE, Optional.empty(), Optional.of(Map.of(key, value)), Optional.empty());
    }

    static List<Row> rows() {
        return ROWS;
    }

    @ParameterizedTest
    @MethodSource("rows")
    void access(Row row) {
        Verdict verdict = row.ask().verdict();
        assertThat(verdict.kind() + " " + verdict.basis())
                .as("%s%n%s%n%s", row.ask(), verdict, row.page())
                .isEqualTo(row.expected());
        assertThat(verdict.reason()).endsWith(".");
    }

    @Test
    void no_row_disappears() {
        assertThat(ROWS).hasSize(192);
    }

    @Test
    void a_verdict_names_the_statement_by_sid_or_by_its_number_from_one() {
        assertThat(
                        policy(
                                        "{'Sid':'A','Effect':'Deny','Principal':{'AWS':'444455556666'},'Action':'kms:*','Resource':'*'},"
                                                + direct(ROLE))
                                .verdict()
                                .decidedBy())
                .isEqualTo("statement 2");
        assertThat(denyOn("{}").verdict().decidedBy()).isEqualTo("Guard");
        assertThat(policy("").grant(grant(ROLE)).verdict().decidedBy()).isEqualTo("grant g1");
        assertThat(policy(DELEGATED).iam(NOTHING).verdict().reason()).contains("leaves it to IAM");
    }

    @Test
    void a_conditional_verdict_names_the_keys_that_decide() {
        assertThat(
                        Ask.condition(
                                        "{'StringEquals':{'aws:PrincipalOrgID':'o-1','kms:ViaService':'x'}}")
                                .verdict()
                                .hangsOn())
                .containsExactly("aws:PrincipalOrgID", "kms:ViaService");
        assertThat(denyOn("{'StringNotEquals':{'aws:SourceVpce':'vpce-1'}}").verdict())
                .satisfies(verdict -> {
                    assertThat(verdict.hangsOn()).containsExactly("aws:SourceVpce");
                    assertThat(verdict.decidedBy()).isEqualTo("Guard");
                });
    }
}
