package io.bedrockbudgeteer.keyguard.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import io.bedrockbudgeteer.keyguard.policy.EveryPolicy;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.policy.Question;
import io.bedrockbudgeteer.keyguard.policy.Statement;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/// What must hold when our statements go again. A failure prints the seed and the smallest policy.
class RemovalPropertiesTest {
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

    /// Where no statement of ours was there before.
    @Test
    void removal_gives_the_old_text_back_byte_for_byte() {
        forAllChanges(planned -> {
            if (planned.isFirst())
                assertIsAsBefore(planned, planned.minified(), removed(planned.now()));
        });
    }

    private static String removed(Situation situation) {
        return Samples.changed(Planner.remove(situation)).text();
    }

    private static void assertIsAsBefore(Planned planned, boolean minified, String text) {
        KeyPolicy before = planned.before();
        if (minified && isSingle(before))
            // Without white space nothing shows that the array around it was not there before.
            assertThat(KeyPolicy.read(text).saysTheSameAs(before)).as("%s", text).isTrue();
        else assertThat(text).isEqualTo((minified ? before.minified() : before).text());
    }

    private static boolean isSingle(KeyPolicy policy) {
        return JsonReader.readObject(policy.text()).get("Statement").orElseThrow()
                instanceof Json.Obj;
    }

    /// Where statements of ours were there before.
    @Test
    void removal_leaves_what_others_wrote_and_what_they_edited() {
        forAllChanges(planned -> {
            if (planned.isFirst() || Planned.ours(planned.changed()).isEmpty()) return;
            KeyPolicy left = KeyPolicy.read(removed(planned.now()));
            KeyPolicy expected = Planned.withoutOurs(planned.changed());
            assertThat(left.statements().stream().map(Statement::text).toList())
                    .isEqualTo(expected.statements().stream().map(Statement::text).toList());
            assertThat(left.saysTheSameAs(Planned.withoutOurs(planned.before())))
                    .as("%s", left.text())
                    .isTrue();
        });
    }

    /// Whichever goes first, and byte for byte where neither had a statement before.
    @Test
    void several_stacks_on_one_key_do_not_touch_each_other_and_leave_no_trace() {
        forAllChanges(planned -> {
            Situation other = Samples.ownedBy(planned.now(), Samples.OTHER_OWNER);
            Plan second =
                    Planner.add(
                            other,
                            planned.asked().requirements().subList(0, 1),
                            RoleStatements.ALWAYS,
                            List.of());
            if (!(second instanceof Plan.Change both)) return;
            assertThat(ownTexts(both.policy(), Samples.OWNER))
                    .isEqualTo(ownTexts(planned.changed(), Samples.OWNER));
            boolean otherFirst = planned.seed() % 2 == 0;
            Situation first = otherFirst ? other : planned.now();
            Situation last = otherFirst ? planned.now() : other;
            if (movable(both.policy(), first.owner()).isEmpty()
                    || movable(both.policy(), last.owner()).isEmpty()) return;
            KeyPolicy onlyLast = KeyPolicy.read(removed(first.with(both.policy())));
            assertThat(ownTexts(onlyLast, last.owner()))
                    .isEqualTo(ownTexts(both.policy(), last.owner()));
            String none = removed(last.with(onlyLast));
            if (Planner.ownStatements(planned.before(), Samples.OWNER).isEmpty()
                    && Planner.ownStatements(planned.before(), Samples.OTHER_OWNER).isEmpty())
                assertIsAsBefore(planned, isMinified(both.policy()), none);
        });
    }

    private static boolean isMinified(KeyPolicy policy) {
        return policy.minified().length() == policy.length();
    }

    /// Apart from white space, which goes when the second stack makes the text too long with it.
    private static List<String> ownTexts(KeyPolicy policy, Owner owner) {
        return movable(policy.minified(), owner).stream()
                .map(own -> own.statement().text())
                .toList();
    }

    private static List<OwnStatement> movable(KeyPolicy policy, Owner owner) {
        return Planner.ownStatements(policy, owner).stream()
                .filter(own -> own.state() != OwnStatement.State.EDITED)
                .toList();
    }

    @Test
    void keeping_decrypt_gives_nothing_new_and_goes_without_a_trace() {
        forAllChanges(planned -> {
            KeyPolicy kept =
                    Planner.keepDecrypt(planned.now()) instanceof Plan.Change change
                            ? change.policy()
                            : planned.changed();
            for (Statement own : Planned.onlyOurs(kept).statements())
                assertThat(own.actions().orElseThrow().patterns()).containsExactly("kms:Decrypt");
            for (Question question : planned.questions(2))
                if (question.of(kept).isAllowed())
                    assertThat(question.of(planned.changed()).isAllowed())
                            .as("%s%n%s", question, kept.text())
                            .isTrue();
            Situation now = planned.now().with(kept);
            assertThat(Planner.keepDecrypt(now))
                    .as("%s", kept.text())
                    .isInstanceOf(Plan.NoChange.class);
            if (planned.isFirst())
                assertIsAsBefore(
                        planned,
                        planned.minified(),
                        Planner.remove(now) instanceof Plan.Change removal
                                ? removal.policy().text()
                                : kept.text());
        });
    }
}
