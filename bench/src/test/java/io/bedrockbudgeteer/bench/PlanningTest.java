package io.bedrockbudgeteer.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.plan.Plan;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlanningTest {

    /// @param added statements that the plan writes
    record Expected(Sample sample, int added) {}

    static List<Expected> plans() {
        return List.of(
                new Expected(Sample.DEFAULT, 6),
                new Expected(Sample.KB32, 6),
                // IAM is not left in: the roles need statements too.
                new Expected(Sample.KB32_NAMED, 12));
    }

    @Test
    void plans_are_made_for_twelve_requirements() {
        assertThat(Stack.requirements()).hasSize(12);
        assertThat(plans()).extracting(Expected::sample).isEqualTo(Case.PLAN.samples());
    }

    @ParameterizedTest
    @MethodSource("plans")
    void plans_are_changes_after_which_everything_is_allowed(Expected expected) {
        Planning planning = Planning.of(expected.sample().text(), Stack.requirements());

        assertThat(planning.plan()).isInstanceOf(Plan.Change.class);
        Plan.Change change = (Plan.Change) planning.plan();
        assertThat(change.changes()).hasSize(expected.added());
        assertThat(change.after()).hasSize(59);
        assertThat(change.after()).allMatch(row -> row.verdict().isAllowed());
        assertThat(change.policy().length()).isLessThanOrEqualTo(KeyPolicy.MAX_LENGTH);
    }

    @Test
    void the_round_trip_gives_the_old_text_back() throws Exception {
        String text = Sample.KB20.text();
        List<Map<String, Object>> added = RoundTrip.added(text, Stack.requirements());

        assertThat(added).hasSize(6);
        assertThat(RoundTrip.planned(text, Stack.requirements())).isEqualTo(text);
        assertThat(RoundTrip.edited(text, added)).isEqualTo(text);
        assertThat(
                        KeyPolicy.read(RoundTrip.throughTree(text, added))
                                .saysTheSameAs(KeyPolicy.read(text)))
                .isTrue();
    }
}
