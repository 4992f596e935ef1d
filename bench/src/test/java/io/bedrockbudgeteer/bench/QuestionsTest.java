package io.bedrockbudgeteer.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.policy.Caller;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.policy.Verdict;
import io.bedrockbudgeteer.local.service.access.Policy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QuestionsTest {

    static List<Sample> samples() {
        return Case.EVALUATE.samples();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void every_question_gets_the_verdict_it_must_get(Sample sample) {
        KeyPolicy policy = KeyPolicy.read(sample.text());

        for (Question question : Questions.of(sample)) {
            assertThat(question.answer(policy).kind())
                    .as("%s", question.request())
                    .isEqualTo(question.expected());
            assertThat(question.answer(sample.text())).isEqualTo(question.answer(policy));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void the_peer_gives_the_same_answers(Sample sample) {
        Policy policy = Policy.of(sample.text());

        for (Question question : Questions.of(sample))
            assertThat(PeerQuestion.of(question).answer(policy).allowed())
                    .as("%s", question.request())
                    .isEqualTo(question.expected() == Verdict.Kind.ALLOWED);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void eleven_of_sixteen_are_allowed_and_the_ways_there_are_mixed(Sample sample) {
        KeyPolicy policy = KeyPolicy.read(sample.text());
        List<Verdict> verdicts =
                Questions.of(sample).stream().map(question -> question.answer(policy)).toList();

        assertThat(verdicts).hasSize(Questions.COUNT);
        assertThat(counted(verdicts.stream().map(Verdict::basis).toList()))
                .isEqualTo(
                        sample == Sample.TYPICAL
                                ? Map.of(
                                        "delegated", 1,
                                        "direct", 10,
                                        "explicit-deny", 1,
                                        "implicit-deny", 4)
                                : Map.of(
                                        "delegated", 3,
                                        "direct", 8,
                                        "explicit-deny", 1,
                                        "implicit-deny", 4));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void callers_are_mixed(Sample sample) {
        List<String> callers =
                Questions.of(sample).stream().map(question -> kind(question)).toList();

        assertThat(counted(callers))
                .isEqualTo(
                        sample == Sample.TYPICAL
                                ? Map.of("role", 9, "service", 5, "role of another account", 2)
                                : Map.of("role", 8, "service", 4, "role of another account", 4));
    }

    private static String kind(Question question) {
        return question.request().caller() instanceof Caller.Service
                ? "service"
                : question.request()
                                .caller()
                                .principalArn()
                                .orElseThrow()
                                .account()
                                .equals(Names.ACCOUNT)
                        ? "role"
                        : "role of another account";
    }

    private static Map<String, Integer> counted(List<String> names) {
        return names.stream()
                .collect(Collectors.toMap(name -> name, _ -> 1, Integer::sum, TreeMap::new));
    }
}
