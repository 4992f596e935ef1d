package io.bedrockbudgeteer.keyguard.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.finding.Rule;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import io.bedrockbudgeteer.keyguard.policy.EveryPolicy;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.requirement.Requirement;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/// What must hold of the length of every policy, also of those near to what KMS takes. A failure
/// prints the seed and the smallest policy.
class SizePropertiesTest {
    private String property = "";

    @BeforeAll
    static void plan() {
        assertThat(Planned.all()).hasSize(EveryPolicy.COUNT);
    }

    @BeforeEach
    void name(TestInfo test) {
        property = test.getDisplayName();
    }

    private void forAll(Consumer<Planned> check) {
        EveryPolicy.check(property, Planned.all(), Planned::of, check);
    }

    @Test
    void some_policies_end_below_and_some_above_what_kms_takes() {
        long large = Planned.all().stream().filter(run -> run.text().length() > 29_000).count();
        if (EveryPolicy.COUNT < 5_000) return; // too few to count on it
        assertThat(large).isGreaterThan(EveryPolicy.COUNT / 120);
        assertThat(Planned.all())
                .anyMatch(run -> run.rules().contains(Rule.POL005))
                .anyMatch(run -> run.minified() && run.after().isPresent())
                .anyMatch(run ->
                        run.text().length() > 29_000 && run.after().isPresent() && !run.minified());
    }

    @Test
    void what_is_sent_fits_or_nothing_is_sent() {
        forAll(planned -> {
            if (planned.rules().contains(Rule.POL005)) {
                assertThat(planned.refused()).isTrue();
                assertThat(planned.after()).isEmpty();
            }
            if (planned.after().isPresent())
                assertThat(planned.changed().length()).isLessThanOrEqualTo(KeyPolicy.MAX_LENGTH);
        });
    }

    @Test
    void nothing_is_refused_for_its_length_that_fits_without_white_space() {
        forAll(planned -> {
            if (planned.before().minified().length() + added(planned, 1) <= KeyPolicy.MAX_LENGTH)
                assertThat(planned.rules()).doesNotContain(Rule.POL005);
        });
    }

    @Test
    void white_space_goes_only_where_the_text_would_be_too_long_with_it() {
        forAll(planned -> {
            if (planned.before().length() + added(planned, 4) <= KeyPolicy.MAX_LENGTH)
                assertThat(planned.minified()).isFalse();
            else if (planned.minified() && planned.after().isPresent())
                assertThat(planned.after().orElseThrow())
                        .isEqualTo(planned.changed().minified().text());
        });
    }

    /// More than everything asked for can take: each statement, its Sid, and white space.
    private static int added(Planned planned, int whiteSpace) {
        int most = 0;
        for (Requirement requirement : planned.asked().requirements())
            most += JsonText.object(requirement.statement()).length() + 120;
        return most * whiteSpace;
    }
}
