package io.bedrockbudgeteer.keyguard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.json.JsonText;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What must hold for every policy and every request. A failure prints the seed and the policy.
class EvaluatorPropertiesTest {

    private interface Property {
        void check(RandomPolicies random, String policy, String about);
    }

    private static void forAll(Property property) {
        for (long seed = 0; seed < RandomPolicies.COUNT; seed++) {
            RandomPolicies random = new RandomPolicies(seed);
            String policy = random.text();
            property.check(random, policy, "seed " + seed + ": " + policy);
        }
    }

    private static Verdict verdict(
            String policy, Optional<IdentityAccess> identity, AccessRequest request) {
        return Evaluator.evaluate(policy, identity, List.of(), request);
    }

    private static String outcome(Verdict verdict) {
        return verdict.kind() + " " + verdict.basis();
    }

    @Test
    void reading_loses_nothing() {
        forAll((random, text, about) -> {
            KeyPolicy policy = KeyPolicy.read(text);
            assertThat(policy.text()).as(about).isEqualTo(text);
            int at = 0;
            for (Statement statement : policy.statements()) {
                assertThat(statement.text())
                        .as(about)
                        .isEqualTo(
                                text.substring(statement.json().start(), statement.json().end()));
                assertThat(statement.json().start()).as(about).isGreaterThanOrEqualTo(at);
                at = statement.json().end();
            }
        });
    }

    @Test
    void rewriting_as_kms_does_keeps_the_structure_and_its_hash() {
        forAll((random, text, about) -> {
            KeyPolicy policy = KeyPolicy.read(text);
            KeyPolicy rewritten = KeyPolicy.read(random.rewritten(text, false));
            assertThat(policy.saysTheSameAs(rewritten)).as(about + rewritten.text()).isTrue();
            assertThat(policy.sha256()).as(about).isEqualTo(rewritten.sha256());
            assertThat(KeyPolicy.read(policy.minified().text()).sha256())
                    .as(about)
                    .isEqualTo(policy.sha256());
        });
    }

    @Test
    void a_verdict_does_not_depend_on_order_case_of_keys_repetition_or_sids() {
        forAll((random, text, about) -> {
            String rewritten = random.rewritten(text, true);
            for (int i = 0; i < 5; i++) {
                AccessRequest request = random.request();
                Optional<IdentityAccess> identity = random.identity(request.caller());
                assertThat(
                                outcome(verdict(rewritten, identity, request))
                                        .replace("delegated", "direct"))
                        .as("%s%n%s%n%s", about, rewritten, request)
                        .isEqualTo(
                                outcome(verdict(text, identity, request))
                                        .replace("delegated", "direct"));
            }
        });
    }

    @Test
    void another_deny_never_allows_and_another_allow_never_denies() {
        forAll((random, text, about) -> {
            KeyPolicy policy = KeyPolicy.read(text);
            KeyPolicy denied = policy.edit(Map.of(), Set.of(), List.of(random.statement("Deny")));
            KeyPolicy allowed = policy.edit(Map.of(), Set.of(), List.of(random.statement("Allow")));
            for (int i = 0; i < 5; i++) {
                AccessRequest request = random.request();
                Optional<IdentityAccess> identity = random.identity(request.caller());
                Verdict before = Evaluator.evaluate(policy, identity, List.of(), request);
                if (before.kind() == Verdict.Kind.DENIED)
                    assertThat(Evaluator.evaluate(denied, identity, List.of(), request).kind())
                            .as(about + request)
                            .isEqualTo(Verdict.Kind.DENIED);
                if (before.isAllowed())
                    assertThat(
                                    Evaluator.evaluate(allowed, identity, List.of(), request)
                                            .isAllowed())
                            .as(about + request)
                            .isTrue();
            }
        });
    }

    @Test
    void knowing_more_never_turns_a_definite_verdict() {
        forAll((random, text, about) -> {
            for (int i = 0; i < 8; i++) {
                AccessRequest request = random.request();
                Optional<IdentityAccess> identity = random.identity(request.caller());
                Verdict before = verdict(text, identity, request);
                if (request.contextComplete()
                        || before.kind() == Verdict.Kind.CONDITIONAL
                        || before.kind() == Verdict.Kind.UNKNOWN) continue;
                AccessRequest more = random.withOneMoreKey(request);
                assertThat(verdict(text, identity, more).kind())
                        .as(about + request + more)
                        .isEqualTo(before.kind());
            }
        });
    }

    @Test
    void the_named_statement_is_the_one_that_decides() {
        forAll((random, text, about) -> {
            AccessRequest request = random.request();
            Optional<IdentityAccess> identity = random.identity(request.caller());
            KeyPolicy policy = KeyPolicy.read(text);
            // Taking out what decides, again and again, must change the verdict in the end.
            for (int rounds = 0; rounds <= 10; rounds++) {
                Verdict verdict = Evaluator.evaluate(policy, identity, List.of(), request);
                if (!verdict.isAllowed() && !verdict.basis().equals("explicit-deny")) return;
                String label = verdict.decidedBy();
                Set<Integer> named =
                        policy.statements().stream()
                                .filter(statement -> statement.label().equals(label))
                                .map(Statement::index)
                                .collect(Collectors.toSet());
                assertThat(named).as(about + request + verdict).isNotEmpty();
                policy = policy.edit(Map.of(), named, List.of());
            }
            throw new AssertionError("the verdict never changed: " + about + request);
        });
    }

    @Test
    void an_orphaned_id_means_nobody() {
        forAll((random, text, about) -> {
            Map<String, Object> extra =
                    new LinkedHashMap<>(
                            random.statement(random.random().nextBoolean() ? "Allow" : "Deny"));
            if (!extra.containsKey("Principal")) return;
            extra.put(
                    "Principal",
                    Map.of(
                            "AWS",
                            List.of(
                                    "AROAEXAMPLEEXAMPLE1234",
                                    "arn:aws:iam::111122223333:role/app")));
            KeyPolicy with = KeyPolicy.read(text).edit(Map.of(), Set.of(), List.of(extra));
            String without = with.text().replaceAll("\"AROAEXAMPLEEXAMPLE1234\"\\s*,", "");
            AccessRequest request = random.request();
            Optional<IdentityAccess> identity = random.identity(request.caller());
            assertThat(outcome(verdict(without, identity, request)))
                    .as(about)
                    .isEqualTo(outcome(verdict(with.text(), identity, request)));
        });
    }

    @Test
    void any_text_gives_a_verdict_and_broken_ones_never_allow() {
        forAll((random, text, about) -> {
            AccessRequest request = random.request();
            for (int i = 0; i < 5; i++) {
                String damaged = random.damaged(text);
                Verdict verdict =
                        verdict(
                                damaged,
                                Optional.of(
                                        IdentityAccess.of(
                                                Ask.KEY, List.of(damaged), Optional.of(damaged))),
                                request);
                boolean readable;
                try {
                    readable = KeyPolicy.read(damaged).problems().isEmpty();
                } catch (PolicySyntaxException e) {
                    readable = false;
                    assertThat(e.line()).isPositive();
                }
                if (!readable)
                    assertThat(outcome(verdict)).as(damaged).isEqualTo("UNKNOWN unsupported");
            }
        });
        for (String odd :
                List.of(
                        "",
                        "null",
                        "[]",
                        "{}",
                        "{\"Statement\":null}",
                        "{\"Statement\":\"x\"}",
                        "{\"Statement\":[[]]}",
                        "{\"Statement\":[{}]}"))
            assertThat(verdict(odd, Optional.empty(), new RandomPolicies(1).request()).kind())
                    .as(odd)
                    .isEqualTo(Verdict.Kind.UNKNOWN);
    }

    @Test
    void appended_statements_come_out_again_without_a_trace() {
        forAll((random, text, about) -> {
            KeyPolicy policy = KeyPolicy.read(text);
            KeyPolicy more = policy;
            int before = policy.statements().size();
            for (int i = random.random().nextInt(3); i >= 0; i--)
                more =
                        more.edit(
                                Map.of(),
                                Set.of(),
                                List.of(random.statement("Allow"), random.statement("Deny")));
            Set<Integer> added = new LinkedHashSet<>();
            for (int i = before; i < more.statements().size(); i++) added.add(i);
            assertThat(more.edit(Map.of(), added, List.of()).text()).as(about).isEqualTo(text);
            // Also in two steps, the first ones first.
            int half = added.size() / 2;
            KeyPolicy less =
                    more.edit(
                            Map.of(),
                            added.stream().limit(half).collect(Collectors.toSet()),
                            List.of());
            Set<Integer> rest = new LinkedHashSet<>();
            for (int i = before; i < less.statements().size(); i++) rest.add(i);
            assertThat(less.edit(Map.of(), rest, List.of()).text()).as(about).isEqualTo(text);
        });
    }

    @Test
    void wildcards_match_as_the_same_regular_expression_does() {
        for (long seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            String pattern =
                    random.ints(random.nextInt(8), 0, 4)
                            .mapToObj(i -> "ab*?".substring(i, i + 1))
                            .collect(Collectors.joining());
            String text =
                    random.ints(random.nextInt(10), 0, 2)
                            .mapToObj(i -> "ab".substring(i, i + 1))
                            .collect(Collectors.joining());
            String regex = pattern.replace("*", ".*").replace("?", ".");
            assertThat(Glob.of(pattern).matches(text))
                    .as("seed %s: %s on %s", seed, pattern, text)
                    .isEqualTo(Pattern.matches(regex, text));
        }
    }

    @Test
    void hostile_wildcards_cost_no_more_than_a_search() {
        String text = "a".repeat(200_000);
        assertThat(Glob.of("*a".repeat(5_000) + "*b").matches(text)).isFalse();
        assertThat(
                        Glob.of("*" + "a".repeat(10_000) + "b*" + "a".repeat(10_000) + "c*")
                                .matches(text))
                .isFalse();
        assertThat(Glob.of("*".repeat(100_000) + "a").matches(text)).isTrue();
    }

    @Test
    void a_statement_text_is_never_mistaken_for_another() {
        assertThat(JsonText.object(Map.of("a", List.of("x")))).isEqualTo("{\"a\":[\"x\"]}");
        assertThat(KeyPolicy.read("{\"Statement\":[{\"Action\":\"1\"}]}").sha256())
                .isNotEqualTo(KeyPolicy.read("{\"Statement\":[{\"Action\":{\"1\":1}}]}").sha256());
    }
}
