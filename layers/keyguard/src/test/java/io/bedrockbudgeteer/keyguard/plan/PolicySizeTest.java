package io.bedrockbudgeteer.keyguard.plan;

import static io.bedrockbudgeteer.keyguard.plan.Samples.DEFAULT_POLICY;
import static io.bedrockbudgeteer.keyguard.plan.Samples.KEY;
import static io.bedrockbudgeteer.keyguard.plan.Samples.changed;
import static io.bedrockbudgeteer.keyguard.plan.Samples.requirements;
import static io.bedrockbudgeteer.keyguard.plan.Samples.situation;
import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The size of a policy to the last character. KMS takes 32 768; from 29 491 on we warn. Source:
/// KMS Developer Guide, Resource quotas.
class PolicySizeTest {

    private static final String DENSE = KeyPolicy.read(DEFAULT_POLICY).minified().text();

    /// The policy with a Sid that is longer by so many characters.
    private static String padded(String policy, int by) {
        return policy.replace("Permissions", "Permissions" + "x".repeat(by));
    }

    private static Plan addTo(String policy) {
        return Planner.add(
                situation(policy), requirements("TrailDecrypt"), RoleStatements.LEAST, List.of());
    }

    /// The plan for a policy that has the given length once our statement is in it.
    private static Plan planOfLength(String policy, int length) {
        return addTo(padded(policy, length - changed(addTo(policy)).length()));
    }

    private static List<String> ids(List<Finding> findings) {
        return findings.stream()
                .map(finding -> finding.rule().id() + " " + finding.severity())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "29490,",
        "29491, POL006 WARNING",
        "32768, POL006 WARNING",
        "32769, POL005 ERROR",
    })
    void a_policy_as_it_stands(int length, String finding) {
        String text = padded(DENSE, length - DENSE.length());
        List<Finding> findings = PolicyHealth.of(text, KEY).findings();
        assertThat(ids(findings)).isEqualTo(finding == null ? List.of() : List.of(finding));
        assertThat(findings).allMatch(found -> found.message().contains(" " + length + " "));
        assertThat(PolicyHealth.of(text.replace(",", " ,\n"), KEY).findings()).isEqualTo(findings);
    }

    @Test
    void a_plan_warns_from_nine_tenths_on() {
        assertThat(planOfLength(DEFAULT_POLICY, 29_490).findings()).isEmpty();
        Plan full = planOfLength(DEFAULT_POLICY, 29_491);
        assertThat(ids(full.findings())).containsExactly("POL006 WARNING");
        assertThat(changed(full).length()).isEqualTo(29_491);
    }

    @Test
    void white_space_stays_as_long_as_the_text_fits_with_it() {
        Plan fits = planOfLength(DEFAULT_POLICY, 32_768);
        assertThat(changed(fits).text()).hasSize(32_768).contains("\n");
        assertThat(ids(fits.findings())).containsExactly("POL006 WARNING");

        Plan fitsWithout = planOfLength(DEFAULT_POLICY, 32_769);
        assertThat(changed(fitsWithout).text()).hasSizeLessThan(32_768).doesNotContain("\n");
        assertThat(ids(fitsWithout.findings())).containsExactly("POL006 WARNING", "POL006 INFO");
        assertThat(fitsWithout.findings().getLast().message())
                .startsWith("White space is taken out of the whole key policy")
                .endsWith("without it there are " + changed(fitsWithout).length() + ".");
    }

    @Test
    void one_character_too_many_is_not_written() {
        assertThat(planOfLength(DENSE, 32_768)).isInstanceOf(Plan.Change.class);
        Plan tooLong = planOfLength(DENSE, 32_769);
        assertThat(tooLong).isInstanceOf(Plan.Refused.class);
        assertThat(ids(tooLong.findings())).containsExactly("POL005 ERROR");
        assertThat(tooLong.findings().getFirst().message()).contains(" 32769 characters");
    }

    @Test
    void a_policy_that_is_too_long_already_is_not_touched_where_nothing_is_missing() {
        Plan plan =
                Planner.add(
                        situation(padded(DEFAULT_POLICY, 40_000)),
                        requirements("LambdaExecutionTopics"),
                        RoleStatements.LEAST,
                        List.of());
        assertThat(plan).isInstanceOf(Plan.NoChange.class);
        assertThat(plan.findings()).isEmpty();
    }
}
