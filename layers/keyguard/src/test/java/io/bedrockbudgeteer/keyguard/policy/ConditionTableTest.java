package io.bedrockbudgeteer.keyguard.policy;

import static io.bedrockbudgeteer.keyguard.policy.Verdict.Kind.ALLOWED;
import static io.bedrockbudgeteer.keyguard.policy.Verdict.Kind.CONDITIONAL;
import static io.bedrockbudgeteer.keyguard.policy.Verdict.Kind.DENIED;
import static io.bedrockbudgeteer.keyguard.policy.Verdict.Kind.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Operators, absent and unknown keys, sets, variables: one Allow with one condition for the
/// caller's role.
class ConditionTableTest {

    /// @param page the AWS page that says so
    record Row(String page, String condition, String context, Verdict.Kind expected) {}

    private static final String OPERATORS =
            "IAM User Guide: AWS JSON policy elements: Condition operators";
    private static final String LOGIC =
            "IAM User Guide: Conditions with multiple context keys or values";
    private static final String SETS = "IAM User Guide: Single-valued vs. multivalued context keys";
    private static final String VARIABLES =
            "IAM User Guide: IAM policy elements: Variables and tags";
    private static final String KMS_KEYS = "KMS Developer Guide: Condition keys for AWS KMS";

    private static final List<Row> ROWS = new ArrayList<>();

    private static void row(String page, String condition, String context, Verdict.Kind expected) {
        ROWS.add(new Row(page, condition, context, expected));
    }

    static {
        // String operators
        row(
                OPERATORS,
                "{'StringEquals':{'aws:PrincipalTag/t':'x'}}",
                "aws:PrincipalTag/t=x",
                ALLOWED);
        row(
                OPERATORS,
                "{'StringEquals':{'aws:PrincipalTag/t':'x'}}",
                "aws:PrincipalTag/t=X",
                DENIED);
        row(
                OPERATORS,
                "{'StringEquals':{'AWS:principaltag/T':'x'}}",
                "aws:PrincipalTag/t=x",
                ALLOWED); // key names ignore case
        row(
                OPERATORS,
                "{'StringEquals':{'aws:PrincipalTag/t':'*'}}",
                "aws:PrincipalTag/t=x",
                DENIED); // * is literal
        row(
                OPERATORS,
                "{'StringEquals':{'aws:PrincipalTag/t':'*'}}",
                "aws:PrincipalTag/t=*",
                ALLOWED);
        row(
                OPERATORS,
                "{'StringNotEquals':{'aws:PrincipalTag/t':'x'}}",
                "aws:PrincipalTag/t=y",
                ALLOWED);
        row(
                OPERATORS,
                "{'StringNotEquals':{'aws:PrincipalTag/t':'x'}}",
                "aws:PrincipalTag/t=x",
                DENIED);
        row(
                OPERATORS,
                "{'StringEqualsIgnoreCase':{'aws:PrincipalTag/t':'xY'}}",
                "aws:PrincipalTag/t=Xy",
                ALLOWED);
        row(
                OPERATORS,
                "{'StringNotEqualsIgnoreCase':{'aws:PrincipalTag/t':'xY'}}",
                "aws:PrincipalTag/t=Xy",
                DENIED);
        row(
                OPERATORS,
                "{'StringLike':{'kms:ViaService':'dynamodb.*.amazonaws.com'}}",
                "kms:ViaService=dynamodb.us-east-1.amazonaws.com",
                ALLOWED);
        row(
                OPERATORS,
                "{'StringLike':{'kms:ViaService':'dynamodb.*.amazonaws.com'}}",
                "kms:ViaService=s3.us-east-1.amazonaws.com",
                DENIED);
        row(
                OPERATORS,
                "{'StringLike':{'aws:PrincipalTag/t':'a?c*'}}",
                "aws:PrincipalTag/t=abc:/d",
                ALLOWED);
        row(
                OPERATORS,
                "{'StringLike':{'aws:PrincipalTag/t':'a?c'}}",
                "aws:PrincipalTag/t=ac",
                DENIED);
        row(
                OPERATORS,
                "{'StringLike':{'aws:PrincipalTag/t':'A*'}}",
                "aws:PrincipalTag/t=abc",
                DENIED);
        row(
                OPERATORS,
                "{'StringNotLike':{'aws:PrincipalTag/t':'a*'}}",
                "aws:PrincipalTag/t=abc",
                DENIED);
        row(
                OPERATORS,
                "{'StringNotLike':{'aws:PrincipalTag/t':'a*'}}",
                "aws:PrincipalTag/t=b",
                ALLOWED);
        row(
                OPERATORS,
                "{'stringequals':{'aws:PrincipalTag/t':'x'}}",
                "aws:PrincipalTag/t=x",
                ALLOWED);
        row(
                OPERATORS,
                "{'StringEquality':{'aws:PrincipalTag/t':'x'}}",
                "aws:PrincipalTag/t=x",
                UNKNOWN);
        row(
                OPERATORS,
                "{'StringEqualsIfExistsIfExists':{'aws:PrincipalTag/t':'x'}}",
                "aws:PrincipalTag/t=x",
                UNKNOWN);

        // Numbers, dates, booleans, binaries, addresses
        row(
                OPERATORS,
                "{'NumericEquals':{'aws:MultiFactorAuthAge':'3600'}}",
                "aws:MultiFactorAuthAge=3600.0",
                ALLOWED);
        row(
                OPERATORS,
                "{'NumericNotEquals':{'aws:MultiFactorAuthAge':3600}}",
                "aws:MultiFactorAuthAge=3600",
                DENIED);
        row(
                OPERATORS,
                "{'NumericLessThan':{'aws:MultiFactorAuthAge':3600}}",
                "aws:MultiFactorAuthAge=3599",
                ALLOWED);
        row(
                OPERATORS,
                "{'NumericLessThan':{'aws:MultiFactorAuthAge':3600}}",
                "aws:MultiFactorAuthAge=3600",
                DENIED);
        row(
                OPERATORS,
                "{'NumericLessThanEquals':{'aws:MultiFactorAuthAge':3600}}",
                "aws:MultiFactorAuthAge=3600",
                ALLOWED);
        row(
                OPERATORS,
                "{'NumericGreaterThan':{'aws:MultiFactorAuthAge':3600}}",
                "aws:MultiFactorAuthAge=3600",
                DENIED);
        row(
                OPERATORS,
                "{'NumericGreaterThanEquals':{'aws:MultiFactorAuthAge':3600}}",
                "aws:MultiFactorAuthAge=3600",
                ALLOWED);
        row(
                OPERATORS,
                "{'NumericEquals':{'aws:MultiFactorAuthAge':'soon'}}",
                "aws:MultiFactorAuthAge=3600",
                UNKNOWN);
        row(
                OPERATORS,
                "{'NumericEquals':{'kms:KeySpec':'1'}}",
                "kms:KeySpec=1",
                UNKNOWN); // a string key
        row(
                OPERATORS,
                "{'DateLessThanEquals':{'aws:CurrentTime':'2026-11-24T00:00:00Z'}}",
                "aws:CurrentTime=2026-11-24T00:00:00Z",
                ALLOWED);
        row(
                OPERATORS,
                "{'DateLessThanEquals':{'aws:CurrentTime':'2026-11-24T00:00:00Z'}}",
                "aws:CurrentTime=2026-11-24T00:00:01Z",
                DENIED);
        row(
                OPERATORS,
                "{'DateLessThan':{'aws:CurrentTime':'2026-01-01T00:00:00Z'}}",
                "aws:CurrentTime=2025-12-31T23:59:59Z",
                ALLOWED);
        row(
                OPERATORS,
                "{'DateLessThan':{'aws:CurrentTime':'2026-01-01T00:00:00Z'}}",
                "aws:CurrentTime=2026-01-01T01:00:00+02:00",
                ALLOWED);
        row(
                OPERATORS,
                "{'DateGreaterThan':{'aws:CurrentTime':'2026-01-01'}}",
                "aws:CurrentTime=2026-01-02T00:00:00Z",
                ALLOWED);
        row(
                OPERATORS,
                "{'DateGreaterThanEquals':{'aws:EpochTime':'1767225600'}}",
                "aws:EpochTime=1767225600",
                ALLOWED);
        row(
                OPERATORS,
                "{'DateEquals':{'aws:EpochTime':'2026-01-01T00:00:00Z'}}",
                "aws:EpochTime=1767225600",
                ALLOWED);
        row(
                OPERATORS,
                "{'DateNotEquals':{'aws:EpochTime':'2026-01-01T00:00:00Z'}}",
                "aws:EpochTime=1767225600",
                DENIED);
        row(
                OPERATORS,
                "{'DateLessThan':{'aws:CurrentTime':'tomorrow'}}",
                "aws:CurrentTime=2026-01-02T00:00:00Z",
                UNKNOWN);
        row(
                OPERATORS,
                "{'Bool':{'aws:MultiFactorAuthPresent':'true'}}",
                "aws:MultiFactorAuthPresent=true",
                ALLOWED);
        row(
                OPERATORS,
                "{'Bool':{'aws:MultiFactorAuthPresent':true}}",
                "aws:MultiFactorAuthPresent=true",
                ALLOWED); // JSON boolean
        row(
                OPERATORS,
                "{'Bool':{'aws:MultiFactorAuthPresent':false}}",
                "aws:MultiFactorAuthPresent=true",
                DENIED);
        row(
                OPERATORS,
                "{'Bool':{'aws:MultiFactorAuthPresent':'maybe'}}",
                "aws:MultiFactorAuthPresent=true",
                UNKNOWN);
        row(
                OPERATORS,
                "{'Bool':{'aws:PrincipalOrgID':'true'}}",
                "aws:PrincipalOrgID=true",
                UNKNOWN); // a string key
        row(
                OPERATORS,
                "{'StringEquals':{'aws:MultiFactorAuthPresent':'true'}}",
                "aws:MultiFactorAuthPresent=true",
                ALLOWED); // text of a Bool key
        row(
                OPERATORS,
                "{'BinaryEquals':{'aws:PrincipalTag/t':'QUJD'}}",
                "aws:PrincipalTag/t=QUJD",
                ALLOWED);
        row(
                OPERATORS,
                "{'BinaryEquals':{'aws:PrincipalTag/t':'QUJD'}}",
                "aws:PrincipalTag/t=QUJE",
                DENIED);
        row(
                OPERATORS,
                "{'BinaryEquals':{'aws:PrincipalTag/t':'!'}}",
                "aws:PrincipalTag/t=QUJE",
                UNKNOWN);
        row(
                OPERATORS,
                "{'IpAddress':{'aws:SourceIp':'203.0.113.0/24'}}",
                "aws:SourceIp=203.0.113.9",
                ALLOWED);
        row(
                OPERATORS,
                "{'IpAddress':{'aws:SourceIp':'203.0.113.0/24'}}",
                "aws:SourceIp=203.0.114.9",
                DENIED);
        row(
                OPERATORS,
                "{'IpAddress':{'aws:SourceIp':'203.0.113.9'}}",
                "aws:SourceIp=203.0.113.9",
                ALLOWED); // no prefix: one address
        row(
                OPERATORS,
                "{'IpAddress':{'aws:SourceIp':'0.0.0.0/0'}}",
                "aws:SourceIp=203.0.113.9",
                ALLOWED);
        row(
                OPERATORS,
                "{'IpAddress':{'aws:SourceIp':'2001:db8::/32'}}",
                "aws:SourceIp=2001:db8:1::7",
                ALLOWED);
        row(
                OPERATORS,
                "{'IpAddress':{'aws:SourceIp':'::/0'}}",
                "aws:SourceIp=203.0.113.9",
                DENIED); // IPv4 lies in no IPv6 range
        row(
                OPERATORS,
                "{'NotIpAddress':{'aws:SourceIp':'203.0.113.0/24'}}",
                "aws:SourceIp=203.0.113.9",
                DENIED);
        row(
                OPERATORS,
                "{'NotIpAddress':{'aws:SourceIp':'203.0.113.0/24'}}",
                "aws:SourceIp=198.51.100.1",
                ALLOWED);
        row(
                OPERATORS,
                "{'IpAddress':{'aws:SourceIp':'203.0.113.0/33'}}",
                "aws:SourceIp=203.0.113.9",
                UNKNOWN);
        row(
                OPERATORS,
                "{'IpAddress':{'aws:SourceIp':'office.example.com'}}",
                "aws:SourceIp=203.0.113.9",
                UNKNOWN); // never resolved

        // ARNs: part by part, at the first five colons
        row(
                OPERATORS,
                "{'ArnEquals':{'kms:EncryptionContext:a':'arn:aws:logs:us-east-1:111122223333:log-group:/x'}}",
                "kms:EncryptionContext:a=arn:aws:logs:us-east-1:111122223333:log-group:/x",
                ALLOWED);
        row(
                OPERATORS,
                "{'ArnEquals':{'kms:EncryptionContext:a':'arn:aws:logs:us-east-1:111122223333:log-group:/x*'}}",
                "kms:EncryptionContext:a=arn:aws:logs:us-east-1:111122223333:log-group:/x:y",
                ALLOWED); // the sixth part has colons
        row(
                OPERATORS,
                "{'ArnLike':{'kms:EncryptionContext:a':'arn:aws:logs:*:*:log-group:/x'}}",
                "kms:EncryptionContext:a=arn:aws:logs:us-east-1:111122223333:log-group:/x",
                ALLOWED);
        row(
                OPERATORS,
                "{'ArnLike':{'kms:EncryptionContext:a':'arn:aws:logs:*:log-group:/x'}}",
                "kms:EncryptionContext:a=arn:aws:logs:us-east-1:111122223333:log-group:/x",
                DENIED); // five parts
        row(
                OPERATORS,
                "{'ArnLike':{'kms:EncryptionContext:a':'arn:aws:logs:us-*:log-group:/x:y'}}",
                "kms:EncryptionContext:a=arn:aws:logs:us-east-1:111122223333:log-group:/x:y",
                DENIED); // only if * runs past a colon
        row(
                OPERATORS,
                "{'ArnNotLike':{'kms:EncryptionContext:a':'arn:aws:logs:us-*:log-group:/x:y'}}",
                "kms:EncryptionContext:a=arn:aws:logs:us-east-1:111122223333:log-group:/x:y",
                UNKNOWN);
        row(
                OPERATORS,
                "{'ArnLike':{'aws:PrincipalArn':'*'}}",
                "",
                UNKNOWN); // a bare star is no ARN pattern
        row(
                OPERATORS,
                "{'ArnNotEquals':{'aws:PrincipalArn':'app'}}",
                "",
                UNKNOWN); // too short, negated
        row(OPERATORS, "{'ArnEquals':{'aws:PrincipalArn':'app'}}", "", DENIED);
        row(
                OPERATORS,
                "{'ArnNotLike':{'aws:PrincipalArn':'arn:aws:iam::111122223333:role/other*'}}",
                "",
                ALLOWED);
        row(
                OPERATORS,
                "{'ArnLike':{'aws:PrincipalArn':'ARN:aws:iam::111122223333:role/app'}}",
                "",
                DENIED); // case counts

        // Null, and keys that the request does not carry
        row(OPERATORS, "{'Null':{'aws:PrincipalTag/t':'true'}}", "aws:PrincipalTag/t!", ALLOWED);
        row(OPERATORS, "{'Null':{'aws:PrincipalTag/t':'false'}}", "aws:PrincipalTag/t!", DENIED);
        row(OPERATORS, "{'Null':{'aws:PrincipalTag/t':false}}", "aws:PrincipalTag/t=x", ALLOWED);
        row(OPERATORS, "{'Null':{'aws:PrincipalTag/t':'true'}}", "aws:PrincipalTag/t=x", DENIED);
        row(
                OPERATORS,
                "{'Null':{'aws:PrincipalTag/t':'perhaps'}}",
                "aws:PrincipalTag/t=x",
                UNKNOWN);
        row(
                OPERATORS,
                "{'Null':{'aws:PrincipalTag/t':'false'}}",
                "aws:PrincipalTag/t=",
                UNKNOWN); // an empty value
        row(
                OPERATORS,
                "{'NullIfExists':{'aws:PrincipalTag/t':'true'}}",
                "aws:PrincipalTag/t!",
                UNKNOWN);
        row(
                OPERATORS,
                "{'StringEquals':{'aws:PrincipalTag/t':'x'}}",
                "aws:PrincipalTag/t!",
                DENIED);
        row(
                OPERATORS,
                "{'StringNotEquals':{'aws:PrincipalTag/t':'x'}}",
                "aws:PrincipalTag/t!",
                ALLOWED);
        row(
                OPERATORS,
                "{'StringNotLike':{'aws:PrincipalTag/t':'x'}}",
                "aws:PrincipalTag/t!",
                ALLOWED);
        row(
                OPERATORS,
                "{'ArnNotEquals':{'aws:PrincipalTag/t':'x'}}",
                "aws:PrincipalTag/t!",
                ALLOWED);
        row(
                OPERATORS,
                "{'NotIpAddress':{'aws:SourceIp':'203.0.113.0/24'}}",
                "aws:SourceIp!",
                ALLOWED);
        row(
                OPERATORS,
                "{'NumericNotEquals':{'aws:MultiFactorAuthAge':1}}",
                "aws:MultiFactorAuthAge!",
                ALLOWED);
        row(
                OPERATORS,
                "{'DateNotEquals':{'aws:CurrentTime':'2026-01-01'}}",
                "aws:CurrentTime!",
                ALLOWED);
        row(
                OPERATORS,
                "{'Bool':{'aws:MultiFactorAuthPresent':'false'}}",
                "aws:MultiFactorAuthPresent!",
                DENIED);
        row(
                OPERATORS,
                "{'BoolIfExists':{'aws:MultiFactorAuthPresent':'true'}}",
                "aws:MultiFactorAuthPresent!",
                ALLOWED);
        row(
                OPERATORS,
                "{'BoolIfExists':{'aws:MultiFactorAuthPresent':'true'}}",
                "aws:MultiFactorAuthPresent=false",
                DENIED);
        row(
                OPERATORS,
                "{'StringEqualsIfExists':{'aws:PrincipalTag/t':'x'}}",
                "aws:PrincipalTag/t!",
                ALLOWED);
        row(
                OPERATORS,
                "{'StringNotEqualsIfExists':{'aws:PrincipalTag/t':'x'}}",
                "aws:PrincipalTag/t=x",
                DENIED);

        // Keys about which nothing was said
        row(OPERATORS, "{'StringEquals':{'aws:PrincipalTag/t':'x'}}", "", CONDITIONAL);
        row(OPERATORS, "{'StringNotEquals':{'aws:PrincipalTag/t':'x'}}", "", CONDITIONAL);
        row(OPERATORS, "{'Null':{'aws:PrincipalTag/t':'true'}}", "", CONDITIONAL);
        row(OPERATORS, "{'StringEqualsIfExists':{'aws:PrincipalTag/t':'x'}}", "", CONDITIONAL);
        row(
                OPERATORS,
                "{'StringLikeIfExists':{'aws:PrincipalTag/t':'*'}}",
                "",
                ALLOWED); // passes either way
        row(
                OPERATORS,
                "{'StringEquals':{'aws:PrincipalTag/t':[]}}",
                "",
                DENIED); // no value can match
        row(OPERATORS, "{'StringNotEquals':{'aws:PrincipalTag/t':[]}}", "", ALLOWED);

        // Several values, keys, operators
        row(LOGIC, "{}", "", ALLOWED);
        row(LOGIC, "{'StringEquals':{}}", "", ALLOWED);
        row(
                LOGIC,
                "{'StringEquals':{'aws:PrincipalTag/t':['x','y']}}",
                "aws:PrincipalTag/t=y",
                ALLOWED);
        row(
                LOGIC,
                "{'StringNotEquals':{'aws:PrincipalTag/t':['x','y']}}",
                "aws:PrincipalTag/t=y",
                DENIED); // none may match
        row(
                LOGIC,
                "{'StringNotEquals':{'aws:PrincipalTag/t':['x','y']}}",
                "aws:PrincipalTag/t=z",
                ALLOWED);
        row(
                LOGIC,
                "{'StringEquals':{'aws:PrincipalTag/t':'x','aws:PrincipalTag/u':'y'}}",
                "aws:PrincipalTag/t=x aws:PrincipalTag/u=z",
                DENIED);
        row(
                LOGIC,
                "{'StringEquals':{'aws:PrincipalTag/t':'x','aws:PrincipalTag/u':'y'}}",
                "aws:PrincipalTag/t=z",
                DENIED); // one false is enough
        row(
                LOGIC,
                "{'StringEquals':{'aws:PrincipalTag/t':'x','aws:PrincipalTag/u':'y'}}",
                "aws:PrincipalTag/t=x",
                CONDITIONAL);
        row(
                LOGIC,
                "{'StringEquals':{'aws:PrincipalTag/t':'x'},'Bool':{'aws:SecureTransport':'true'}}",
                "aws:PrincipalTag/t=x",
                ALLOWED);
        row(
                LOGIC,
                "{'StringEquals':{'aws:PrincipalTag/t':'x'},'Bool':{'aws:SecureTransport':'false'}}",
                "aws:PrincipalTag/t=x",
                DENIED);
        row(
                LOGIC,
                "{'StringEquals':{'aws:PrincipalTag/t':[]}}",
                "aws:PrincipalTag/t=x",
                DENIED); // an empty list is dead, not open
        row(LOGIC, "{'StringEquals':{'aws:PrincipalTag/t':null}}", "aws:PrincipalTag/t=x", UNKNOWN);
        row(LOGIC, "{'StringEquals':'x'}", "", UNKNOWN);

        // Sets
        row(
                SETS,
                "{'ForAllValues:StringEquals':{'kms:EncryptionContextKeys':['a','b']}}",
                "kms:EncryptionContextKeys=a|b",
                ALLOWED);
        row(
                SETS,
                "{'ForAllValues:StringEquals':{'kms:EncryptionContextKeys':['a','b']}}",
                "kms:EncryptionContextKeys=a|c",
                DENIED);
        row(
                SETS,
                "{'ForAllValues:StringEquals':{'kms:EncryptionContextKeys':['a','b']}}",
                "kms:EncryptionContextKeys!",
                ALLOWED); // the open door
        row(
                SETS,
                "{'ForAllValues:StringEquals':{'kms:EncryptionContextKeys':['a']}}",
                "kms:EncryptionContextKeys=A",
                DENIED); // values keep case
        row(
                SETS,
                "{'ForAllValues:StringNotEquals':{'kms:EncryptionContextKeys':['a']}}",
                "kms:EncryptionContextKeys=b|c",
                ALLOWED);
        row(
                SETS,
                "{'ForAllValues:StringNotEquals':{'kms:EncryptionContextKeys':['a']}}",
                "kms:EncryptionContextKeys=b|a",
                DENIED);
        row(
                SETS,
                "{'ForAllValues:StringEquals':{'kms:EncryptionContextKeys':['a']}}",
                "kms:EncryptionContextKeys=",
                ALLOWED); // empty counts as absent
        row(
                SETS,
                "{'ForAllValues:StringEquals':{'kms:EncryptionContextKeys':['a']}}",
                "",
                CONDITIONAL);
        row(
                SETS,
                "{'ForAnyValue:StringEquals':{'kms:EncryptionContextKeys':['a','b']}}",
                "kms:EncryptionContextKeys=c|b",
                ALLOWED);
        row(
                SETS,
                "{'ForAnyValue:StringEquals':{'kms:EncryptionContextKeys':['a','b']}}",
                "kms:EncryptionContextKeys=c",
                DENIED);
        row(
                SETS,
                "{'ForAnyValue:StringEquals':{'kms:EncryptionContextKeys':['a']}}",
                "kms:EncryptionContextKeys!",
                DENIED);
        row(
                SETS,
                "{'ForAnyValue:StringNotEquals':{'kms:EncryptionContextKeys':['a']}}",
                "kms:EncryptionContextKeys=a|b",
                ALLOWED);
        row(
                SETS,
                "{'ForAnyValue:StringNotEquals':{'kms:EncryptionContextKeys':['a']}}",
                "kms:EncryptionContextKeys=a",
                DENIED);
        row(
                SETS,
                "{'ForAnyValue:StringNotEquals':{'kms:EncryptionContextKeys':['a']}}",
                "kms:EncryptionContextKeys!",
                DENIED);
        row(
                SETS,
                "{'ForAnyValue:StringEqualsIfExists':{'kms:EncryptionContextKeys':['a']}}",
                "kms:EncryptionContextKeys!",
                UNKNOWN);
        row(
                SETS,
                "{'ForAllValues:StringEqualsIfExists':{'kms:EncryptionContextKeys':['a']}}",
                "kms:EncryptionContextKeys!",
                ALLOWED);
        row(
                SETS,
                "{'StringEquals':{'kms:EncryptionContextKeys':'a'}}",
                "kms:EncryptionContextKeys=a",
                DENIED); // needs a set operator
        row(
                SETS,
                "{'StringEquals':{'kms:EncryptionContextKeys':'a'}}",
                "",
                DENIED); // whatever the values are
        row(
                SETS,
                "{'StringNotEquals':{'kms:EncryptionContextKeys':'a'}}",
                "kms:EncryptionContextKeys=b",
                UNKNOWN);
        row(
                SETS,
                "{'ForAnyValue:StringEquals':{'aws:PrincipalTag/t':'x'}}",
                "aws:PrincipalTag/t=x",
                ALLOWED); // a set of one
        row(
                SETS,
                "{'ForAllValues:StringEquals':{'aws:PrincipalTag/t':'x'}}",
                "aws:PrincipalTag/t=y",
                DENIED);
        row(
                SETS,
                "{'ForSomeValues:StringEquals':{'aws:PrincipalTag/t':'x'}}",
                "aws:PrincipalTag/t=x",
                UNKNOWN);

        // Variables
        row(
                VARIABLES,
                "{'StringEquals':{'aws:PrincipalTag/t':'${aws:PrincipalAccount}'}}",
                "aws:PrincipalTag/t=111122223333",
                ALLOWED);
        row(
                VARIABLES,
                "{'StringEquals':{'aws:PrincipalTag/t':'${AWS:PRINCIPALACCOUNT}'}}",
                "aws:PrincipalTag/t=111122223333",
                ALLOWED);
        row(
                VARIABLES,
                "{'StringLike':{'aws:PrincipalTag/t':'a-${aws:PrincipalTag/u}-*'}}",
                "aws:PrincipalTag/t=a-x-z aws:PrincipalTag/u=x",
                ALLOWED);
        row(
                VARIABLES,
                "{'StringLike':{'aws:PrincipalTag/t':'a-${aws:PrincipalTag/u}'}}",
                "aws:PrincipalTag/t=a-x aws:PrincipalTag/u=*",
                UNKNOWN);
        row(
                VARIABLES,
                "{'StringEquals':{'aws:PrincipalTag/t':'${aws:PrincipalTag/u}'}}",
                "aws:PrincipalTag/t=* aws:PrincipalTag/u=*",
                ALLOWED);
        row(
                VARIABLES,
                "{'StringEquals':{'aws:PrincipalTag/t':'${aws:username}'}}",
                "aws:PrincipalTag/t=x",
                DENIED); // a role has no user name
        row(
                VARIABLES,
                "{'StringNotEquals':{'aws:PrincipalTag/t':'${aws:username}'}}",
                "aws:PrincipalTag/t=x",
                ALLOWED);
        row(
                VARIABLES,
                "{'StringEquals':{'aws:PrincipalTag/t':'${aws:username, 'nobody'}'}}"
                        .replace("'nobody'", "\\u0027nobody\\u0027"),
                "aws:PrincipalTag/t=nobody",
                ALLOWED);
        row(
                VARIABLES,
                "{'StringEquals':{'aws:PrincipalTag/t':'${aws:PrincipalTag/u}'}}",
                "aws:PrincipalTag/t=x",
                CONDITIONAL);
        row(
                VARIABLES,
                "{'StringLike':{'aws:PrincipalTag/t':'a${*}b'}}",
                "aws:PrincipalTag/t=a*b",
                ALLOWED);
        row(
                VARIABLES,
                "{'StringLike':{'aws:PrincipalTag/t':'a${*}b'}}",
                "aws:PrincipalTag/t=axb",
                DENIED);
        row(
                VARIABLES,
                "{'StringEquals':{'aws:PrincipalTag/t':'${$}{a}'}}",
                "aws:PrincipalTag/t=${a}",
                ALLOWED);
        row(
                VARIABLES,
                "{'StringEquals':{'aws:PrincipalTag/t':'${kms:EncryptionContextKeys}'}}",
                "aws:PrincipalTag/t=a kms:EncryptionContextKeys=a",
                UNKNOWN);
        row(VARIABLES, "{'Bool':{'aws:SecureTransport':'${aws:SecureTransport}'}}", "", UNKNOWN);
        row(
                VARIABLES,
                "{'StringEquals':{'aws:PrincipalTag/t':'${open'}}",
                "aws:PrincipalTag/t=x",
                UNKNOWN);

        // What KMS adds
        row(
                KMS_KEYS,
                "{'StringEquals':{'kms:EncryptionContext:Department':'IT'}}",
                "kms:EncryptionContext:department=IT",
                ALLOWED); // key part ignores case
        row(
                KMS_KEYS,
                "{'StringEquals':{'kms:EncryptionContext:Department':'IT'}}",
                "kms:EncryptionContext:Department=it",
                DENIED);
        row(
                KMS_KEYS,
                "{'StringEquals':{'kms:EncryptionContext:a':'1'}}",
                "kms:EncryptionContext:a=1 kms:EncryptionContext:A=2",
                UNKNOWN); // differ in case only
        row(
                KMS_KEYS,
                "{'StringEquals':{'kms:CustomerMasterKeySpec':'SYMMETRIC_DEFAULT'}}",
                "kms:KeySpec=SYMMETRIC_DEFAULT",
                ALLOWED); // old name
        row(
                KMS_KEYS,
                "{'StringEquals':{'kms:CallerAccount':'111122223333'}}",
                "",
                ALLOWED); // derived
        row(
                KMS_KEYS,
                "{'StringEquals':{'kms:GrantOperations':'Decrypt'}}",
                "kms:GrantOperations=Decrypt",
                DENIED); // Decrypt carries no such key
        row(
                KMS_KEYS,
                "{'Bool':{'kms:GrantIsForAWSResource':'true'}}",
                "kms:GrantIsForAWSResource=true",
                DENIED);
        row(KMS_KEYS, "{'BoolIfExists':{'kms:GrantIsForAWSResource':'true'}}", "", ALLOWED);
        row(KMS_KEYS, "{'StringNotEquals':{'kms:SigningAlgorithm':'x'}}", "", ALLOWED);
    }

    static List<Row> rows() {
        return ROWS;
    }

    @ParameterizedTest
    @MethodSource("rows")
    void condition(Row row) {
        Ask ask = Ask.condition(row.condition());
        if (!row.context().isEmpty()) ask.with(row.context().split(" "));
        Verdict verdict = ask.verdict();
        assertThat(verdict.kind()).as("%s%n%s", verdict, row.page()).isEqualTo(row.expected());
        if (row.expected() == CONDITIONAL) assertThat(verdict.hangsOn()).isNotEmpty();
    }

    @Test
    void no_row_disappears() {
        assertThat(ROWS).hasSize(152).doesNotHaveDuplicates();
    }

    @Test
    void every_documented_operator_has_rows() {
        List<String> operators =
                List.of(
                        "StringEquals",
                        "StringNotEquals",
                        "StringEqualsIgnoreCase",
                        "StringNotEqualsIgnoreCase",
                        "StringLike",
                        "StringNotLike",
                        "NumericEquals",
                        "NumericNotEquals",
                        "NumericLessThan",
                        "NumericLessThanEquals",
                        "NumericGreaterThan",
                        "NumericGreaterThanEquals",
                        "DateEquals",
                        "DateNotEquals",
                        "DateLessThan",
                        "DateLessThanEquals",
                        "DateGreaterThan",
                        "DateGreaterThanEquals",
                        "Bool",
                        "BinaryEquals",
                        "IpAddress",
                        "NotIpAddress",
                        "ArnEquals",
                        "ArnLike",
                        "ArnNotEquals",
                        "ArnNotLike",
                        "Null");
        for (String operator : operators)
            assertThat(ROWS)
                    .as(operator)
                    .anyMatch(row -> row.condition().contains("'" + operator + "'"));
        for (String form : List.of("ForAllValues:", "ForAnyValue:", "IfExists'"))
            assertThat(ROWS).as(form).anyMatch(row -> row.condition().contains(form));
    }
}
