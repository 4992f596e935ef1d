package io.bedrockbudgeteer.keyguard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Which Allow statements one statement could stand for, and what that saves to the character.
class MergeTest {

    private static final String A =
            "{'Sid':'A','Effect':'Allow','Principal':{'AWS':'arn:aws:iam::111122223333:role/a'},'Action':'kms:Decrypt','Resource':'*'}";
    private static final String B = A.replace("'A'", "'B'");

    /// @param merged what one statement says in place of them; empty when there is none
    record Row(List<String> statements, Merge.Difference difference, String merged) {}

    private static Row none(String... statements) {
        return new Row(List.of(statements), Merge.Difference.NOTHING, "");
    }

    static List<Row> rows() {
        return List.of(
                new Row(List.of(A, B), Merge.Difference.NOTHING, A),
                // Order of the members, and a list of one, make no difference.
                new Row(
                        List.of(A, B.replace("'kms:Decrypt'", "['kms:Decrypt']")),
                        Merge.Difference.NOTHING,
                        A),
                new Row(
                        List.of(A, B.replace("role/a", "role/b")),
                        Merge.Difference.PRINCIPAL,
                        A.replace(
                                "'arn:aws:iam::111122223333:role/a'",
                                "['arn:aws:iam::111122223333:role/a','arn:aws:iam::111122223333:role/b']")),
                // A name that both have is written once.
                new Row(
                        List.of(
                                A,
                                B.replace(
                                        "'arn:aws:iam::111122223333:role/a'",
                                        "['arn:aws:iam::111122223333:role/b','arn:aws:iam::111122223333:role/a']")),
                        Merge.Difference.PRINCIPAL,
                        A.replace(
                                "'arn:aws:iam::111122223333:role/a'",
                                "['arn:aws:iam::111122223333:role/a','arn:aws:iam::111122223333:role/b']")),
                new Row(
                        List.of(
                                A,
                                B.replace(
                                        "{'AWS':'arn:aws:iam::111122223333:role/a'}",
                                        "{'Service':'sns.amazonaws.com'}")),
                        Merge.Difference.PRINCIPAL,
                        A.replace("role/a'}", "role/a','Service':'sns.amazonaws.com'}")),
                new Row(
                        List.of(A, B.replace("kms:Decrypt", "kms:Encrypt")),
                        Merge.Difference.ACTION,
                        A.replace("'kms:Decrypt'", "['kms:Decrypt','kms:Encrypt']")),
                // Without a Sid, and with white space, which does not count.
                new Row(
                        List.of(A, B.replace("'Sid':'B',", " \n").replace("role/a", "role/b")),
                        Merge.Difference.PRINCIPAL,
                        A.replace(
                                "'arn:aws:iam::111122223333:role/a'",
                                "['arn:aws:iam::111122223333:role/a','arn:aws:iam::111122223333:role/b']")),
                none(A),
                none(A, B.replace("role/a", "role/b").replace("Decrypt", "Encrypt")),
                // Another condition is another statement.
                none(
                        A,
                        B.replace(
                                "'*'", "'*','Condition':{'Bool':{'aws:SecureTransport':'true'}}")),
                // A Deny takes away; people should think twice.
                none(A.replace("Allow", "Deny"), B.replace("Allow", "Deny")),
                // With NotPrincipal or NotAction, two together give more than one with both names.
                none(
                        A.replace("'Principal'", "'NotPrincipal'"),
                        B.replace("'Principal'", "'NotPrincipal'").replace("role/a", "role/b")),
                none(
                        A.replace("'Action'", "'NotAction'"),
                        B.replace("'Action'", "'NotAction'").replace("Decrypt", "Encrypt")),
                // What is not understood, or names the deleted, is somebody's to mend first.
                none(A.replace("'*'", "'*','Owner':'me'"), B.replace("'*'", "'*','Owner':'me'")),
                none(
                        A.replace("arn:aws:iam::111122223333:role/a", "AROA0123456789ABCDEFG"),
                        B.replace("arn:aws:iam::111122223333:role/a", "AROA0123456789ABCDEFG")));
    }

    private static String text(List<String> statements) {
        return ("{'Version':'2012-10-17','Statement':[" + String.join(",", statements) + "]}")
                .replace('\'', '"');
    }

    private static KeyPolicy policy(List<String> statements) {
        return KeyPolicy.read(text(statements));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void one_statement_for_several(Row row) {
        KeyPolicy policy = policy(row.statements());
        List<Merge> found = Merge.in(policy, _ -> true);
        if (row.merged().isEmpty()) {
            assertThat(found).isEmpty();
            return;
        }
        assertThat(found)
                .singleElement()
                .satisfies(merge -> {
                    assertThat(merge.statements()).isEqualTo(policy.statements());
                    assertThat(merge.difference()).isEqualTo(row.difference());
                    assertThat(merge.saves())
                            .isEqualTo(
                                    policy.shortestLength()
                                            - policy(List.of(row.merged())).shortestLength());
                });
    }

    @Test
    void no_row_disappears() {
        assertThat(rows()).hasSize(15).doesNotHaveDuplicates();
    }

    @Test
    void the_largest_saving_comes_first_and_no_statement_is_counted_twice() {
        String onlyTls = "'*','Condition':{'Bool':{'aws:SecureTransport':'true'}}";
        List<String> statements =
                List.of(
                        A.replace("'A'", "'S1'").replace("'*'", onlyTls),
                        A.replace("'A'", "'S2'")
                                .replace("'*'", onlyTls)
                                .replace("role/a", "role/b"),
                        A,
                        B,
                        B.replace("'B'", "'C'").replace("Decrypt", "Encrypt"),
                        // Differs from A in the Principal, but A goes with B and C already.
                        B.replace("'B'", "'D'").replace("role/a", "role/b"));
        List<Merge> found = Merge.in(policy(statements), _ -> true);
        assertThat(found.stream().map(MergeTest::labels)).containsExactly("A B C", "S1 S2");
        assertThat(found.getFirst().saves()).isGreaterThan(found.getLast().saves());
    }

    @Test
    void only_candidates_are_merged() {
        KeyPolicy policy = policy(List.of(A, B, B.replace("'B'", "'C'")));
        assertThat(Merge.in(policy, statement -> !statement.label().equals("B")))
                .singleElement()
                .satisfies(merge -> assertThat(labels(merge)).isEqualTo("A C"));
    }

    private static String labels(Merge merge) {
        return merge.statements().stream().map(Statement::label).collect(Collectors.joining(" "));
    }
}
