package io.bedrockbudgeteer.keyguard.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.policy.EveryPolicy;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.policy.Question;
import io.bedrockbudgeteer.keyguard.policy.Statement;
import io.bedrockbudgeteer.keyguard.policy.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/// What must hold when dead entries of others are taken out as asked. A failure prints the seed and
/// the smallest policy.
class RepairPropertiesTest {

    /// @param after the new text when there is something to repair and to write
    private record Mended(long seed, String text, Optional<String> after)
            implements EveryPolicy.Sample {
        static Mended of(long seed, String text) {
            return new Mended(
                    seed,
                    text,
                    isDead(KeyPolicy.read(text)) && repair(seed, text) instanceof Plan.Change change
                            ? Optional.of(change.policy().text())
                            : Optional.empty());
        }

        /// In the characters that KMS takes, and without white space where that had to go.
        KeyPolicy before() {
            KeyPolicy before = KeyPolicy.read(text).sendable();
            return changed().minified().length() == changed().length() ? before.minified() : before;
        }

        KeyPolicy changed() {
            return KeyPolicy.read(after.orElseThrow());
        }
    }

    private static List<Mended> all = List.of();

    private String property = "";

    @BeforeAll
    static void repair() {
        all =
                Planned.all().stream()
                        .map(planned -> Mended.of(planned.seed(), planned.text()))
                        .filter(mended -> mended.after().isPresent())
                        .toList();
        assertThat(all).hasSizeGreaterThanOrEqualTo(EveryPolicy.COUNT / 50);
    }

    @BeforeEach
    void name(TestInfo test) {
        property = test.getDisplayName();
    }

    private void forAllRepairs(Consumer<Mended> check) {
        EveryPolicy.check(
                property,
                all,
                Mended::of,
                mended -> {
                    if (mended.after().isPresent()) check.accept(mended);
                });
    }

    private static boolean isDead(KeyPolicy policy) {
        return policy.statements().stream()
                .anyMatch(found -> !found.orphanIds().isEmpty() || found.isIneffective());
    }

    private static Plan repair(long seed, String text) {
        Planned.Asked asked = Planned.Asked.of(seed);
        return Planner.add(
                asked.situation(text),
                asked.requirements(),
                asked.roles(),
                List.of(),
                Repair.DEAD_ENTRIES);
    }

    /// Not counting what our own statements give.
    @Test
    void a_repair_changes_no_verdict_of_anybody_who_exists() {
        forAllRepairs(mended -> {
            KeyPolicy before = Planned.withoutOurs(mended.before());
            KeyPolicy after = Planned.withoutOurs(mended.changed());
            for (Question question : Planned.questions(mended.seed(), 4))
                assertThat(outcome(question.of(after)))
                        .as("%s%n%s", question, mended.after())
                        .isEqualTo(outcome(question.of(before)));
        });
    }

    private static String outcome(Verdict verdict) {
        return verdict.kind() + " " + verdict.basis();
    }

    @Test
    void a_repair_leaves_nothing_that_blocks_a_write() {
        forAllRepairs(mended -> {
            for (Statement statement : mended.changed().statements())
                if (statement.problems().isEmpty()) {
                    assertThat(statement.orphanIds()).as("%s", mended.after()).isEmpty();
                    assertThat(statement.isIneffective()).as("%s", mended.after()).isFalse();
                }
        });
    }

    @Test
    void a_second_repair_changes_nothing() {
        forAllRepairs(mended ->
                assertThat(repair(mended.seed(), mended.after().orElseThrow()))
                        .as("%s", mended.after())
                        .isInstanceOf(Plan.NoChange.class));
    }

    @Test
    void a_repair_leaves_every_other_statement_its_bytes_and_its_place() {
        forAllRepairs(mended -> {
            List<String> kept = new ArrayList<>();
            for (Statement statement : Planned.withoutOurs(mended.before()).statements())
                if (!isRepaired(statement)) kept.add(statement.text());
            List<String> after = new ArrayList<>();
            for (Statement statement : Planned.withoutOurs(mended.changed()).statements())
                after.add(statement.text());
            // What is left beside them are statements that lost an id.
            for (String text : kept) {
                int at = after.indexOf(text);
                assertThat(at).as("%s in %s", text, mended.after()).isNotNegative();
                after = after.subList(at + 1, after.size());
            }
        });
    }

    private static boolean isRepaired(Statement statement) {
        boolean losesAnId = !statement.orphanIds().isEmpty() && !statement.hasNotPrincipal();
        return statement.problems().isEmpty() && (statement.isIneffective() || losesAnId);
    }
}
