package io.bedrockbudgeteer.keyguard.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.policy.AccessRequest;
import io.bedrockbudgeteer.keyguard.policy.Evaluator;
import io.bedrockbudgeteer.keyguard.policy.IdentityAccess;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.policy.RandomPolicies;
import io.bedrockbudgeteer.keyguard.policy.Statement;
import io.bedrockbudgeteer.keyguard.policy.Verdict;
import io.bedrockbudgeteer.keyguard.requirement.Requirement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What must hold for a change of every policy. A failure prints the seed and the policy.
class PlannerPropertiesTest {

    /// One change of one policy.
    private record Run(
            long seed,
            String text,
            List<Requirement> requirements,
            RoleStatements roles,
            Plan.Change plan,
            RandomPolicies random) {
        Situation now() {
            return Samples.situation(plan.policy().text());
        }

        String about() {
            return "seed " + seed + ": " + text + "\n" + plan.policy().text();
        }

        Run fresh() {
            return new Run(seed, text, requirements, roles, plan, new RandomPolicies(~seed));
        }
    }

    private interface Property {
        void check(Run run);
    }

    // A plan asks hundreds of questions, so fewer policies than for the evaluator give as many
    // answers.
    private static final int POLICIES = RandomPolicies.COUNT / 4;

    // Planned once for all properties.
    private static final List<Run> RUNS = runs();

    private static List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        for (long seed = 0; seed < POLICIES; seed++) {
            RandomPolicies random = new RandomPolicies(seed);
            String text = random.text();
            List<Requirement> requirements = new ArrayList<>(Samples.requirements());
            requirements.removeIf(_ -> random.random().nextInt(3) == 0);
            RoleStatements roles =
                    random.random().nextInt(3) == 0 ? RoleStatements.ALWAYS : RoleStatements.LEAST;
            Plan plan = Planner.add(Samples.situation(text), requirements, roles, List.of());
            boolean hasError = plan.findings().stream().anyMatch(Finding::isError);
            assertThat(plan instanceof Plan.Refused)
                    .as("seed %s: %s", seed, text)
                    .isEqualTo(hasError);
            if (plan instanceof Plan.Change change)
                runs.add(new Run(seed, text, requirements, roles, change, random));
        }
        return runs;
    }

    private static void forAllChanges(Property property) {
        assertThat(RUNS).hasSizeGreaterThan(POLICIES / 5);
        for (Run run : RUNS) property.check(run.fresh());
    }

    private static Set<Integer> own(KeyPolicy policy) {
        Set<Integer> own = new HashSet<>();
        for (OwnStatement statement : Planner.ownStatements(policy, Samples.OWNER))
            own.add(statement.statement().index());
        return own;
    }

    @Test
    void a_second_run_changes_nothing() {
        forAllChanges(run ->
                assertThat(Planner.add(run.now(), run.requirements(), run.roles(), List.of()))
                        .as(run.about())
                        .isInstanceOf(Plan.NoChange.class));
    }

    @Test
    void the_same_input_gives_the_same_bytes() {
        forAllChanges(run -> {
            Plan again =
                    Planner.add(
                            Samples.situation(run.text()),
                            run.requirements(),
                            run.roles(),
                            List.of());
            assertThat(((Plan.Change) again).policy().text())
                    .as(run.about())
                    .isEqualTo(run.plan().policy().text());
        });
    }

    @Test
    void statements_of_others_keep_their_bytes_and_their_order() {
        forAllChanges(run -> {
            List<String> before =
                    KeyPolicy.read(run.text()).statements().stream().map(Statement::text).toList();
            List<String> after =
                    run.plan().policy().statements().stream()
                            .filter(statement ->
                                    !own(run.plan().policy()).contains(statement.index()))
                            .map(Statement::text)
                            .toList();
            assertThat(after).as(run.about()).isEqualTo(before);
        });
    }

    @Test
    void nobody_loses_access_and_every_gain_has_a_statement_of_ours_behind_it() {
        forAllChanges(run -> {
            KeyPolicy before = KeyPolicy.read(run.text());
            KeyPolicy after = run.plan().policy();
            Set<Integer> others = new HashSet<>();
            for (Statement statement : after.statements()) others.add(statement.index());
            others.removeAll(own(after));
            KeyPolicy oursOnly = after.edit(Map.of(), others, List.of());
            for (int i = 0; i < 10; i++) {
                AccessRequest request = run.random().request();
                Optional<IdentityAccess> identity = run.random().identity(request.caller());
                Verdict old = Evaluator.evaluate(before, identity, List.of(), request);
                Verdict now = Evaluator.evaluate(after, identity, List.of(), request);
                if (old.isAllowed()) assertThat(now.isAllowed()).as(run.about() + request).isTrue();
                if (old.basis().equals("explicit-deny"))
                    assertThat(now.basis()).as(run.about() + request).isEqualTo("explicit-deny");
                if (now.isAllowed() && !old.isAllowed())
                    assertThat(
                                    Evaluator.evaluate(oursOnly, identity, List.of(), request)
                                            .isAllowed())
                            .as(run.about() + request)
                            .isTrue();
            }
        });
    }

    @Test
    void what_was_asked_for_is_allowed_also_as_kms_writes_it_back() {
        forAllChanges(run -> {
            for (AccessRow row : run.plan().after())
                if (!row.verdict().isAllowed())
                    assertThat(run.plan().findings())
                            .as(run.about() + row)
                            .anyMatch(finding ->
                                    finding.message()
                                            .contains(row.requirement().caller().displayName()));
            KeyPolicy readBack =
                    KeyPolicy.read(run.random().rewritten(run.plan().policy().text(), false));
            assertThat(readBack.saysTheSameAs(run.plan().policy())).as(run.about()).isTrue();
            Situation situation = Samples.situation(readBack.text());
            List<AccessRow> rows = new AccessTable(situation).rows(readBack, run.requirements());
            assertThat(rows.stream().map(row -> row.verdict().kind()).toList())
                    .as(run.about())
                    .isEqualTo(
                            run.plan().after().stream().map(row -> row.verdict().kind()).toList());
            assertThat(Planner.add(situation, run.requirements(), run.roles(), List.of()))
                    .as(run.about())
                    .isInstanceOf(Plan.NoChange.class);
        });
    }

    @Test
    void the_writer_may_write_again() {
        forAllChanges(run -> {
            Verdict before =
                    new AccessTable(Samples.situation(run.text()))
                            .mayPutKeyPolicy(KeyPolicy.read(run.text()));
            Verdict after = new AccessTable(run.now()).mayPutKeyPolicy(run.plan().policy());
            assertThat(after.kind())
                    .as(run.about())
                    .isEqualTo(before.kind())
                    .isNotEqualTo(Verdict.Kind.DENIED);
        });
    }

    @Test
    void what_is_sent_fits_and_has_characters_that_kms_takes() {
        forAllChanges(run -> {
            KeyPolicy sent = run.plan().policy();
            assertThat(sent.length()).as(run.about()).isLessThanOrEqualTo(KeyPolicy.MAX_LENGTH);
            assertThat(sent.text()).matches("[\\t\\n\\r\\x20-\\xff]+");
            for (StatementChange change : run.plan().changes())
                assertThat(change.sid()).matches("[A-Za-z0-9]+");
            assertThat(sent.repeatedSids())
                    .as(run.about())
                    .isEqualTo(KeyPolicy.read(run.text()).repeatedSids());
        });
    }

    @Test
    void removal_gives_the_old_text_back_byte_for_byte() {
        forAllChanges(run -> {
            Plan removal = Planner.remove(run.now());
            if (removal instanceof Plan.Change change)
                assertThat(change.policy().text()).as(run.about()).isEqualTo(run.text());
            else assertThat(removal).as(run.about() + removal.findings()).isNull();
        });
    }

    @Test
    void several_stacks_on_one_key_do_not_touch_each_other() {
        forAllChanges(run -> {
            Situation other = Samples.ownedBy(run.now(), Samples.OTHER_OWNER);
            Plan second = Planner.add(other, run.requirements(), RoleStatements.ALWAYS, List.of());
            if (!(second instanceof Plan.Change both)) return;
            KeyPolicy onlySecond =
                    Samples.changed(Planner.remove(Samples.situation(both.policy().text())));
            assertThat(Planner.ownStatements(onlySecond, Samples.OTHER_OWNER))
                    .as(run.about())
                    .hasSameSizeAs(both.changes());
            Situation last =
                    Samples.ownedBy(Samples.situation(onlySecond.text()), Samples.OTHER_OWNER);
            assertThat(Samples.changed(Planner.remove(last)).text())
                    .as(run.about())
                    .isEqualTo(run.text());
        });
    }

    @Test
    void keeping_decrypt_gives_nothing_new_and_goes_without_a_trace() {
        forAllChanges(run -> {
            Plan kept = Planner.keepDecrypt(run.now());
            if (!(kept instanceof Plan.Change change)) return;
            for (OwnStatement own : Planner.ownStatements(change.policy(), Samples.OWNER)) {
                assertThat(own.state()).as(run.about()).isEqualTo(OwnStatement.State.INTACT);
                assertThat(own.statement().actions().orElseThrow().patterns())
                        .containsExactly("kms:Decrypt");
            }
            assertThat(Planner.keepDecrypt(Samples.situation(change.policy().text())))
                    .as(run.about())
                    .isInstanceOf(Plan.NoChange.class);
            Plan removal = Planner.remove(Samples.situation(change.policy().text()));
            String left =
                    removal instanceof Plan.Change last
                            ? last.policy().text()
                            : change.policy().text();
            assertThat(left).as(run.about()).isEqualTo(run.text());
        });
    }

    @Test
    void nothing_wide_is_ever_written() {
        forAllChanges(run -> {
            for (OwnStatement own : Planner.ownStatements(run.plan().policy(), Samples.OWNER)) {
                Statement statement = own.statement();
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
