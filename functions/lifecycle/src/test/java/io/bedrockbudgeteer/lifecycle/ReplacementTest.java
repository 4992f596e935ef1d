package io.bedrockbudgeteer.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.plan.OwnStatement;
import io.bedrockbudgeteer.keyguard.testing.AwsError;
import io.bedrockbudgeteer.keyguard.testing.Scenario;
import io.bedrockbudgeteer.lifecycle.KeyState.Holding;
import io.bedrockbudgeteer.lifecycle.Stack.Reversal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Another key is another thing: CloudFormation replaces the resource and deletes the old one in
/// the end.
class ReplacementTest {
    private static final Map<String, String> REMOVE = Map.of("OnKeyChange", "Remove");

    private final Account account = new Account();
    private final String oldKey = account.newKey();
    private final String newKey = account.newKey();
    private final Stack stack = account.newStack("app");
    private final Stack neighbour = account.newStack("neighbour");

    @BeforeEach
    void share() {
        neighbour.create(Template.grants(oldKey, "neighbour"));
    }

    @AfterEach
    void close() {
        assertThat(account.key(oldKey).holdingOf(neighbour)).isEqualTo(Holding.FULL);
        account.close();
    }

    private Template with(String key) {
        return Template.grants(key, "app");
    }

    private void assertHoldings(Holding onTheOldKey, Holding onTheNewKey) {
        assertThat(account.key(oldKey).holdingOf(stack)).isEqualTo(onTheOldKey);
        assertThat(account.key(newKey).holdingOf(stack)).isEqualTo(onTheNewKey);
    }

    private List<String> events() {
        return stack.sent(Guard.GRANTS).stream()
                .map(sent -> sent.event().type() + " " + sent.event().physicalId())
                .toList();
    }

    @Test
    @Scenario("L2")
    void the_old_key_is_left_alone_until_the_clean_up_which_takes_only_ours_out() {
        stack.create(with(oldKey).with(Guard.GRANTS, REMOVE));
        String oldId = stack.physicalId(Guard.GRANTS);
        String before = account.aws.kms.policy(oldKey);
        StackUpdate update = stack.begin(with(newKey).with(Guard.GRANTS, REMOVE));
        assertThat(stack.physicalId(Guard.GRANTS)).isNotEqualTo(oldId);
        assertThat(account.aws.kms.policy(oldKey)).isEqualTo(before);
        assertHoldings(Holding.FULL, Holding.FULL);

        update.complete();
        assertThat(events()).containsExactly("Create ", "Update " + oldId, "Delete " + oldId);
        assertThat(stack.sent(Guard.GRANTS).getLast().event().properties())
                .containsEntry("KeyArn", oldKey);
        assertHoldings(Holding.NONE, Holding.FULL);
    }

    @Test
    @Scenario({"L2", "X6"})
    void what_was_encrypted_under_the_old_key_stays_readable_unless_that_is_not_wanted() {
        stack.create(with(oldKey));
        List<String> readers = readers();
        assertThat(readers).isNotEmpty();
        stack.update(with(newKey));
        assertHoldings(Holding.DECRYPT, Holding.FULL);
        assertThat(readers()).isEqualTo(readers);
        stack.delete();
        assertHoldings(Holding.DECRYPT, Holding.NONE);

        Stack careless = account.newStack("careless");
        careless.create(Template.grants(oldKey, "careless").with(Guard.GRANTS, REMOVE));
        careless.update(Template.grants(newKey, "careless").with(Guard.GRANTS, REMOVE));
        assertThat(account.key(oldKey).holdingOf(careless)).isEqualTo(Holding.NONE);
    }

    /// Purposes of the statements that let somebody decrypt.
    private List<String> readers() {
        return account.key(oldKey).of(stack).stream()
                .filter(own -> own.statement().text().contains("kms:Decrypt"))
                .map(OwnStatement::purpose)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Reversal.class)
    @Scenario("L3")
    void a_replacement_that_is_rolled_back_leaves_the_new_key_as_it_was(Reversal reversal) {
        stack.create(with(oldKey));
        String oldId = stack.physicalId(Guard.GRANTS);
        assertThat(stack.update(with(newKey).failing(), reversal)).isFalse();
        assertThat(stack.status()).isEqualTo("UPDATE_ROLLBACK_COMPLETE");
        assertThat(stack.physicalId(Guard.GRANTS)).isEqualTo(oldId);
        assertThat(events().getLast()).startsWith("Delete ").isNotEqualTo("Delete " + oldId);
        assertHoldings(Holding.FULL, Holding.NONE);
        assertThat(account.isAsBefore(newKey)).isTrue();
    }

    @Test
    @Scenario("L12")
    void a_clean_up_that_fails_three_times_leaves_an_orphan_that_harms_nobody_and_is_recognised() {
        stack.create(with(oldKey).with(Guard.GRANTS, REMOVE));
        StackUpdate update = stack.begin(with(newKey).with(Guard.GRANTS, REMOVE));
        account.aws.fail("kms:PutKeyPolicy", 3, AwsError.accessDenied("no"));
        update.complete();
        assertThat(stack.status()).isEqualTo("UPDATE_COMPLETE");
        assertThat(stack.sent(Guard.GRANTS).stream().filter(s -> s.event().type().equals("Delete")))
                .hasSize(3)
                .noneMatch(sent -> sent.answer().isSuccess());
        assertHoldings(Holding.FULL, Holding.FULL);

        Stack third = account.newStack("third");
        assertThat(third.create(Template.grants(oldKey, "third"))).isTrue();
        assertThat(third.delete()).isTrue();
        assertThat(stack.update(with(oldKey).with(Guard.GRANTS, REMOVE))).isTrue();
        assertHoldings(Holding.FULL, Holding.NONE);
    }

    @Test
    @Scenario("X2")
    void the_way_back_from_a_replacement_that_failed_takes_ours_out_of_the_other_key() {
        stack.create(with(oldKey));
        Stack.Live before = stack.live(Guard.GRANTS).orElseThrow();
        Map<String, Object> wanted = stack.resolved(Guard.GRANTS, with(newKey));
        stack.status("UPDATE_IN_PROGRESS");
        // Its answer comes too late; CloudFormation goes back on the id that it knows.
        stack.send("Update", Guard.GRANTS, before.physicalId(), wanted, before.properties());
        assertHoldings(Holding.FULL, Holding.FULL);
        stack.status("UPDATE_ROLLBACK_IN_PROGRESS");
        assertThat(
                        stack.send(
                                        "Update",
                                        Guard.GRANTS,
                                        before.physicalId(),
                                        before.properties(),
                                        wanted)
                                .physicalId())
                .isEqualTo(before.physicalId());
        assertHoldings(Holding.FULL, Holding.NONE);
        assertThat(account.isAsBefore(newKey)).isTrue();
    }
}
