package io.bedrockbudgeteer.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.testing.AnswerEndpoint.Answer;
import io.bedrockbudgeteer.keyguard.testing.Scenario;
import io.bedrockbudgeteer.lifecycle.KeyState.Holding;
import io.bedrockbudgeteer.lifecycle.Stack.Reversal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RollbackTest {
    private static final List<String> ATTRIBUTES =
            List.of("KeyArn", "Sids", "PolicySha256", "Changed", "Findings");

    private final Account account = new Account();
    private final String key = account.newKey();
    private final String otherKey = account.newKey();
    private final Stack stack = account.newStack("app");
    private final Template grants = Template.grants(key, "app");

    @AfterEach
    void close() {
        account.close();
    }

    private Holding holding(String keyArn) {
        return account.key(keyArn).holdingOf(stack);
    }

    private List<String> events() {
        return stack.sent(Guard.GRANTS).stream().map(sent -> sent.event().type()).toList();
    }

    @Test
    @Scenario("L4")
    void an_update_that_fails_keeps_the_old_id_and_no_delete_comes() {
        stack.create(grants);
        String id = stack.physicalId(Guard.GRANTS);
        account.aws.kms.remove(otherKey);
        assertThat(stack.update(Template.grants(otherKey, "app"))).isFalse();
        Answer failed = stack.sent(Guard.GRANTS).get(1).answer();
        assertThat(failed.isSuccess()).isFalse();
        assertThat(failed.physicalId()).isEqualTo(id);
        assertThat(events()).containsExactly("Create", "Update", "Update");
        assertThat(stack.status()).isEqualTo("UPDATE_ROLLBACK_COMPLETE");
        assertThat(holding(key)).isEqualTo(Holding.FULL);
    }

    @Test
    @Scenario("L5")
    void the_way_back_succeeds_on_a_key_that_was_disabled_meanwhile() {
        Template all = Template.all(key, "app");
        stack.create(all);
        StackUpdate update =
                stack.begin(
                        all.with(Guard.CHECK, Map.of("Recheck", "2"))
                                .with(Guard.GRANTS, Map.of("Recheck", "2")));
        account.aws.kms.set(key, "KeyState", "Disabled");
        update.rollBack(Reversal.UPDATE);
        assertThat(stack.status()).isEqualTo("UPDATE_ROLLBACK_COMPLETE");
        assertThat(holding(key)).isEqualTo(Holding.FULL);
    }

    @Test
    @Scenario("L5")
    void the_way_back_succeeds_with_all_attributes_when_the_old_properties_do_not_hold_any_more() {
        stack.create(grants);
        String id = stack.physicalId(Guard.GRANTS);
        account.aws.kms.remove(key);
        stack.status("UPDATE_ROLLBACK_IN_PROGRESS");
        Answer back = account.sample("update-rollback.json", id);
        assertThat(back.isSuccess()).isTrue();
        assertThat(back.physicalId()).isEqualTo(id);
        assertThat(back.data()).containsOnlyKeys(ATTRIBUTES.toArray(new String[0]));
        assertThat(String.valueOf(back.data().get("Findings")))
                .contains("ignored in the roll-back");
    }

    @Test
    @Scenario("L15")
    void properties_of_an_older_version_are_tolerated_wherever_they_are_only_left_behind() {
        stack.create(grants);
        String id = stack.physicalId(Guard.GRANTS);
        int puts = account.aws.kms.puts().size();
        Answer updated = account.sample("update-old-property-format.json", id);
        assertThat(updated.reason()).isEmpty();
        assertThat(updated.physicalId()).isEqualTo(id);

        Map<String, Object> old = Map.of("KmsKeyArn", key, "PatchKeyPolicy", "true");
        Map<String, Object> present = stack.live(Guard.GRANTS).orElseThrow().properties();
        stack.status("UPDATE_ROLLBACK_IN_PROGRESS");
        assertThat(
                        stack.send(
                                        "Update",
                                        Guard.GRANTS,
                                        id,
                                        /* properties= */ old,
                                        /* old= */ present)
                                .isSuccess())
                .isTrue();
        stack.status("DELETE_IN_PROGRESS");
        assertThat(stack.send("Delete", Guard.GRANTS, id, old, Map.of()).isSuccess()).isTrue();
        assertThat(account.aws.kms.puts()).hasSize(puts);
    }

    @Test
    @Scenario("L17")
    void a_child_stack_cleans_up_only_when_its_parent_is_done_and_goes_back_with_it() {
        stack.create(grants);
        StackUpdate child = stack.begin(Template.grants(otherKey, "app"));
        assertThat(child.isDone()).isTrue();
        assertThat(events()).as("until the parent is done").containsExactly("Create", "Update");
        assertThat(holding(key)).isEqualTo(Holding.FULL);
        child.rollBack(Reversal.UPDATE);
        assertThat(events()).containsExactly("Create", "Update", "Update", "Delete");
        assertThat(holding(key)).isEqualTo(Holding.FULL);
        assertThat(account.isAsBefore(otherKey)).isTrue();

        StackUpdate inPlace = stack.begin(grants.with(Guard.GRANTS, Map.of("Recheck", "2")));
        inPlace.rollBack(Reversal.UPDATE);
        assertThat(holding(key)).isEqualTo(Holding.FULL);

        stack.begin(Template.grants(otherKey, "app")).complete();
        assertThat(holding(key)).isEqualTo(Holding.DECRYPT);
        assertThat(holding(otherKey)).isEqualTo(Holding.FULL);
    }
}
