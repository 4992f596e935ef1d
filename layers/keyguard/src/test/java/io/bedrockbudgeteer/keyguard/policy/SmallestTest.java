package io.bedrockbudgeteer.keyguard.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SmallestTest {

    private static final String LONG =
            """
            {
              "Version": "2012-10-17",
              "Id": "key-default-1",
              "Statement": [
                {"Sid": "A", "Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*"},
                {"Sid": "B", "Effect": "Deny", "Principal": {"AWS": ["111122223333", "444455556666"]},
                 "Action": ["kms:Decrypt", "kms:Encrypt"], "Resource": "*",
                 "Condition": {"StringEquals": {"aws:PrincipalTag/t": ["x", "y"], "kms:ViaService": "z"}}},
                {"Sid": "C", "Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*"}
              ]
            }
            """;

    private static final List<Trial> TRIALS =
            List.of(new Trial(7, "{\"Statement\":[]}"), new Trial(8, LONG), new Trial(9, LONG));

    private static void noPolicyHasADeny(Trial trial) {
        assertThat(trial.policy().statements())
                .as("%s", trial.questions(1).getFirst())
                .noneMatch(Statement::isDeny);
    }

    private static Trial generated(long seed) {
        return new Trial(seed, new RandomPolicies(seed).text());
    }

    @Test
    void a_wrong_property_fails_with_its_name_the_seed_and_one_statement_with_nothing_needless() {
        assertThatThrownBy(() ->
                        EveryPolicy.check(
                                "no policy has a Deny",
                                TRIALS,
                                Trial::new,
                                SmallestTest::noPolicyHasADeny))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no policy has a Deny: not so with seed 8.")
                .hasMessageContaining(
                        "Smallest policy that fails, 31 of " + LONG.length() + " characters:")
                .hasMessageContaining("\n{\"Statement\":{\"Effect\":\"Deny\"}}\n")
                .hasMessageContaining("AccessRequest[caller=");
    }

    @Test
    void a_wrong_property_is_found_and_made_small_among_generated_policies() {
        assertThatThrownBy(() ->
                        EveryPolicy.check(
                                "no policy has a Deny",
                                LongStream.range(0, 50).mapToObj(SmallestTest::generated).toList(),
                                Trial::new,
                                SmallestTest::noPolicyHasADeny))
                .hasMessageContaining("\n{\"Statement\":{\"Effect\":\"Deny\"}}\n");
    }

    @Test
    void what_goes_wrong_while_a_sample_is_made_is_told_in_the_same_way() {
        assertThatThrownBy(() ->
                        EveryPolicy.samples(
                                _ -> LONG,
                                (seed, text) -> {
                                    noPolicyHasADeny(new Trial(seed, text));
                                    return new Trial(seed, text);
                                }))
                .hasMessageContaining("not so with seed ")
                .hasMessageContaining("\n{\"Statement\":{\"Effect\":\"Deny\"}}\n");
    }

    @Test
    void a_property_that_holds_is_silent() {
        assertThatCode(() ->
                        EveryPolicy.check(
                                "policies can be read",
                                TRIALS,
                                Trial::new,
                                trial -> KeyPolicy.read(trial.text())))
                .doesNotThrowAnyException();
    }

    @Test
    void of_members_items_and_strings_only_what_matters_stays() {
        assertThat(
                        Smallest.of(
                                LONG,
                                text ->
                                        text.contains("kms:ViaService")
                                                && text.contains("kms:Enc")
                                                && text.contains("44")))
                .isEqualTo(
                        "{\"Statement\":{\"Principal\":{\"AWS\":\"44\"},\"Action\":\"kms:Enc\",\"Condition\":{\"StringEquals\":{\"kms:ViaService\":\"\"}}}}");
    }

    @Test
    void odd_text_that_matters_stays_where_it_matters() {
        String odd =
                "{ \"Id\" : \"x\" ,\t\"Statement\" :[ {\"Sid\" :\"\\u0041b\", \"Effect\":\"Deny\"} ] }";
        assertThat(Smallest.of(odd, text -> text.contains("\\u0041")))
                .contains("\\u0041")
                .hasSizeLessThan(odd.length());
        assertThat(Smallest.of(odd, text -> text.contains(",\t")))
                .isEqualTo("{ \"Id\" : \"\" ,\t\"Statement\" :[] }");
    }

    @Test
    void what_is_no_json_stays_as_it_is() {
        assertThat(Smallest.of("{\"Statement\"", _ -> true)).isEqualTo("{\"Statement\"");
    }

    @Test
    void the_number_of_tries_is_bounded() {
        List<String> tried = new ArrayList<>();
        String large = "[" + "\"" + "x".repeat(20_000) + "\"" + ",1".repeat(2_000) + "]";
        Smallest.of(
                large,
                text -> {
                    tried.add(text);
                    return false;
                });
        assertThat(tried).hasSizeLessThanOrEqualTo(2_000);
    }
}
