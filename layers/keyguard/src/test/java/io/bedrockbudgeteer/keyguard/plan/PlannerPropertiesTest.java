package io.bedrockbudgeteer.keyguard.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.policy.BrokenText;
import io.bedrockbudgeteer.keyguard.policy.EveryPolicy;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.policy.PolicySyntaxException;
import io.bedrockbudgeteer.keyguard.policy.Question;
import io.bedrockbudgeteer.keyguard.policy.Rewriting;
import io.bedrockbudgeteer.keyguard.policy.Statement;
import io.bedrockbudgeteer.keyguard.policy.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/// What must hold for a change of every policy. A failure prints the seed and the smallest policy.
class PlannerPropertiesTest {

    private String property = "";

    @BeforeAll
    static void plan() {
        assertThat(Planned.all()).hasSize(EveryPolicy.COUNT);
    }

    @BeforeEach
    void name(TestInfo test) {
        property = test.getDisplayName();
    }

    private void forAllChanges(Consumer<Planned> check) {
        Planned.forAllChanges(property, check);
    }

    @Test
    void enough_policies_can_be_changed_to_say_something() {
        long changes = Planned.all().stream().filter(run -> run.after().isPresent()).count();
        assertThat(changes).isGreaterThanOrEqualTo(EveryPolicy.COUNT / 4);
    }

    @Test
    void only_a_plan_with_an_error_refuses() {
        EveryPolicy.check(
                property,
                Planned.all(),
                Planned::of,
                planned ->
                        assertThat(planned.refused())
                                .as("%s", planned.rules())
                                .isEqualTo(planned.hasError()));
    }

    /// A statement with a value of another kind is no reason for an exception, nor for a change of
    /// anything but ours.
    @Test
    void whatever_can_be_read_gets_a_plan() {
        EveryPolicy.check(
                property,
                Planned.all(),
                Planned::of,
                planned -> {
                    String odd = new BrokenText(planned.seed()).withAnotherValue(planned.text());
                    Optional<KeyPolicy> before = read(odd);
                    if (before.isEmpty()) return;
                    Plan plan = planned.asked().plan(planned.asked().situation(odd));
                    if (plan instanceof Plan.Change change)
                        assertThat(
                                        Planned.withoutOurs(change.policy())
                                                .saysTheSameAs(Planned.withoutOurs(before.get())))
                                .as("%s%n%s", odd, change.policy().text())
                                .isTrue();
                });
    }

    private static Optional<KeyPolicy> read(String text) {
        try {
            return Optional.of(KeyPolicy.read(text));
        } catch (PolicySyntaxException e) {
            return Optional.empty();
        }
    }

    @Test
    void a_second_run_changes_nothing() {
        forAllChanges(planned ->
                assertThat(planned.asked().plan(planned.now()))
                        .as("%s", planned.after())
                        .isInstanceOf(Plan.NoChange.class));
    }

    @Test
    void statements_of_others_keep_their_bytes_and_their_order() {
        forAllChanges(planned -> {
            KeyPolicy before = Planned.withoutOurs(planned.before());
            KeyPolicy after = Planned.withoutOurs(planned.changed());
            if (planned.minified()) before = before.minified();
            assertThat(after.statements().stream().map(Statement::text).toList())
                    .as("%s", planned.after())
                    .isEqualTo(before.statements().stream().map(Statement::text).toList());
        });
    }

    /// ALLOWED stays ALLOWED, apart from what statements of ours gave that are not wanted any more.
    @Test
    void nobody_loses_access() {
        forAllChanges(planned -> {
            KeyPolicy before = Planned.withoutOurs(planned.before());
            KeyPolicy after = planned.changed();
            for (Question question : planned.questions(6))
                if (question.of(before).isAllowed())
                    assertThat(question.of(after).isAllowed())
                            .as("%s%n%s", question, planned.after())
                            .isTrue();
        });
    }

    @Test
    void what_is_denied_explicitly_stays_denied_explicitly() {
        forAllChanges(planned -> {
            KeyPolicy before = planned.before();
            KeyPolicy after = planned.changed();
            for (Question question : planned.questions(8))
                if (question.of(before).basis().equals("explicit-deny"))
                    assertThat(question.of(after).basis())
                            .as("%s%n%s", question, planned.after())
                            .isEqualTo("explicit-deny");
        });
    }

    /// Whatever is ALLOWED now and was not before is what a statement of ours says.
    @Test
    void every_gain_has_a_statement_of_ours_behind_it() {
        forAllChanges(planned -> {
            KeyPolicy before = planned.before();
            KeyPolicy after = planned.changed();
            KeyPolicy ours = Planned.onlyOurs(after);
            for (Question question : planned.questions(6))
                if (question.of(after).isAllowed() && !question.of(before).isAllowed())
                    assertThat(question.with(List.of()).of(ours).isAllowed())
                            .as("%s%n%s", question, planned.after())
                            .isTrue();
        });
    }

    /// What is not ALLOWED for certain is in a finding. KMS re-serialises what it stores.
    @Test
    void what_was_asked_for_is_allowed_also_as_kms_writes_it_back() {
        forAllChanges(planned -> {
            assertThat(planned.answers()).doesNotContain(Verdict.Kind.DENIED);
            assertThat(planned.unnamed()).isEmpty();
            KeyPolicy readBack =
                    KeyPolicy.read(
                            Rewriting.asKmsMay(planned.seed(), planned.after().orElseThrow()));
            Situation situation = planned.asked().situation(readBack.text());
            List<AccessRow> rows =
                    new AccessTable(situation).rows(readBack, planned.asked().requirements());
            assertThat(rows.stream().map(row -> row.verdict().kind()).toList())
                    .as("%s", readBack.text())
                    .isEqualTo(planned.answers());
        });
    }

    @Test
    void a_run_on_what_kms_wrote_back_changes_nothing() {
        forAllChanges(planned -> {
            String readBack = Rewriting.asKmsMay(planned.seed(), planned.after().orElseThrow());
            assertThat(planned.asked().plan(planned.asked().situation(readBack)))
                    .as("%s", readBack)
                    .isInstanceOf(Plan.NoChange.class);
        });
    }

    @Test
    void the_writer_may_write_again() {
        forAllChanges(planned -> {
            AccessTable table = new AccessTable(planned.now());
            assertThat(table.mayPutKeyPolicy(planned.changed()).kind())
                    .as("%s", planned.after())
                    .isEqualTo(table.mayPutKeyPolicy(planned.before()).kind())
                    .isNotEqualTo(Verdict.Kind.DENIED);
        });
    }

    /// A repeated Sid of somebody else is an error before; in what is sent there is none.
    @Test
    void sids_are_unique_and_every_character_is_one_that_kms_takes() {
        forAllChanges(planned -> {
            KeyPolicy sent = planned.changed();
            assertThat(sent.repeatedSids()).as("%s", planned.after()).isEmpty();
            assertThat(sent.sendable().text()).isEqualTo(sent.text());
            assertThat(sent.text().chars().allMatch(c -> c <= 0xFF)).isTrue();
            assertThat(planned.sids())
                    .doesNotHaveDuplicates()
                    .allMatch(sid -> sid.matches("[A-Za-z0-9]+"));
        });
    }

    @Test
    void the_same_input_gives_the_same_bytes() {
        forAllChanges(planned ->
                assertThat(Planned.of(planned.seed(), planned.text())).isEqualTo(planned));
    }

    @Test
    void nothing_wide_is_ever_written() {
        forAllChanges(planned -> {
            KeyPolicy ours = Planned.onlyOurs(planned.changed());
            for (Statement statement : ours.statements()) {
                assertThat(statement.isAllow()).isTrue();
                assertThat(statement.isOpenToEveryone()).isFalse();
                assertThat(statement.unscopedServices()).isEmpty();
                assertThat(statement.actions().orElseThrow().patterns())
                        .doesNotContain("kms:*", "*");
                assertThat(statement.principals().orElseThrow().names()).hasSize(1);
            }
        });
    }
}
