package io.bedrockbudgeteer.keyguard.policy;

import static io.bedrockbudgeteer.keyguard.policy.Verdict.Kind.ALLOWED;
import static io.bedrockbudgeteer.keyguard.policy.Verdict.Kind.CONDITIONAL;
import static io.bedrockbudgeteer.keyguard.policy.Verdict.Kind.DENIED;
import static io.bedrockbudgeteer.keyguard.policy.Verdict.Kind.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Values that are no values of their type, keys with more values than they may have, and what a
/// verdict says about them.
class ConditionEdgesTest {

    /// @param page the AWS page that says so, or whose silence makes the verdict UNKNOWN
    /// @param says what the reason of the verdict names, or empty
    record Row(String page, String condition, String context, Verdict.Kind expected, String says) {}

    private static final String OPERATORS =
            "IAM User Guide: AWS JSON policy elements: Condition operators";
    private static final String SETS = "IAM User Guide: Single-valued vs. multivalued context keys";
    private static final String VARIABLES =
            "IAM User Guide: IAM policy elements: Variables and tags";
    private static final String TYPES =
            "Service Authorization Reference: Actions, resources, and condition keys for AWS KMS";

    private static final String DIGITS_64 = "1".repeat(64);

    private static Row tag(String page, String value, String tag, Verdict.Kind kind, String says) {
        return new Row(
                page,
                "{'StringEquals':{'aws:PrincipalTag/t':'" + value + "'}}",
                "aws:PrincipalTag/t=" + tag,
                kind,
                says);
    }

    static List<Row> values() {
        return List.of(
                // Booleans
                new Row(
                        OPERATORS,
                        "{'Bool':{'aws:MultiFactorAuthPresent':'true'}}",
                        "aws:MultiFactorAuthPresent=maybe",
                        UNKNOWN,
                        "\"maybe\" is neither true nor false"),
                new Row(
                        OPERATORS,
                        "{'Bool':{'aws:MultiFactorAuthPresent':'perhaps'}}",
                        "aws:MultiFactorAuthPresent=true",
                        UNKNOWN,
                        "\"perhaps\" is neither true nor false"),
                new Row(
                        OPERATORS,
                        "{'Bool':{'aws:MultiFactorAuthPresent':'TRUE'}}",
                        "aws:MultiFactorAuthPresent=true",
                        ALLOWED,
                        ""),
                new Row(
                        VARIABLES,
                        "{'Bool':{'aws:MultiFactorAuthPresent':'${aws:SecureTransport}'}}",
                        "aws:MultiFactorAuthPresent=true",
                        UNKNOWN,
                        "whether Bool takes policy variables is documented both ways"),
                // Numbers
                new Row(
                        OPERATORS,
                        "{'NumericEquals':{'aws:MultiFactorAuthAge':'3600'}}",
                        "aws:MultiFactorAuthAge=soon",
                        UNKNOWN,
                        "\"soon\" is not a number"),
                new Row(
                        OPERATORS,
                        "{'NumericEquals':{'aws:MultiFactorAuthAge':'late'}}",
                        "aws:MultiFactorAuthAge=3600",
                        UNKNOWN,
                        "\"late\" is not a number"),
                new Row(
                        OPERATORS,
                        "{'NumericEquals':{'aws:MultiFactorAuthAge':'" + DIGITS_64 + "'}}",
                        "aws:MultiFactorAuthAge=" + DIGITS_64,
                        ALLOWED,
                        ""),
                new Row(
                        OPERATORS,
                        "{'NumericEquals':{'aws:MultiFactorAuthAge':'" + DIGITS_64 + "1'}}",
                        "aws:MultiFactorAuthAge=" + DIGITS_64 + "1",
                        UNKNOWN,
                        "is not a number"), // longer than any number a key carries
                // Dates
                new Row(
                        OPERATORS,
                        "{'DateLessThan':{'aws:CurrentTime':'tomorrow'}}",
                        "aws:CurrentTime=2026-01-02T00:00:00Z",
                        UNKNOWN,
                        "\"tomorrow\" is not a date"),
                new Row(
                        OPERATORS,
                        "{'DateLessThan':{'aws:CurrentTime':'2026-01-02T00:00:00Z'}}",
                        "aws:CurrentTime=now",
                        UNKNOWN,
                        "\"now\" is not a date"),
                new Row(
                        OPERATORS,
                        "{'DateEquals':{'aws:EpochTime':'" + DIGITS_64 + "'}}",
                        "aws:EpochTime=" + DIGITS_64,
                        ALLOWED,
                        ""),
                new Row(
                        OPERATORS,
                        "{'DateEquals':{'aws:EpochTime':'" + DIGITS_64 + "1'}}",
                        "aws:EpochTime=" + DIGITS_64 + "1",
                        UNKNOWN,
                        "is not a date"),
                new Row(
                        OPERATORS,
                        "{'DateEquals':{'aws:CurrentTime':'2026-01-01T00:00:00.250Z'}}",
                        "aws:CurrentTime=2026-01-01T01:00:00.25+01:00",
                        ALLOWED,
                        ""),
                new Row(
                        OPERATORS,
                        "{'DateLessThanEquals':{'aws:CurrentTime':'2026-01-01T00:00:00Z'}}",
                        "aws:CurrentTime=2026-01-01T00:00:00.001Z",
                        DENIED,
                        ""),
                new Row(
                        OPERATORS,
                        "{'DateGreaterThan':{'aws:CurrentTime':'2026-01-01T00:00:00Z'}}",
                        "aws:CurrentTime=2026-01-01T00:00:00Z",
                        DENIED,
                        ""),
                // Binaries
                new Row(
                        OPERATORS,
                        "{'BinaryEquals':{'aws:PrincipalTag/t':'QUJD'}}",
                        "aws:PrincipalTag/t=?",
                        UNKNOWN,
                        "not base64"),
                // Addresses
                new Row(
                        OPERATORS,
                        "{'IpAddress':{'aws:SourceIp':'203.0.113.0/24'}}",
                        "aws:SourceIp=203.0.113.0/24",
                        UNKNOWN,
                        "\"203.0.113.0/24\" is not an address"), // a request has one address
                new Row(
                        OPERATORS,
                        "{'IpAddress':{'aws:SourceIp':'203.0.113.0/24'}}",
                        "aws:SourceIp=nowhere",
                        UNKNOWN,
                        "\"nowhere\" is not an address"),
                new Row(
                        OPERATORS,
                        "{'IpAddress':{'aws:SourceIp':'203.0.113'}}",
                        "aws:SourceIp=203.0.0.113",
                        UNKNOWN,
                        "\"203.0.113\" is not an address"), // no short forms
                new Row(
                        OPERATORS,
                        "{'IpAddress':{'aws:SourceIp':'fe80::1%1'}}",
                        "aws:SourceIp=fe80::1",
                        UNKNOWN,
                        "\"fe80::1%1\" is not an address"), // nor zones
                new Row(
                        OPERATORS,
                        "{'IpAddress':{'aws:SourceIp':'203.0.113.0/'}}",
                        "aws:SourceIp=203.0.113.9",
                        UNKNOWN,
                        "is not an address"),
                new Row(
                        OPERATORS,
                        "{'IpAddress':{'aws:SourceIp':'203.0.113.8/31'}}",
                        "aws:SourceIp=203.0.113.9",
                        ALLOWED,
                        ""),
                new Row(
                        OPERATORS,
                        "{'IpAddress':{'aws:SourceIp':'203.0.113.8/31'}}",
                        "aws:SourceIp=203.0.113.10",
                        DENIED,
                        ""),
                new Row(
                        OPERATORS,
                        "{'IpAddress':{'aws:SourceIp':'2001:db8::/128'}}",
                        "aws:SourceIp=2001:db8::",
                        ALLOWED,
                        ""),
                // Null
                new Row(
                        OPERATORS,
                        "{'ForAnyValue:Null':{'aws:PrincipalTag/t':'true'}}",
                        "aws:PrincipalTag/t!",
                        UNKNOWN,
                        "operator ForAnyValue:Null is not documented"),
                new Row(
                        OPERATORS,
                        "{'Null':{'aws:PrincipalTag/t':['true','perhaps']}}",
                        "aws:PrincipalTag/t!",
                        ALLOWED,
                        ""), // one value that holds is enough
                new Row(
                        OPERATORS,
                        "{'Null':{'aws:PrincipalTag/t':['false','true']}}",
                        "aws:PrincipalTag/t!",
                        ALLOWED,
                        ""));
    }

    static List<Row> types() {
        return List.of(
                new Row(
                        TYPES,
                        "{'DateEquals':{'kms:KeySpec':'2026-01-01'}}",
                        "kms:KeySpec=2026-01-01",
                        UNKNOWN,
                        "DateEquals does not fit the type of kms:KeySpec"),
                new Row(
                        TYPES,
                        "{'DateEquals':{'aws:MultiFactorAuthAge':'1'}}",
                        "aws:MultiFactorAuthAge=1",
                        UNKNOWN,
                        "does not fit the type"),
                new Row(
                        TYPES,
                        "{'IpAddress':{'kms:KeySpec':'10.0.0.1'}}",
                        "kms:KeySpec=10.0.0.1",
                        UNKNOWN,
                        "does not fit the type"),
                new Row(
                        TYPES,
                        "{'BinaryEquals':{'kms:KeySpec':'QUJD'}}",
                        "kms:KeySpec=QUJD",
                        UNKNOWN,
                        "does not fit the type"),
                new Row(
                        TYPES,
                        "{'NumericEquals':{'kms:MultiRegion':'1'}}",
                        "kms:MultiRegion=1",
                        UNKNOWN,
                        "does not fit the type"),
                new Row(
                        TYPES,
                        "{'NumericLessThan':{'aws:EpochTime':'1767225600'}}",
                        "aws:EpochTime=1767225599",
                        ALLOWED,
                        ""), // an epoch is a number
                new Row(
                        TYPES,
                        "{'NumericEquals':{'kms:KeySpec':[]}}",
                        "",
                        CONDITIONAL,
                        "kms:KeySpec"), // a wrong type decides nothing early
                new Row(
                        TYPES,
                        "{'StringLike':{'aws:SourceIp':'203.0.113.*'}}",
                        "aws:SourceIp=203.0.113.9",
                        ALLOWED,
                        ""));
    }

    static List<Row> sets() {
        return List.of(
                new Row(
                        SETS,
                        "{'StringEquals':{'aws:PrincipalTag/t':'x'}}",
                        "aws:PrincipalTag/t=x|y",
                        DENIED,
                        ""), // two values need a set operator
                new Row(
                        SETS,
                        "{'StringNotEquals':{'aws:PrincipalTag/t':'x'}}",
                        "aws:PrincipalTag/t=y|z",
                        UNKNOWN,
                        "StringNotEquals on aws:PrincipalTag/t, which has several values"),
                new Row(
                        SETS,
                        "{'ForAnyValue:StringEquals':{'aws:PrincipalTag/t':[]}}",
                        "",
                        DENIED,
                        ""), // nothing can match
                new Row(
                        SETS,
                        "{'ForAnyValue:StringNotEquals':{'aws:PrincipalTag/t':[]}}",
                        "",
                        CONDITIONAL,
                        "aws:PrincipalTag/t"),
                new Row(
                        SETS,
                        "{'ForAllValues:StringEquals':{'aws:PrincipalTag/t':[]}}",
                        "",
                        CONDITIONAL,
                        "aws:PrincipalTag/t"), // passes without the key
                new Row(
                        SETS,
                        "{'ForAllValues:StringLike':{'aws:PrincipalTag/t':'*'}}",
                        "",
                        CONDITIONAL,
                        "aws:PrincipalTag/t"),
                new Row(
                        SETS,
                        "{'ForAnyValue:StringLike':{'kms:EncryptionContextKeys':['b*','a*']}}",
                        "kms:EncryptionContextKeys=x|ab",
                        ALLOWED,
                        ""));
    }

    static List<Row> variables() {
        return List.of(
                tag(VARIABLES, "${}", "x", UNKNOWN, "${} is not a policy variable"),
                tag(VARIABLES, "${, \\u0027x\\u0027}", "x", UNKNOWN, "is not a policy variable"),
                tag(
                        VARIABLES,
                        "${aws:username, nobody}",
                        "nobody",
                        UNKNOWN,
                        "${aws:username, nobody} is not a policy variable"), // no quotation marks
                tag(
                        VARIABLES,
                        "${aws:username, \\u0027}",
                        "x",
                        UNKNOWN,
                        "is not a policy variable"),
                tag(
                        VARIABLES,
                        "x${aws:username, \\u0027\\u0027}",
                        "x",
                        ALLOWED,
                        ""), // an empty default
                tag(
                        VARIABLES,
                        "${aws:PrincipalAccount, \\u0027none\\u0027}",
                        "111122223333",
                        ALLOWED,
                        ""), // a default that is not needed
                new Row(
                        VARIABLES,
                        "{'StringEquals':{'aws:PrincipalTag/t':'${aws:PrincipalTag/u}'}}",
                        "aws:PrincipalTag/t=x aws:PrincipalTag/u=x|y",
                        UNKNOWN,
                        "aws:PrincipalTag/u has several values in the request"),
                new Row(
                        VARIABLES,
                        "{'StringEquals':{'aws:PrincipalTag/t':'${kms:ResourceAliases}'}}",
                        "aws:PrincipalTag/t=x kms:ResourceAliases=x",
                        UNKNOWN,
                        "kms:ResourceAliases has several values and cannot be a policy variable"),
                new Row(
                        VARIABLES,
                        "{'StringLike':{'aws:PrincipalTag/t':'a-${aws:PrincipalTag/u}'}}",
                        "aws:PrincipalTag/t=a-x aws:PrincipalTag/u=?",
                        UNKNOWN,
                        "whether * and ? in the value of ${aws:PrincipalTag/u} are wild"),
                new Row(
                        VARIABLES,
                        "{'StringLike':{'aws:PrincipalTag/t':'a-${aws:PrincipalTag/u}'}}",
                        "aws:PrincipalTag/t=a-x aws:PrincipalTag/u=x?",
                        UNKNOWN,
                        "are wild"),
                new Row(
                        VARIABLES,
                        "{'StringLike':{'aws:PrincipalTag/t':'${*}${?}${$}'}}",
                        "aws:PrincipalTag/t=*?$",
                        ALLOWED,
                        ""),
                new Row(
                        VARIABLES,
                        "{'StringLike':{'aws:PrincipalTag/t':'${*}${?}${$}'}}",
                        "aws:PrincipalTag/t=ab$",
                        DENIED,
                        ""),
                new Row(
                        VARIABLES,
                        "{'StringEquals':{'aws:PrincipalTag/t':'a${aws:PrincipalTag/u}b${aws:PrincipalTag/v}c'}}",
                        "aws:PrincipalTag/t=a1b2c aws:PrincipalTag/u=1 aws:PrincipalTag/v=2",
                        ALLOWED,
                        ""),
                tag(
                        VARIABLES,
                        "${open",
                        "x",
                        UNKNOWN,
                        "\"${open\" has an unclosed policy variable"));
    }

    @ParameterizedTest
    @MethodSource({"values", "types", "sets", "variables"})
    void condition(Row row) {
        Ask ask = Ask.condition(row.condition());
        if (!row.context().isEmpty()) ask.with(row.context().split(" "));
        Verdict verdict = ask.verdict();
        assertThat(verdict.kind()).as("%s%n%s", verdict, row.page()).isEqualTo(row.expected());
        assertThat(verdict.reason()).contains(row.says());
    }

    @Test
    void no_row_disappears() {
        assertThat(List.of(values(), types(), sets(), variables()))
                .extracting(List::size)
                .containsExactly(27, 8, 7, 14);
    }

    /// @param operator operator of a test of aws:PrincipalTag/t against "x"
    record Empty(String operator, Verdict.Kind expected) {}

    // IAM User Guide, Single-valued vs. multivalued context keys: a key without values is as one
    // that is not there.
    static List<Empty> empties() {
        return List.of(
                new Empty("StringEquals", DENIED),
                new Empty("StringNotEquals", ALLOWED),
                new Empty("StringEqualsIfExists", ALLOWED),
                new Empty("ForAllValues:StringEquals", ALLOWED),
                new Empty("ForAnyValue:StringEquals", DENIED),
                new Empty("ForAnyValue:StringEqualsIfExists", UNKNOWN));
    }

    @ParameterizedTest
    @MethodSource("empties")
    void a_key_without_values_is_as_one_that_is_not_there(Empty row) {
        String policy =
                Ask.condition("{'" + row.operator() + "':{'aws:PrincipalTag/t':'x'}}").text();
        Verdict verdict =
                Evaluator.evaluate(
                        policy,
                        Optional.empty(),
                        List.of(),
                        new AccessRequest(
                                Caller.tryParse(Ask.ROLE).orElseThrow(),
                                "kms:Decrypt",
                                Ask.KEY,
                                Map.of("aws:PrincipalTag/t", Optional.of(List.of())),
                                false));
        assertThat(verdict.kind()).as(verdict.toString()).isEqualTo(row.expected());
    }

    @Test
    void no_operator_disappears() {
        assertThat(empties()).hasSize(6);
    }
}
