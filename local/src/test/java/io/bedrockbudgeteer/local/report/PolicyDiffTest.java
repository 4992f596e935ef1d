package io.bedrockbudgeteer.local.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PolicyDiffTest {
    private static final String A = "{\"Sid\":\"A\",\"Action\":[\"kms:Encrypt\"]}";
    private static final String A2 = "{\"Sid\":\"A\",\"Action\":[\"kms:Encrypt\",\"kms:Decrypt\"]}";
    private static final String B = "{\"Sid\":\"B\",\"Action\":\"kms:*\"}";
    private static final String NAMELESS = "{\"Action\":\"kms:DescribeKey\"}";

    private static String policy(String... statements) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[" + String.join(",", statements) + "]}";
    }

    @Test
    void the_order_of_statements_does_not_count() {
        assertThat(PolicyDiff.of(policy(A, B), policy(B, A)).isEmpty()).isTrue();
    }

    @Test
    void added_removed_and_changed_are_told_apart() {
        PolicyDiff diff = PolicyDiff.of(policy(A, NAMELESS), policy(A2, B));

        assertThat(diff.counts()).isEqualTo("1 added, 1 changed, 1 removed, 0 unchanged");
        assertThat(diff.lines())
                .contains(
                        "+   \"Sid\": \"B\",",
                        "+     \"kms:Decrypt\"",
                        "-   \"Action\": \"kms:DescribeKey\"")
                .contains("    \"Sid\": \"A\",");
    }

    @Test
    void equal_statements_are_counted_one_by_one() {
        PolicyDiff diff = PolicyDiff.of(policy(B, B), policy(B));

        assertThat(diff.counts()).isEqualTo("0 added, 0 changed, 1 removed, 1 unchanged");
    }

    @Test
    void no_policy_before_means_that_everything_is_new() {
        assertThat(PolicyDiff.of("", policy(A)).counts())
                .isEqualTo("1 added, 0 changed, 0 removed, 0 unchanged");
    }

    @Test
    void a_single_statement_need_not_be_a_list() {
        assertThat(PolicyDiff.of("{\"Statement\":" + A + "}", policy(A)).isEmpty()).isTrue();
    }
}
