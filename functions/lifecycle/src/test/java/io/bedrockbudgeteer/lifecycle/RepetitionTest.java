package io.bedrockbudgeteer.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.testing.AnswerEndpoint.Answer;
import io.bedrockbudgeteer.keyguard.testing.Scenario;
import io.bedrockbudgeteer.lifecycle.KeyState.Holding;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What comes twice, and what comes without need.
class RepetitionTest {
    private final Account account = new Account();
    private final String key = account.newKey();
    private final Stack stack = account.newStack("app");
    private final Template grants = Template.grants(key, "app");

    @AfterEach
    void close() {
        account.close();
    }

    private Holding holding() {
        return account.key(key).holdingOf(stack);
    }

    private int puts() {
        return account.aws.kms.puts().size();
    }

    @Test
    @Scenario("L13")
    void an_update_of_the_service_time_out_alone_writes_nothing_and_keeps_the_id() {
        stack.create(grants);
        int puts = puts();
        String id = stack.physicalId(Guard.GRANTS);
        stack.status("UPDATE_IN_PROGRESS");
        Answer answer = account.sample("update-service-timeout-only.json", id);
        assertThat(answer.reason()).isEmpty();
        assertThat(answer.physicalId()).isEqualTo(id);
        assertThat(answer.data()).containsEntry("Changed", "false");
        assertThat(puts()).isEqualTo(puts);
    }

    @Test
    @Scenario("L14")
    void a_drifted_policy_brings_no_event_until_the_recheck_property_changes() {
        stack.create(grants);
        account.aws.kms.policy(key, Account.FOREIGN);
        assertThat(stack.update(grants)).isTrue();
        assertThat(stack.sent(Guard.GRANTS)).hasSize(1);
        assertThat(holding()).isEqualTo(Holding.NONE);
        assertThat(stack.update(grants.with(Guard.GRANTS, Map.of("Recheck", "2")))).isTrue();
        assertThat(holding()).isEqualTo(Holding.FULL);
    }

    @ParameterizedTest
    @EnumSource(
            value = Delivery.class,
            names = {"ANSWER_LOST", "ANSWER_LOST_TWICE"})
    @Scenario("L18")
    void a_second_run_of_an_event_whose_answer_was_lost_writes_nothing_and_delivers(
            Delivery delivery) {
        stack.delivering(delivery);
        assertThat(stack.create(grants)).isTrue();
        assertThat(puts()).isEqualTo(1);
        assertThat(stack.attributes(Guard.GRANTS)).containsEntry("Changed", "false");
        assertThat(holding()).isEqualTo(Holding.FULL);
        assertThat(stack.delete()).isTrue();
        assertThat(puts()).isEqualTo(2);
        assertThat(account.isAsBefore(key)).isTrue();
    }

    @Test
    @Scenario("K2")
    void nothing_is_put_where_nothing_is_missing() {
        stack.create(grants);
        int puts = puts();
        assertThat(stack.update(grants.with(Guard.GRANTS, Map.of("Recheck", "2")))).isTrue();
        assertThat(puts()).isEqualTo(puts);
    }

    // The guards write statements, never grants: what holds for grants by their name has to hold
    // for statements by their Sid.
    @ParameterizedTest
    @EnumSource(
            value = Delivery.class,
            names = {"TWICE", "TWICE_AT_ONCE"})
    @Scenario("K12")
    void a_create_that_comes_twice_writes_one_set_of_statements_and_no_grant(Delivery delivery) {
        Stack other = account.newStack("other");
        other.create(Template.grants(key, "other"));
        stack.delivering(delivery);
        assertThat(stack.create(grants)).isTrue();
        List<String> sids = account.key(key).of(stack).stream().map(own -> own.sid()).toList();
        assertThat(sids).doesNotHaveDuplicates().hasSize(Template.PURPOSES.size());
        assertThat(holding()).isEqualTo(Holding.FULL);
        assertThat(stack.delete()).isTrue();
        assertThat(holding()).isEqualTo(Holding.NONE);
        assertThat(account.key(key).holdingOf(other)).isEqualTo(Holding.FULL);
        assertThat(account.aws.calls())
                .contains("kms:PutKeyPolicy")
                .doesNotContain("kms:CreateGrant", "kms:RevokeGrant", "kms:RetireGrant");
    }
}
