package io.bedrockbudgeteer.keyguard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/// What must hold of the verdict on every policy and every request. A failure prints the seed, the
/// smallest policy and the request.
class EvaluatorPropertiesTest {
    private String property = "";

    @BeforeEach
    void name(TestInfo test) {
        property = test.getDisplayName();
    }

    private void forAll(Consumer<Trial> check) {
        EveryPolicy.check(property, Trial.all(), Trial::new, check);
    }

    /// Order of statements, members and values, case of condition keys and actions, scalar or list,
    /// repeated values, account id or root ARN, Sid and Id, white space, escapes.
    @Test
    void a_verdict_does_not_depend_on_order_case_of_keys_repetition_or_names() {
        forAll(trial -> {
            KeyPolicy policy = trial.policy();
            KeyPolicy rewritten =
                    KeyPolicy.read(Rewriting.sameVerdicts(trial.seed(), trial.text()));
            for (Question question : trial.questions(3))
                assertThat(Trial.outcome(question.of(rewritten)))
                        .as("%s%n%s", question, rewritten.text())
                        .isEqualTo(Trial.outcome(question.of(policy)));
        });
    }

    @Test
    void another_deny_never_allows() {
        forAll(trial -> {
            KeyPolicy policy = trial.policy();
            KeyPolicy denied = with(policy, RandomStatements.of(trial.seed()).statement("Deny"));
            for (Question question : trial.questions(3))
                if (question.of(policy).kind() == Verdict.Kind.DENIED)
                    assertThat(question.of(denied).kind())
                            .as("%s%n%s", question, denied.text())
                            .isEqualTo(Verdict.Kind.DENIED);
        });
    }

    @Test
    void another_allow_never_denies() {
        forAll(trial -> {
            KeyPolicy policy = trial.policy();
            KeyPolicy allowed = with(policy, RandomStatements.of(trial.seed()).statement("Allow"));
            for (Question question : trial.questions(3))
                if (question.of(policy).isAllowed())
                    assertThat(question.of(allowed).isAllowed())
                            .as("%s%n%s", question, allowed.text())
                            .isTrue();
        });
    }

    private static KeyPolicy with(KeyPolicy policy, Map<String, Object> statement) {
        return policy.edit(Map.of(), Set.of(), List.of(statement));
    }

    /// ALLOWED and DENIED hold whatever else the request may carry.
    @Test
    void knowing_more_never_turns_a_definite_verdict() {
        forAll(trial -> {
            KeyPolicy policy = trial.policy();
            RandomRequests random = new RandomRequests(~trial.seed());
            for (Question question : trial.questions(4)) {
                if (question.request().contextComplete()) continue;
                Verdict before = question.of(policy);
                if (before.kind() != Verdict.Kind.ALLOWED && before.kind() != Verdict.Kind.DENIED)
                    continue;
                Question more =
                        new Question(
                                random.withOneMoreKey(question.request()),
                                question.identity(),
                                question.grants());
                assertThat(more.of(policy).kind())
                        .as("%s%n%s", question, more)
                        .isEqualTo(before.kind());
            }
        });
    }

    /// Each statement or grant that gives the verdict alone is a basis of it: the verdict names one
    /// of them, and is another one when they are gone.
    @Test
    void the_named_statement_or_grant_is_what_decides() {
        forAll(trial -> {
            KeyPolicy policy = trial.policy();
            for (Question question : trial.questions(2)) {
                Verdict verdict = question.of(policy);
                if (!verdict.isAllowed() && !verdict.basis().equals("explicit-deny")) continue;
                Set<Integer> statements = decidingAlone(policy, question, verdict);
                List<Grant> grants = decidingAlone(question, policy, verdict);
                List<String> named = new ArrayList<>();
                for (int index : statements) named.add(policy.statements().get(index).label());
                for (Grant grant : grants) named.add("grant " + grant.id());
                assertThat(named).as("%s%n%s", question, verdict).contains(verdict.decidedBy());

                KeyPolicy without = policy.edit(Map.of(), statements, List.of());
                List<Grant> others = new ArrayList<>(question.grants());
                others.removeAll(grants);
                assertThat(Trial.outcome(question.with(others).of(without)))
                        .as("%s%n%s", question, verdict)
                        .isNotEqualTo(Trial.outcome(verdict));
            }
        });
    }

    private static Set<Integer> decidingAlone(
            KeyPolicy policy, Question question, Verdict verdict) {
        Set<Integer> deciding = new HashSet<>();
        Set<Integer> candidates = likeTheVerdict(policy, verdict);
        for (int index : candidates) {
            Set<Integer> others = new HashSet<>(candidates);
            others.remove(index);
            KeyPolicy alone = policy.edit(Map.of(), others, List.of());
            if (question.with(List.of()).of(alone).kind() == verdict.kind()) deciding.add(index);
        }
        return deciding;
    }

    private static List<Grant> decidingAlone(Question question, KeyPolicy policy, Verdict verdict) {
        if (!verdict.isAllowed() || question.grants().isEmpty()) return List.of();
        KeyPolicy none = policy.edit(Map.of(), likeTheVerdict(policy, verdict), List.of());
        return question.grants().stream()
                .filter(grant -> question.with(List.of(grant)).of(none).isAllowed())
                .toList();
    }

    private static Set<Integer> likeTheVerdict(KeyPolicy policy, Verdict verdict) {
        Set<Integer> indices = new HashSet<>();
        for (Statement statement : policy.statements())
            if (verdict.isAllowed() ? statement.isAllow() : statement.isDeny())
                indices.add(statement.index());
        return indices;
    }
}
