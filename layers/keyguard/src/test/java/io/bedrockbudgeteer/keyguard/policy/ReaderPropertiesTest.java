package io.bedrockbudgeteer.keyguard.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/// What must hold of the text of every policy. A failure prints the seed and the smallest policy.
class ReaderPropertiesTest {
    private String property = "";

    @BeforeEach
    void name(TestInfo test) {
        property = test.getDisplayName();
    }

    private void forAll(Consumer<Trial> check) {
        EveryPolicy.check(property, Trial.all(), Trial::new, check);
    }

    /// What was read and what stands between the statements make the source again.
    @Test
    void reading_loses_nothing() {
        forAll(trial -> {
            KeyPolicy policy = trial.policy();
            assertThat(policy.text()).isEqualTo(trial.text());
            StringBuilder again = new StringBuilder();
            int at = 0;
            for (Statement statement : policy.statements()) {
                again.append(trial.text(), at, statement.json().start()).append(statement.text());
                at = statement.json().end();
            }
            again.append(trial.text(), at, trial.text().length());
            assertThat(again.toString()).isEqualTo(trial.text());
        });
    }

    @Test
    void every_value_stands_where_the_reader_says() {
        forAll(trial -> everyValue(JsonReader.read(trial.text()), trial.text()));
    }

    private static void everyValue(Json value, String text) {
        String written = value.in(text);
        switch (value) {
            case Json.Obj object -> {
                assertThat(written).startsWith("{").endsWith("}");
                object.members().values().forEach(member -> everyValue(member, text));
            }
            case Json.Arr array -> {
                assertThat(written).startsWith("[").endsWith("]");
                array.items().forEach(item -> everyValue(item, text));
            }
            case Json.Str string -> {
                if (written.indexOf('\\') < 0)
                    assertThat(written).isEqualTo('"' + string.value() + '"');
                else
                    assertThat(((Json.Str) JsonReader.read(written)).value())
                            .isEqualTo(string.value());
            }
            case Json.Num number -> assertThat(written).isEqualTo(number.text());
            case Json.Bool truth -> assertThat(written).isEqualTo(String.valueOf(truth.value()));
            case Json.Null _ -> assertThat(written).isEqualTo("null");
        }
    }

    @Test
    void rewriting_as_kms_does_keeps_the_structure_and_its_hash() {
        forAll(trial -> {
            KeyPolicy policy = trial.policy();
            KeyPolicy rewritten = KeyPolicy.read(Rewriting.asKmsMay(trial.seed(), trial.text()));
            assertThat(policy.saysTheSameAs(rewritten)).as("%s", rewritten.text()).isTrue();
            String hash = policy.sha256();
            assertThat(rewritten.sha256()).isEqualTo(hash);
            assertThat(policy.minified().sha256()).isEqualTo(hash);
        });
    }

    @Test
    void the_text_to_send_says_the_same_in_characters_that_kms_takes() {
        forAll(trial -> {
            KeyPolicy sendable = trial.policy().sendable();
            assertThat(sendable.text().chars().allMatch(ReaderPropertiesTest::isTakenByKms))
                    .as("%s", sendable.text())
                    .isTrue();
            assertThat(sendable.saysTheSameAs(trial.policy())).isTrue();
        });
    }

    private static boolean isTakenByKms(int c) {
        boolean white = c == '\t' || c == '\n' || c == '\r';
        return white || (c >= ' ' && c <= '~') || (c >= 0xA0 && c <= 0xFF);
    }

    /// Readers disagree on which of two members of one name counts.
    @Test
    void a_repeated_name_is_refused_with_its_place_and_decides_nothing() {
        forAll(trial -> {
            BrokenText.Repeated repeated =
                    new BrokenText(trial.seed()).withARepeatedName(trial.text());
            PolicySyntaxException refusal =
                    catchThrowableOfType(
                            PolicySyntaxException.class, () -> KeyPolicy.read(repeated.text()));
            assertThat(refusal).as("%s", repeated.text()).isNotNull();
            String before = repeated.text().substring(0, repeated.start());
            int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
            int column = repeated.start() - before.lastIndexOf('\n');
            if (before.startsWith("\uFEFF") && line == 1) column--;
            int end = column + repeated.nameLength();
            assertThat(refusal.line()).as("%s", repeated.text()).isEqualTo(line);
            assertThat(refusal.column()).as("%s", repeated.text()).isBetween(column, end);
            assertThat(Trial.outcome(trial.questions(1).getFirst().of(repeated.text())))
                    .isEqualTo("UNKNOWN unsupported");
        });
    }

    /// No exception, never ALLOWED on what cannot be read: as a key policy, as an identity policy
    /// and as a boundary.
    @Test
    void any_text_gives_a_verdict_and_a_broken_one_never_allows() {
        forAll(trial -> {
            BrokenText random = new BrokenText(trial.seed());
            Question question = trial.questions(1).getFirst();
            for (int i = 0; i < 2; i++) {
                String broken = random.withOtherCharacters(trial.text());
                Verdict verdict = inEveryPlace(broken, question);
                if (!isReadable(broken))
                    assertThat(Trial.outcome(verdict))
                            .as("%s", broken)
                            .isEqualTo("UNKNOWN unsupported");
            }
        });
    }

    /// A statement with a value of another kind may still say something, but then it is one that is
    /// understood.
    @Test
    void a_value_of_another_kind_never_allows() {
        forAll(trial -> {
            String odd = new BrokenText(trial.seed()).withAnotherValue(trial.text());
            Verdict verdict = inEveryPlace(odd, trial.questions(1).getFirst());
            if (!isReadable(odd))
                assertThat(Trial.outcome(verdict)).as("%s", odd).isEqualTo("UNKNOWN unsupported");
            else if (verdict.isAllowed() && !verdict.basis().equals("grant"))
                assertThat(KeyPolicy.read(odd).statements())
                        .as("%s %s", odd, verdict)
                        .anyMatch(statement ->
                                statement.label().equals(verdict.decidedBy())
                                        && statement.problems().isEmpty()
                                        && statement.isAllow()
                                        && !statement.isIneffective());
        });
    }

    private static Verdict inEveryPlace(String text, Question question) {
        IdentityAccess identity = IdentityAccess.of(Ask.KEY, List.of(text), Optional.of(text));
        return Evaluator.evaluate(
                text, Optional.of(identity), question.grants(), question.request());
    }

    private static boolean isReadable(String text) {
        try {
            return KeyPolicy.read(text).problems().isEmpty();
        } catch (PolicySyntaxException e) {
            assertThat(e.line()).isPositive();
            assertThat(e.column()).isPositive();
            return false;
        }
    }

    @Test
    void what_is_no_policy_at_all_decides_nothing() {
        for (String odd :
                List.of(
                        "",
                        "null",
                        "[]",
                        "{}",
                        "\uFEFF",
                        "{\"Statement\":null}",
                        "{\"Statement\":\"x\"}",
                        "{\"Statement\":[[]]}",
                        "{\"Statement\":[{}]}"))
            assertThat(
                            Evaluator.evaluate(
                                            odd,
                                            Optional.empty(),
                                            List.of(),
                                            new RandomRequests(1).request())
                                    .kind())
                    .as(odd)
                    .isEqualTo(Verdict.Kind.UNKNOWN);
    }

    @Test
    void appended_statements_come_out_again_without_a_trace() {
        forAll(trial -> {
            RandomStatements random = RandomStatements.of(trial.seed());
            KeyPolicy policy = trial.policy();
            int before = policy.statements().size();
            KeyPolicy more = policy;
            for (int i = 0; i < 2; i++)
                more =
                        more.edit(
                                Map.of(),
                                Set.of(),
                                List.of(random.statement("Allow"), random.statement("Deny")));
            Set<Integer> added = from(before, more);
            assertThat(more.edit(Map.of(), added, List.of()).text()).isEqualTo(trial.text());
            // Also in two steps, the first ones first.
            KeyPolicy less =
                    more.edit(
                            Map.of(),
                            added.stream().limit(1 + trial.seed() % 3).collect(Collectors.toSet()),
                            List.of());
            assertThat(less.edit(Map.of(), from(before, less), List.of()).text())
                    .isEqualTo(trial.text());
        });
    }

    private static Set<Integer> from(int first, KeyPolicy policy) {
        Set<Integer> indices = new LinkedHashSet<>();
        for (int i = first; i < policy.statements().size(); i++) indices.add(i);
        return indices;
    }

    @Test
    void a_statement_text_is_never_mistaken_for_another() {
        assertThat(JsonText.object(Map.of("a", List.of("x")))).isEqualTo("{\"a\":[\"x\"]}");
        assertThat(KeyPolicy.read("{\"Statement\":[{\"Action\":\"1\"}]}").sha256())
                .isNotEqualTo(KeyPolicy.read("{\"Statement\":[{\"Action\":{\"1\":1}}]}").sha256());
    }
}
