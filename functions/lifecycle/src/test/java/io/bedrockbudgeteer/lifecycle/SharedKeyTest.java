package io.bedrockbudgeteer.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.json.JsonReader;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.testing.Scenario;
import io.bedrockbudgeteer.lifecycle.KeyState.Holding;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The key belongs to somebody else, and other stacks and people write its policy too.
class SharedKeyTest {
    private static final String THEIRS =
            "{\"Sid\":\"Theirs\",\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ses.amazonaws.com\"},\"Action\":\"kms:Decrypt\",\"Resource\":\"*\",\"Condition\":{\"StringEquals\":{\"aws:SourceAccount\":\"111122223333\"}}}";

    private final Account account = new Account();
    private final String key = account.newKey();
    private final Stack stack = account.newStack("app");
    private final Template grants = Template.grants(key, "app");

    @AfterEach
    void close() {
        account.close();
    }

    private Holding holding(Stack of) {
        return account.key(key).holdingOf(of);
    }

    /// The policy with one more statement of somebody else.
    private static String withTheirs(String policy) {
        return policy.substring(0, policy.lastIndexOf(']')) + "," + THEIRS + "]}";
    }

    private List<String> labels() {
        return account.key(key).policy().statements().stream().map(s -> s.label()).toList();
    }

    @Test
    @Scenario("K1")
    void what_is_missing_is_added_once_and_every_other_statement_is_sent_back_byte_for_byte() {
        List<String> before = account.key(key).foreign();
        stack.create(grants);
        assertThat(account.aws.kms.puts()).hasSize(1);
        List<String> sent =
                KeyPolicy.read(account.aws.kms.puts().getFirst()).statements().stream()
                        .map(s -> s.text())
                        .toList();
        assertThat(sent).startsWith(before.toArray(new String[0]));
        assertThat(account.key(key).foreign()).isEqualTo(before);
        assertThat(holding(stack)).isEqualTo(Holding.FULL);
    }

    @Test
    @Scenario("K3")
    void two_stacks_on_one_key_have_sids_of_their_own_and_the_delete_of_one_leaves_the_other() {
        Stack other = account.newStack("other");
        stack.create(grants);
        other.create(Template.grants(key, "other"));
        assertThat(account.key(key).ours()).isEqualTo(2L * Template.PURPOSES.size());
        assertThat(labels()).doesNotHaveDuplicates();
        stack.delete();
        assertThat(holding(stack)).isEqualTo(Holding.NONE);
        assertThat(holding(other)).isEqualTo(Holding.FULL);
        other.delete();
        assertThat(account.isAsBefore(key)).isTrue();
    }

    @Test
    @Scenario("K4")
    void a_statement_that_somebody_adds_between_the_plan_and_the_put_is_kept() {
        String planned = account.aws.kms.policy(key);
        account.aws.kms.staleReads(planned, planned); // the plan is made on these
        account.aws.kms.policy(key, withTheirs(planned));
        assertThat(stack.create(grants)).isTrue();
        assertThat(labels()).contains("Theirs");
        assertThat(holding(stack)).isEqualTo(Holding.FULL);
    }

    @Test
    @Scenario("K4")
    void a_writer_who_undoes_our_put_with_his_own_is_noticed_and_merged_with() {
        String read = account.aws.kms.policy(key);
        account.aws.kms.afterPut(_ -> withTheirs(read));
        assertThat(stack.create(grants)).isTrue();
        assertThat(account.aws.kms.puts()).hasSize(2);
        assertThat(labels()).contains("Theirs");
        assertThat(holding(stack)).isEqualTo(Holding.FULL);
    }

    @Test
    @Scenario("K4")
    void a_writer_who_never_stops_ends_in_a_failure_that_leaves_his_policy() {
        String theirs = withTheirs(account.aws.kms.policy(key));
        for (int i = 0; i < 100; i++) {
            String edit = theirs.replace("\"theirs\"", "\"theirs-" + i + "\"");
            account.aws.kms.afterPut(_ -> edit);
        }
        assertThat(stack.create(grants)).isFalse();
        assertThat(stack.sent(Guard.GRANTS).get(0).answer().reason()).startsWith("POL012 error");
        assertThat(labels()).contains("Theirs");
        assertThat(holding(stack)).isEqualTo(Holding.NONE);
    }

    // What a library that models policies would lose or change.
    @Test
    @Scenario("K9")
    void odd_but_valid_statements_keep_their_elements_types_and_shapes() {
        String odd =
                JsonText.pretty(
                        JsonReader.read(
                                """
                                {"Version": "2012-10-17", "Id": "2019", "Statement": [
                                  {"Sid": "Root", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "kms:*", "Resource": "*"},
                                  {"Sid": "Odd", "Comment": "kept", "Effect": "Allow", "Principal": {"AWS": ["arn:aws:iam::111122223333:root"]}, "Action": ["kms:Decrypt"], "Resource": ["*"],
                                   "Condition": {"Bool": {"aws:SecureTransport": true}, "NumericLessThan": {"aws:MultiFactorAuthAge": 1.50e3}, "StringEquals": {"kms:ViaService": []}}}]}
                                """));
        account.aws.kms.policy(key, odd);
        List<String> before = account.key(key).foreign();
        stack.create(grants);
        assertThat(stack.sent(Guard.GRANTS).get(0).answer().reason()).isEmpty();
        assertThat(account.key(key).foreign()).isEqualTo(before);
        assertThat(account.aws.kms.puts().getFirst()).contains("1.50e3");
        assertThat(stack.delete()).isTrue();
        assertThat(account.key(key).policy().text()).isEqualTo(odd);
    }
}
