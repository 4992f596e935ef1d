package io.bedrockbudgeteer.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.testing.AnswerEndpoint.Answer;
import io.bedrockbudgeteer.keyguard.testing.AwsError;
import io.bedrockbudgeteer.keyguard.testing.Scenario;
import io.bedrockbudgeteer.lifecycle.KeyState.Holding;
import io.bedrockbudgeteer.lifecycle.Stack.Cancelled;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreateAndDeleteTest {
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

    @Test
    @Scenario("L1")
    void a_resource_has_one_id_from_its_create_to_its_delete() {
        Template all = Template.all(key, "app");
        assertThat(stack.create(all)).isTrue();
        String id = stack.physicalId(Guard.GRANTS);
        assertThat(stack.update(all.with(Guard.GRANTS, Map.of("Recheck", "2")))).isTrue();
        assertThat(holding(stack)).isEqualTo(Holding.FULL);
        assertThat(stack.delete()).isTrue();
        assertThat(stack.sent(Guard.GRANTS))
                .extracting(sent -> sent.event().type() + " " + sent.answer().physicalId())
                .containsExactly("Create " + id, "Update " + id, "Delete " + id);
        assertThat(account.isAsBefore(key)).isTrue();
        assertThat(account.aws.cloudWatch.alarms()).isEmpty();
        assertThat(account.aws.ssm.names()).isEmpty();
    }

    @Test
    @Scenario("L6")
    void a_create_that_fails_half_way_leaves_nothing_behind() {
        account.aws.fail(
                "cloudwatch:PutMetricAlarm", 1, new AwsError(403, "AccessDenied", "not allowed"));
        assertThat(stack.create(Template.all(key, "app"))).isFalse();
        assertThat(stack.status()).isEqualTo("ROLLBACK_COMPLETE");
        List<Stack.Sent> alarm = stack.sent(Guard.ALARM);
        assertThat(alarm)
                .extracting(sent -> sent.event().type())
                .containsExactly("Create", "Delete");
        assertThat(alarm.get(0).answer().isSuccess()).isFalse();
        assertThat(alarm.get(1).event().physicalId()).isEqualTo(alarm.get(0).answer().physicalId());
        assertThat(stack.sent(Guard.GRANTS).get(0).answer().data())
                .containsEntry("Changed", "true");
        assertThat(account.isAsBefore(key)).isTrue();
    }

    @Test
    @Scenario("L7")
    void the_delete_after_a_create_that_was_refused_calls_nobody() {
        stack.create(grants.with(Guard.GRANTS, Map.of("KeyArn", "alias/not-an-arn")));
        Answer refused = stack.sent(Guard.GRANTS).get(0).answer();
        assertThat(refused.isSuccess()).isFalse();
        account.aws.forgetCalls();
        Answer gone = account.sample("delete-after-invalid-create.json", refused.physicalId());
        assertThat(gone.isSuccess()).isTrue();
        assertThat(gone.physicalId()).isEqualTo(refused.physicalId());
        assertThat(account.aws.calls()).isEmpty();
    }

    @Test
    @Scenario("L8")
    void a_delete_with_a_made_up_id_takes_out_what_stack_and_logical_id_own_and_nothing_else() {
        stack.status("ROLLBACK_IN_PROGRESS");
        String file = "delete-of-never-created-made-up-id.json";
        Answer early = account.sample(file, "");
        assertThat(early.isSuccess()).isTrue();
        assertThat(early.physicalId()).isEqualTo("app-KeyGrants-1A2B3C4D5E6F");
        assertThat(account.aws.kms.puts()).isEmpty();

        Stack other = account.newStack("other");
        other.create(Template.grants(key, "other"));
        stack.create(grants);
        stack.status("ROLLBACK_IN_PROGRESS");
        assertThat(account.sample(file, "").isSuccess()).isTrue();
        assertThat(holding(stack)).isEqualTo(Holding.NONE);
        assertThat(holding(other)).isEqualTo(Holding.FULL);
    }

    @ParameterizedTest
    @EnumSource(Cancelled.class)
    @Scenario("L9")
    void a_create_that_is_cancelled_leaves_nothing_behind_whoever_comes_first(Cancelled when) {
        stack.createCancelled(grants, Guard.GRANTS, when);
        assertThat(stack.status()).isEqualTo("ROLLBACK_COMPLETE");
        assertThat(account.isAsBefore(key)).isTrue();
    }

    @Test
    @Scenario("L9")
    void a_create_that_is_overtaken_by_the_deletion_of_its_stack_leaves_nothing_behind() {
        account.aws.kms.beforePut(stack::delete);
        stack.create(grants);
        assertThat(stack.sent(Guard.GRANTS).get(0).answer().reason())
                .contains("taken out of the key policy again");
        assertThat(account.isAsBefore(key)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PendingDeletion", "PendingReplicaDeletion", "gone"})
    @Scenario("L10")
    void a_key_that_is_gone_or_going_needs_no_write(String state) {
        stack.create(grants);
        int puts = account.aws.kms.puts().size();
        if (state.equals("gone")) account.aws.kms.remove(key);
        else account.aws.kms.set(key, "KeyState", state);
        assertThat(stack.delete()).isTrue();
        assertThat(account.aws.kms.puts()).hasSize(puts);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kms:PutKeyPolicy", "kms:GetKeyPolicy"})
    @Scenario("L11")
    void a_refused_delete_names_the_manual_step_and_retaining_the_resource_is_the_way_around_it(
            String operation) {
        stack.create(grants);
        String words = "User: x is not authorized to perform: " + operation;
        account.aws.fail(operation, 1, AwsError.accessDenied(words));
        assertThat(stack.delete()).isFalse();
        assertThat(stack.status()).isEqualTo("DELETE_FAILED");
        assertThat(stack.lastAnswer().reason())
                .contains(words)
                .contains("By hand: take the statements whose Sid begins with BedrockBudgeteer")
                .contains(key)
                .contains("retain this resource");
        assertThat(holding(stack)).isEqualTo(Holding.FULL);
        stack.retain(Guard.GRANTS);
        assertThat(stack.delete()).isTrue();
    }

    @Test
    @Scenario("L16")
    void a_retained_resource_gets_no_delete_and_its_statements_stay() {
        stack.create(grants);
        stack.retain(Guard.GRANTS);
        assertThat(stack.delete()).isTrue();
        assertThat(stack.sent(Guard.GRANTS)).hasSize(1);
        assertThat(holding(stack)).isEqualTo(Holding.FULL);
    }

    @Test
    @Scenario("K15")
    void a_deleted_stack_takes_its_statements_along_unless_it_is_told_to_keep_them() {
        stack.create(grants);
        stack.delete();
        assertThat(account.isAsBefore(key)).isTrue();

        Stack keeping = account.newStack("keeping");
        keeping.create(
                Template.grants(key, "keeping").with(Guard.GRANTS, Map.of("OnDelete", "Keep")));
        assertThat(keeping.delete()).isTrue();
        assertThat(holding(keeping)).isEqualTo(Holding.FULL);
    }

    @Test
    @Scenario("X4")
    void a_delete_without_properties_succeeds_and_logs_that_nothing_could_be_located() {
        stack.create(grants);
        stack.status("DELETE_IN_PROGRESS");
        account.aws.forgetCalls();
        Answer gone =
                account.sample("delete-without-properties.json", stack.physicalId(Guard.GRANTS));
        assertThat(gone.isSuccess()).isTrue();
        assertThat(account.aws.calls()).isEmpty();
        assertThat(account.log()).contains("nothing-located");
    }

    @Test
    @Scenario("X5")
    void the_text_false_is_not_taken_for_true() {
        String blocked =
                Account.FOREIGN.replaceFirst(
                        "\\[\\s*\\{",
                        "[{\"Sid\":\"Gone\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"AROAABCDEFGHIJKLMNOPQ\"},\"Action\":\"kms:Decrypt\",\"Resource\":\"*\"},{");
        account.aws.kms.policy(key, blocked);
        Answer refused = account.sample("create-booleans-as-strings.json", "");
        assertThat(refused.reason()).startsWith("POL003 error");
        assertThat(account.aws.kms.puts()).isEmpty();
        assertThat(stack.create(grants.with(Guard.GRANTS, Map.of("RepairPolicy", "yes"))))
                .isFalse();
        assertThat(account.aws.kms.policy(key)).isEqualTo(blocked);
        assertThat(stack.create(grants.with(Guard.GRANTS, Map.of("RepairPolicy", "true"))))
                .isTrue();
        assertThat(account.aws.kms.policy(key)).doesNotContain("AROA");
    }
}
