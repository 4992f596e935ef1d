package io.bedrockbudgeteer.keyguard.plan;

import static io.bedrockbudgeteer.keyguard.plan.Samples.DEFAULT_POLICY;
import static io.bedrockbudgeteer.keyguard.plan.Samples.KEY;
import static io.bedrockbudgeteer.keyguard.plan.Samples.changed;
import static io.bedrockbudgeteer.keyguard.plan.Samples.requirements;
import static io.bedrockbudgeteer.keyguard.plan.Samples.situation;
import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.requirement.Requirement;
import java.util.List;
import java.util.Set;
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
        return plan(policy, requirements("TrailDecrypt"));
    }

    private static Plan plan(String policy, List<Requirement> requirements) {
        return Planner.add(situation(policy), requirements, RoleStatements.LEAST, List.of());
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

    /// As [#planOfLength], counted as if ours were laid out like its neighbours.
    private static Plan planOfLaidOutLength(int length) {
        return addTo(padded(DEFAULT_POLICY, length - changed(addTo(DEFAULT_POLICY)).length()));
    }

    private static int ownWhiteSpace() {
        KeyPolicy policy = changed(addTo(DEFAULT_POLICY));
        return policy.whiteSpaceIn(Set.of(policy.statements().size() - 1));
    }

    private static String foreign(KeyPolicy policy) {
        return policy.statements().getFirst().text();
    }

    @Test
    void ours_are_laid_out_like_their_neighbours_up_to_nine_tenths_and_dense_from_there_on() {
        Plan roomy = planOfLaidOutLength(29_490);
        assertThat(changed(roomy).text()).hasSize(29_490);
        assertThat(changed(roomy).statements().getLast().text()).contains("\n");
        assertThat(roomy.findings()).isEmpty();

        Plan scarce = planOfLaidOutLength(29_491);
        assertThat(ownWhiteSpace()).isGreaterThan(100);
        assertThat(changed(scarce).text()).hasSize(29_491 - ownWhiteSpace());
        assertThat(changed(scarce).statements().getLast().text()).doesNotContain("\n", " ");
        assertThat(foreign(changed(scarce))).contains("\n      \"Effect\": \"Allow\"");
        assertThat(scarce.findings()).isEmpty();
    }

    @Test
    void a_plan_warns_from_nine_tenths_on() {
        assertThat(planOfLaidOutLength(29_490 + ownWhiteSpace()).findings()).isEmpty();
        Plan full = planOfLaidOutLength(29_491 + ownWhiteSpace());
        assertThat(ids(full.findings())).containsExactly("POL006 WARNING");
        assertThat(changed(full).length()).isEqualTo(29_491);
    }

    @Test
    void white_space_of_others_stays_as_long_as_the_text_fits_with_it() {
        Plan fits = planOfLaidOutLength(32_768 + ownWhiteSpace());
        assertThat(changed(fits).text()).hasSize(32_768);
        assertThat(foreign(changed(fits))).contains("\n");
        assertThat(ids(fits.findings())).containsExactly("POL006 WARNING");

        Plan fitsWithout = planOfLaidOutLength(32_769 + ownWhiteSpace());
        assertThat(changed(fitsWithout).text()).hasSizeLessThan(32_768).doesNotContain("\n");
        assertThat(ids(fitsWithout.findings())).containsExactly("POL006 WARNING", "POL006 INFO");
        assertThat(fitsWithout.findings().getLast().message())
                .startsWith("White space is taken out of the whole key policy")
                .endsWith("without it there are " + changed(fitsWithout).length() + ".");
    }

    @Test
    void what_we_wrote_before_gives_up_its_white_space_before_others_do() {
        String before = changed(addTo(DEFAULT_POLICY)).text();
        List<Requirement> both = requirements("TrailDecrypt", "TrailDescribeKey");
        KeyPolicy roomy = changed(plan(before, both));
        int dense = roomy.length() - roomy.whiteSpaceIn(Set.of(2));
        int denser = roomy.length() - roomy.whiteSpaceIn(Set.of(1, 2));

        KeyPolicy fits = changed(plan(padded(before, 32_768 - dense), both));
        assertThat(fits.text()).hasSize(32_768);
        assertThat(fits.statements().get(1).text()).isEqualTo(roomy.statements().get(1).text());

        KeyPolicy tight = changed(plan(padded(before, 32_769 - dense), both));
        assertThat(tight.text()).hasSize(32_769 - dense + denser);
        assertThat(tight.statements().get(1).text()).doesNotContain("\n");
        assertThat(foreign(tight)).contains("\n");
        assertThat(plan(tight.text(), both)).isInstanceOf(Plan.NoChange.class);

        assertThat(changed(plan(padded(before, 32_768 - denser), both)).text()).hasSize(32_768);
        assertThat(changed(plan(padded(before, 32_769 - denser), both)).text())
                .doesNotContain("\n");
    }

    @Test
    void a_layout_that_kms_prints_anew_is_no_change() {
        Plan dense = planOfLaidOutLength(32_768 + ownWhiteSpace());
        String printed = JsonText.pretty(JsonReader.read(changed(dense).text()));
        assertThat(printed).hasSizeGreaterThan(32_768);
        assertThat(addTo(printed)).isInstanceOf(Plan.NoChange.class);
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
