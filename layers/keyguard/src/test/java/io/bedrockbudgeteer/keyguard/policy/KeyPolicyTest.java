package io.bedrockbudgeteer.keyguard.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class KeyPolicyTest {

    private static KeyPolicy statements(String singleQuoted) {
        return KeyPolicy.read(
                Ask.json("{'Version':'2012-10-17','Statement':[" + singleQuoted + "]}"));
    }

    private static final String S =
            "{'Sid':'A','Effect':'Allow','Principal':{'AWS':['111122223333','444455556666']},'Action':['kms:A','kms:B'],'Resource':'*','Condition':{'Bool':{'k':true},'NumericEquals':{'n':2}}}";

    /// @param one and other are statements in single quotation marks
    record Pair(String one, String other, boolean same) {}

    // IAM User Guide, AWS JSON policy elements: Principal, and what GetKeyPolicy is seen to give
    // back.
    static List<Pair> pairs() {
        return List.of(
                new Pair(S, S, true),
                new Pair(S, S.replace("['kms:A','kms:B']", "['kms:B','kms:A','kms:A']"), true),
                new Pair(S, S.replace("'Resource':'*'", "'Resource':['*']"), true),
                new Pair(S, S.replace("'111122223333'", "'arn:aws:iam::111122223333:root'"), true),
                new Pair(
                        S, S.replace("'k':true", "'k':'true'").replace("'n':2", "'n':['2']"), true),
                new Pair(S, S.replace("'Effect':'Allow'", "'Effect':'ALLOW'"), true),
                new Pair(
                        S,
                        S.replace("'Sid':'A','Effect':'Allow'", "'Effect':'Allow','Sid':'A'"),
                        true),
                new Pair(S, S.replace(",", " ,\n\t"), true),
                new Pair(
                        S + "," + S.replace("'A',", "'B',"),
                        S.replace("'A',", "'B',") + "," + S,
                        true),
                new Pair(
                        S + "," + S + "," + S.replace("'A',", "'B',"),
                        S + "," + S.replace("'A',", "'B',") + "," + S.replace("'A',", "'B',"),
                        false), // how often counts
                new Pair(S, S + "," + S, false),
                new Pair(S, S.replace("'Sid':'A'", "'Sid':'B'"), false),
                new Pair(S, S.replace("kms:A", "KMS:A"), false),
                new Pair(S, S.replace("'k'", "'K'"), false),
                new Pair(S, S.replace("{'AWS':['111122223333','444455556666']}", "'*'"), false),
                new Pair(
                        S.replace("{'AWS':['111122223333','444455556666']}", "'*'"),
                        S.replace("{'AWS':['111122223333','444455556666']}", "{'AWS':'*'}"),
                        false),
                new Pair(S, S.replace("'Effect'", "'Extra':1,'Effect'"), false),
                new Pair(S, S.replace("'Bool':{'k':true},", ""), false),
                new Pair(
                        S.replace("['kms:A','kms:B']", "[]"),
                        S.replace("['kms:A','kms:B']", "''"),
                        false));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void sameness_is_of_meaning_not_of_text(Pair pair) {
        KeyPolicy one = statements(pair.one());
        KeyPolicy other = statements(pair.other());
        assertThat(one.saysTheSameAs(other)).isEqualTo(pair.same());
        assertThat(one.sha256().equals(other.sha256())).isEqualTo(pair.same());
        assertThat(one.sha256()).matches("[0-9a-f]{64}");
    }

    @Test
    void no_pair_disappears() {
        assertThat(pairs()).hasSize(19);
    }

    @Test
    void version_and_id_count_and_a_single_statement_is_a_list_of_one() {
        String single = Ask.json("{'Version':'2012-10-17','Statement':" + S + "}");
        assertThat(KeyPolicy.read(single).saysTheSameAs(statements(S))).isTrue();
        assertThat(KeyPolicy.read(Ask.json("{'Statement':" + S + "}")).saysTheSameAs(statements(S)))
                .isFalse();
        assertThat(
                        KeyPolicy.read(
                                        Ask.json(
                                                "{'Id':'x','Version':'2012-10-17','Statement':"
                                                        + S
                                                        + "}"))
                                .saysTheSameAs(statements(S)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "[] ; 1 ; 1 ; expected a policy object, found an array",
                "{'Version':'2012-10-17'} ; 1 ; 1 ; expected an element \"Statement\", found none",
                "{'Statement':'all'} ; 1 ; 14 ; expected statements in an array, found a string",
                "{'Statement':[],'Statement':[]} ; 1 ; 28 ; Duplicate",
                "{'Statement':[{'Effect':'Allow','Effect':'Deny'}]} ; 1 ; 41 ; Duplicate",
                "{'Statement':[} ; 1 ; 15 ; Unexpected close marker",
                "{'Statement':[]}] ; 1 ; 17 ; Unexpected close marker",
            })
    void what_is_no_policy_is_refused_with_its_place(
            String text, int line, int column, String says) {
        assertThatThrownBy(() -> KeyPolicy.read(Ask.json(text)))
                .isInstanceOfSatisfying(
                        PolicySyntaxException.class,
                        e -> {
                            assertThat(e).hasMessageContaining(says);
                            assertThat(List.of(e.line(), e.column()))
                                    .as(e.getMessage())
                                    .isEqualTo(List.of(line, column));
                        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'Effect':'Allow','Principal':'*','Action':'a:b','Resource':'*'} ; ``",
                "{'Effect':'ALLOW','Principal':'*','Action':'a:b','Resource':'*'} ; Effect is \"ALLOW\"",
                "{'Principal':'*','Action':'a:b','Resource':'*'} ; it has no Effect",
                "{'Effect':'Allow','Action':'a:b','Resource':'*'} ; it has no Principal",
                "{'Effect':'Allow','Principal':'*','NotPrincipal':'*','Action':'a:b','Resource':'*'} ; it has NotPrincipal and its opposite",
                "{'Effect':'Allow','Principal':'*','Action':'a:b','NotAction':'a:b','Resource':'*'} ; it has NotAction and its opposite",
                "{'Effect':'Allow','Principal':'*','Action':'a:b','Resource':'*','NotResource':'*'} ; it has NotResource and its opposite",
                "{'Effect':'Allow','Principal':'*','Action':1,'Resource':'*'} ; Action is a number, not a string",
                "{'Effect':'Allow','Principal':'*','Action':['a:b',null],'Resource':'*'} ; Action is null, not a string",
                "{'Effect':'Allow','Principal':'*','Action':'a:b','Resource':{}} ; Resource is an object, not a string",
                "{'Effect':'Allow','Principal':'all','Action':'a:b','Resource':'*'} ; Principal is neither",
                "{'Effect':'Allow','Principal':{'Group':'x'},'Action':'a:b','Resource':'*'} ; \"Group\" is not a kind of principal",
                "{'Effect':'Allow','Principal':'*','Action':'a:b','Resource':'*','Condition':[]} ; Condition is an array, not an object",
                "{'Effect':'Allow','Principal':'*','Action':'a:b','Resource':'*','Condition':{'Bool':1}} ; Condition Bool is a number, not an object",
                "{'Effect':'Allow','Principal':'*','Action':'a:b','Resource':'*','Condition':{'Bool':{'k':{}}}} ; Condition Bool k has an object as a value",
                "{'Effect':'Allow','Principal':'*','Action':'a:b','Resource':'*','condition':{}} ; \"condition\" is not an element of a statement",
                "{'Sid':1,'Effect':'Allow','Principal':'*','Action':'a:b','Resource':'*'} ; Sid is a number, not a string",
                "{} ; it is empty",
                "null ; it is null, not an object",
            })
    void what_is_not_documented_in_a_statement_is_a_problem_of_the_statement(
            String statement, String problem) {
        List<String> problems = statements(statement).statements().getFirst().problems();
        if (problem.isEmpty()) assertThat(problems).isEmpty();
        else assertThat(problems).anyMatch(found -> found.startsWith(problem));
    }

    @Test
    void spaces_in_a_sid_are_kept_and_a_missing_sid_is_a_number() {
        KeyPolicy policy = statements("{'Sid':'Enable IAM User Permissions'},{'Sid':''},{}");
        assertThat(policy.statements())
                .extracting(Statement::label)
                .containsExactly("Enable IAM User Permissions", "statement 2", "statement 3");
        assertThat(statements("{'Sid':'A'},{'Sid':'B'},{'Sid':'A'}").repeatedSids())
                .containsExactly("A");
    }

    @Test
    void orphans_are_found_in_both_kinds_of_principal() {
        KeyPolicy policy =
                statements(
                        "{'Principal':{'AWS':['AROAEXAMPLEEXAMPLE1234','111122223333']}},{'NotPrincipal':{'AWS':'AIDAEXAMPLEEXAMPLE1234'}},{'Principal':{'AWS':'AKIAEXAMPLEEXAMPLE1234'}}");
        assertThat(policy.orphanIds())
                .containsExactly("AIDAEXAMPLEEXAMPLE1234", "AROAEXAMPLEEXAMPLE1234");
    }

    @Test
    void length_is_the_larger_of_bytes_and_characters() {
        KeyPolicy policy = statements("{'Sid':'\u00e9\u00e9'}");
        assertThat(policy.utf8Bytes()).isEqualTo(policy.characters() + 2);
        assertThat(policy.length()).isEqualTo(policy.utf8Bytes());
        assertThat(statements("{'Sid':'\u65e5'}").sendable().text()).contains("\\u65e5");
        assertThat(statements("{'Sid':'a  b \\\" : ,'}").minified().text())
                .contains("\"a  b \\\" : ,\"");
    }

    @Test
    void edits_in_the_middle_leave_the_rest_alone() {
        KeyPolicy policy =
                KeyPolicy.read(
                        Ask.json(
                                "{ 'Statement' : [ {'Sid':'A'} ,\n  {'Sid':'B'},{'Sid':'C'}\n,{'Sid':'D'} ] }"));
        assertThat(policy.edit(Map.of(), Set.of(1), List.of()).text())
                .isEqualTo(
                        Ask.json(
                                "{ 'Statement' : [ {'Sid':'A'} ,\n  {'Sid':'C'}\n,{'Sid':'D'} ] }"));
        assertThat(policy.edit(Map.of(), Set.of(0, 1), List.of()).text())
                .isEqualTo(Ask.json("{ 'Statement' : [ {'Sid':'C'}\n,{'Sid':'D'} ] }"));
        assertThat(policy.edit(Map.of(), Set.of(2, 3), List.of()).text())
                .isEqualTo(Ask.json("{ 'Statement' : [ {'Sid':'A'} ,\n  {'Sid':'B'} ] }"));
        assertThat(policy.edit(Map.of(), Set.of(0, 1, 2, 3), List.of()).text())
                .isEqualTo(Ask.json("{ 'Statement' : [  ] }"));
        assertThat(
                        policy.edit(
                                        Map.of(1, Map.of("Sid", "X")),
                                        Set.of(0),
                                        List.of(Map.of("Sid", "Y")))
                                .text())
                .isEqualTo(
                        Ask.json(
                                "{ 'Statement' : [ {'Sid':'X'},{'Sid':'C'}\n,{'Sid':'D'},{'Sid':'Y'} ] }"));
    }

    @Test
    void an_empty_list_of_statements_can_be_filled_and_emptied() {
        for (String text :
                List.of("{'Statement':[]}", "{'Statement':[ ]}", "{'Statement':[\n  ]\n}")) {
            KeyPolicy empty = KeyPolicy.read(Ask.json(text));
            KeyPolicy filled =
                    empty.edit(Map.of(), Set.of(), List.of(Map.of("Sid", "A"), Map.of("Sid", "B")));
            assertThat(filled.statements()).extracting(Statement::label).containsExactly("A", "B");
            assertThat(filled.edit(Map.of(), Set.of(0, 1), List.of()).text())
                    .isEqualTo(empty.text());
        }
    }

    @Test
    void the_longest_policies_are_decided_in_time_and_longer_ones_refused() {
        String many =
                "{\"Version\":\"2012-10-17\",\"Statement\":["
                        + "{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"111122223333\"},\"Action\":\"kms:D*\",\"Resource\":\"*\"},"
                                .repeat(2_300)
                        + "{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\""
                        + Ask.ROLE
                        + "\"},\"Action\":\"kms:*\",\"Resource\":\"*\"}]}";
        String wide =
                "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\""
                        + Ask.ROLE
                        + "\"},\"Action\":["
                        + "\"kms:x*y*z\",".repeat(18_000)
                        + "\"kms:*\"],\"Resource\":\"*\"}]}";
        AccessRequest request =
                new AccessRequest(
                        Caller.tryParse(Ask.ROLE).orElseThrow(),
                        "kms:Decrypt",
                        Ask.KEY,
                        Map.of(),
                        false);
        for (String text : List.of(many, wide)) {
            Verdict verdict =
                    Assertions.assertTimeout(
                            Duration.ofSeconds(30),
                            () -> Evaluator.evaluate(text, Optional.empty(), List.of(), request));
            assertThat(verdict.isAllowed()).isTrue();
        }
        assertThat(
                        Evaluator.evaluate(
                                        "[".repeat(5_000_000), Optional.empty(), List.of(), request)
                                .kind())
                .isEqualTo(Verdict.Kind.UNKNOWN);
        assertThat(
                        Evaluator.evaluate(
                                        " ".repeat(20_000_000),
                                        Optional.empty(),
                                        List.of(),
                                        request)
                                .reason())
                .contains("at most");
    }
}
