package io.bedrockbudgeteer.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.json.JsonReader;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a guard asks AWS for when nothing has to change, which is most of the time. Every call
/// counts: it takes time, and the quotas are the whole account's.
class ApiCallsTest {
    private static final List<String> ONE_ROLE =
            List.of(
                    "iam:GetRole",
                    "iam:ListRolePolicies",
                    "iam:GetRolePolicy",
                    "iam:ListAttachedRolePolicies");
    private static final String NO_DELEGATION =
            JsonText.pretty(
                    JsonReader.read(
                            """
                            {"Version": "2012-10-17", "Statement": [
                              {"Sid": "Administrators", "Effect": "Allow", "Principal": {"AWS": ["arn:aws:iam::111122223333:role/bedrock-budgeteer-key-grants"]},
                               "Action": ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:PutKeyPolicy", "kms:ListGrants"], "Resource": "*"}]}
                            """));

    private final Account account = new Account();
    private final String key = account.newKey();
    private final Stack stack = account.newStack("app");
    private final Template all = Template.all(key, "app");

    @AfterEach
    void close() {
        account.close();
    }

    private Template withRole() {
        return Template.grants(key, "app")
                .with(
                        Guard.GRANTS,
                        Map.of("RoleArns", Map.of("LambdaExecution", account.role("app-lambda"))));
    }

    private void create(Template template) {
        boolean done = stack.create(template);
        assertThat(done).as(stack.sent(Guard.GRANTS).getFirst().answer().reason()).isTrue();
    }

    /// What a guard calls when it is asked once more for what is there.
    private List<String> again(Guard guard, Template template) {
        account.aws.forgetCalls();
        assertThat(stack.update(template.with(guard, Map.of("Recheck", "again")))).isTrue();
        return account.aws.calls();
    }

    private static List<String> joined(List<String> first, List<String> second) {
        List<String> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }

    @Test
    void a_key_check_describes_the_key_and_reads_its_rotation_and_its_policy() {
        stack.create(all);
        assertThat(again(Guard.CHECK, all))
                .containsExactly("kms:DescribeKey", "kms:GetKeyRotationStatus", "kms:GetKeyPolicy");
    }

    @Test
    void grants_that_stand_take_one_look_at_the_policy() {
        stack.create(all);
        assertThat(again(Guard.GRANTS, all)).containsExactly("kms:GetKeyPolicy");
    }

    @Test
    void a_role_that_the_key_leaves_to_iam_is_read_and_nothing_else() {
        stack.create(withRole());
        assertThat(again(Guard.GRANTS, withRole()))
                .containsExactlyElementsOf(joined(List.of("kms:GetKeyPolicy"), ONE_ROLE));
    }

    @Test
    void grants_are_listed_when_a_role_is_not_allowed_what_it_needs_without_them() {
        account.aws.kms.policy(key, NO_DELEGATION);
        create(withRole());
        assertThat(account.aws.count("kms:ListGrants")).isEqualTo(1);
    }

    @Test
    void iam_is_not_read_again_for_a_key_that_does_not_leave_access_to_it() {
        account.aws.kms.policy(key, NO_DELEGATION);
        create(withRole());
        assertThat(account.aws.count("iam:GetRole")).isGreaterThan(1);
        assertThat(again(Guard.GRANTS, withRole())).containsExactly("kms:GetKeyPolicy");
    }

    @Test
    void iam_is_read_for_such_a_key_when_a_statement_of_a_role_is_gone() {
        account.aws.kms.policy(key, NO_DELEGATION);
        create(withRole());
        account.aws.kms.policy(key, NO_DELEGATION);
        assertThat(again(Guard.GRANTS, withRole())).contains("iam:GetRole", "kms:PutKeyPolicy");
    }

    @Test
    void a_create_that_adds_statements_reads_its_own_role_once_and_puts_once() {
        assertThat(stack.create(Template.grants(key, "app"))).isTrue();
        assertThat(account.aws.count("kms:PutKeyPolicy")).isEqualTo(1);
        assertThat(account.aws.count("kms:ListGrants")).isZero();
        assertThat(account.aws.count("iam:GetRole")).isEqualTo(1);
        // The look, the round's, the one before the put, five that say the same after it, and one
        // after the settle time.
        assertThat(account.aws.count("kms:GetKeyPolicy")).isEqualTo(9);
    }

    @Test
    void an_alarm_is_put_as_it_is_wanted_and_read_back() {
        stack.create(all);
        assertThat(again(Guard.ALARM, all))
                .containsExactly("cloudwatch:PutMetricAlarm", "cloudwatch:DescribeAlarms");
    }

    @Test
    void no_guard_puts_a_key_policy_when_nothing_has_to_change() {
        stack.create(all);
        for (Guard guard : Guard.values())
            assertThat(again(guard, all))
                    .as(guard.toString())
                    .isNotEmpty()
                    .doesNotContain("kms:PutKeyPolicy");
    }
}
