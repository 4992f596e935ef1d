package io.bedrockbudgeteer.keyguard.plan;

import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.finding.Rule;
import io.bedrockbudgeteer.keyguard.policy.AccessRequest;
import io.bedrockbudgeteer.keyguard.policy.EveryPolicy;
import io.bedrockbudgeteer.keyguard.policy.Grant;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.policy.Question;
import io.bedrockbudgeteer.keyguard.policy.RandomPolicies;
import io.bedrockbudgeteer.keyguard.policy.RandomRequests;
import io.bedrockbudgeteer.keyguard.policy.Verdict;
import io.bedrockbudgeteer.keyguard.requirement.Requirement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/// A plan for one policy text, reduced to what the properties look at: ten thousand whole plans
/// would take too much memory.
///
/// @param asked what the seed asks for
/// @param after the new text when something is to be changed
/// @param sids of what is added, changed or taken out
/// @param answers the access table after the change, or before it when there is none
/// @param unnamed callers that lack something and are in no finding
/// @param rules the rules of the findings
/// @param refused whether the plan is [Plan.Refused]
/// @param hasError whether a finding is an error
/// @param minified whether white space had to go
record Planned(
        long seed,
        String text,
        Asked asked,
        Optional<String> after,
        List<String> sids,
        List<Verdict.Kind> answers,
        Set<String> unnamed,
        Set<Rule> rules,
        boolean refused,
        boolean hasError,
        boolean minified)
        implements EveryPolicy.Sample {

    /// What a stack wants. A few requirements at a time: a plan asks dozens of questions for each.
    record Asked(List<Requirement> requirements, RoleStatements roles, List<Grant> grants) {
        static Asked of(long seed) {
            Random random = EveryPolicy.random(seed, "asked");
            List<Requirement> requirements = new ArrayList<>(Samples.requirements());
            while (requirements.size() > 3 || (requirements.size() > 1 && random.nextBoolean()))
                requirements.remove(random.nextInt(requirements.size()));
            RoleStatements roles =
                    random.nextInt(3) == 0 ? RoleStatements.ALWAYS : RoleStatements.LEAST;
            List<Grant> grants = new ArrayList<>();
            if (random.nextInt(4) == 0)
                grants.add(
                        new Grant(
                                "grant-1",
                                Samples.role("lambda-execution").toString(),
                                Set.of("Decrypt", "Encrypt", "GenerateDataKey", "DescribeKey"),
                                Optional.empty(),
                                random.nextBoolean()
                                        ? Optional.of(Map.of("a", "x"))
                                        : Optional.empty(),
                                Optional.empty()));
            return new Asked(requirements, roles, grants);
        }

        Situation situation(String text) {
            Situation plain = Samples.situation(text);
            return new Situation(
                    plain.key(),
                    plain.policy(),
                    plain.roles(),
                    grants,
                    plain.caller(),
                    plain.owner());
        }

        Plan plan(Situation situation) {
            return Planner.add(situation, requirements, roles, List.of());
        }
    }

    private static List<Planned> all = List.of();

    /// Planned once for all properties, on first use.
    static synchronized List<Planned> all() {
        if (all.isEmpty()) all = EveryPolicy.samples(Planned::text, Planned::of);
        return all;
    }

    /// Checks a property of every plan that changes something.
    static void forAllChanges(String name, Consumer<Planned> property) {
        EveryPolicy.check(
                name,
                all(),
                Planned::of,
                planned -> {
                    if (planned.after().isPresent()) property.accept(planned);
                });
    }

    private static String text(long seed) {
        return new RandomPolicies(seed)
                .text(new RandomOwn(EveryPolicy.random(seed, "own")).statements());
    }

    static Planned of(long seed, String text) {
        Asked asked = Asked.of(seed);
        Plan plan = asked.plan(asked.situation(text));
        List<AccessRow> rows = plan instanceof Plan.Change change ? change.after() : plan.before();
        Set<Rule> rules = new HashSet<>();
        plan.findings().forEach(finding -> rules.add(finding.rule()));
        return new Planned(
                seed,
                text,
                asked,
                plan instanceof Plan.Change change
                        ? Optional.of(change.policy().text())
                        : Optional.empty(),
                plan instanceof Plan.Change change
                        ? change.changes().stream().map(StatementChange::sid).toList()
                        : List.of(),
                rows.stream().map(row -> row.verdict().kind()).toList(),
                unnamed(rows, plan.findings()),
                Set.copyOf(rules),
                plan instanceof Plan.Refused,
                plan.findings().stream().anyMatch(Finding::isError),
                plan.findings().stream()
                        .anyMatch(finding -> finding.message().startsWith("White space is taken")));
    }

    private static Set<String> unnamed(List<AccessRow> rows, List<Finding> findings) {
        Set<String> unnamed = new HashSet<>();
        for (AccessRow row : rows)
            if (!row.verdict().isAllowed()) unnamed.add(row.requirement().caller().displayName());
        unnamed.removeIf(
                caller -> findings.stream().anyMatch(found -> found.message().contains(caller)));
        return unnamed;
    }

    /// The text as it was, in the characters that KMS takes.
    KeyPolicy before() {
        return KeyPolicy.read(text).sendable();
    }

    KeyPolicy changed() {
        return KeyPolicy.read(after.orElseThrow());
    }

    Situation now() {
        return asked.situation(after.orElseThrow());
    }

    List<Question> questions(int count) {
        return questions(seed, count);
    }

    /// Every other one is what a requirement is about, with one context value missing or another
    /// one: what our statements give, and what they just do not.
    static List<Question> questions(long seed, int count) {
        RandomRequests requests = new RandomRequests(seed);
        Random random = EveryPolicy.random(seed, "questions");
        List<Requirement> asked = Asked.of(seed).requirements();
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < count; i++)
            questions.add(
                    i % 2 == 1
                            ? requests.question()
                            : requests.about(
                                    request(asked.get(random.nextInt(asked.size())), random)));
        return questions;
    }

    private static AccessRequest request(Requirement requirement, Random random) {
        List<String> actions = requirement.singleActions();
        Map<String, Optional<List<String>>> context = new HashMap<>();
        requirement
                .requests()
                .get(random.nextInt(requirement.requests().size()))
                .forEach((key, values) -> context.put(key, Optional.of(values)));
        List<String> keys = context.keySet().stream().sorted().toList();
        if (!keys.isEmpty() && random.nextInt(3) == 0) {
            String key = keys.get(random.nextInt(keys.size()));
            if (random.nextBoolean()) context.remove(key);
            else context.put(key, Optional.of(List.of("x")));
        }
        return new AccessRequest(
                requirement.caller(),
                actions.get(random.nextInt(actions.size())),
                Samples.KEY,
                context,
                random.nextBoolean());
    }

    /// Whether no statement of ours was there, not even one that somebody edited.
    boolean isFirst() {
        return Planner.ownStatements(before(), Samples.OWNER).isEmpty();
    }

    static KeyPolicy withoutOurs(KeyPolicy policy) {
        return policy.edit(Map.of(), ours(policy), List.of());
    }

    static KeyPolicy onlyOurs(KeyPolicy policy) {
        Set<Integer> others = new HashSet<>();
        for (int i = 0; i < policy.statements().size(); i++) others.add(i);
        others.removeAll(ours(policy));
        return policy.edit(Map.of(), others, List.of());
    }

    /// Statements that we may change: not those that somebody edited.
    static Set<Integer> ours(KeyPolicy policy) {
        Set<Integer> ours = new HashSet<>();
        for (OwnStatement own : Planner.ownStatements(policy, Samples.OWNER))
            if (own.state() != OwnStatement.State.EDITED) ours.add(own.statement().index());
        return ours;
    }
}
