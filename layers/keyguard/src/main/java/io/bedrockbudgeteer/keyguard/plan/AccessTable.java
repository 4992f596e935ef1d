package io.bedrockbudgeteer.keyguard.plan;

import io.bedrockbudgeteer.keyguard.policy.AccessRequest;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.Caller;
import io.bedrockbudgeteer.keyguard.policy.Evaluator;
import io.bedrockbudgeteer.keyguard.policy.IdentityAccess;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.policy.PolicyRules;
import io.bedrockbudgeteer.keyguard.policy.Verdict;
import io.bedrockbudgeteer.keyguard.requirement.Requirement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Asks the evaluator every question that a list of requirements poses, and remembers the answers:
/// a plan asks many of them twice. For one plan and one thread.
final class AccessTable {

    /// @param resource what it is about, for people
    private record Question(AccessRequest request, String resource) {}

    private final Situation situation;
    // By identity: the same few objects are asked about again and again, and comparing requirements
    // costs more than asking.
    private final IdentityHashMap<PolicyRules, IdentityHashMap<Requirement, List<AccessRow>>>
            answered = new IdentityHashMap<>();
    private final IdentityHashMap<Requirement, List<Question>> questions = new IdentityHashMap<>();

    AccessTable(Situation situation) {
        this.situation = situation;
    }

    List<AccessRow> rows(KeyPolicy policy, List<Requirement> requirements) {
        List<AccessRow> rows = new ArrayList<>();
        for (Requirement requirement : requirements) rows.addAll(rows(policy.rules(), requirement));
        return rows;
    }

    List<AccessRow> rows(PolicyRules policy, Requirement requirement) {
        return answered.computeIfAbsent(policy, _ -> new IdentityHashMap<>())
                .computeIfAbsent(requirement, _ -> ask(policy, requirement));
    }

    private List<AccessRow> ask(PolicyRules policy, Requirement requirement) {
        Optional<IdentityAccess> identity = identity(requirement.caller());
        List<AccessRow> rows = new ArrayList<>();
        for (Question question : questions(requirement))
            rows.add(
                    new AccessRow(
                            requirement,
                            question.request().action(),
                            question.resource(),
                            Evaluator.evaluate(
                                    policy, identity, situation.grants(), question.request())));
        return List.copyOf(rows);
    }

    private List<Question> questions(Requirement requirement) {
        return questions.computeIfAbsent(
                requirement,
                _ -> {
                    List<Question> asked = new ArrayList<>();
                    for (String action : requirement.singleActions())
                        for (Map<String, List<String>> request : requirement.requests())
                            asked.add(
                                    new Question(
                                            question(requirement.caller(), action, request),
                                            resource(request)));
                    return asked;
                });
    }

    /// The verdicts, in the order of [#rows], if IAM allowed everything and there were no boundary.
    List<Verdict> verdictsWithFullIam(PolicyRules policy, Requirement requirement) {
        Optional<IdentityAccess> all =
                requirement.caller().principalArn().map(IdentityAccess::unlimited);
        List<Verdict> verdicts = new ArrayList<>();
        for (Question question : questions(requirement))
            verdicts.add(Evaluator.evaluate(policy, all, situation.grants(), question.request()));
        return verdicts;
    }

    /// Whether the principal that would put the policy may do so under it.
    Verdict mayPutKeyPolicy(KeyPolicy policy) {
        Arn principal = situation.caller().principal();
        Caller caller =
                Caller.tryParse(principal.toString())
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "caller " + principal + " is not an IAM principal"));
        Map<String, Optional<List<String>>> context = direct();
        context.put("kms:BypassPolicyLockoutSafetyCheck", Optional.of(List.of("false")));
        return Evaluator.evaluate(
                policy,
                Optional.of(situation.caller()),
                situation.grants(),
                new AccessRequest(caller, "kms:PutKeyPolicy", situation.key(), context, false));
    }

    Optional<IdentityAccess> identity(Caller caller) {
        return caller.principalArn()
                .flatMap(arn -> Optional.ofNullable(situation.roles().get(arn)));
    }

    private AccessRequest question(
            Caller caller, String action, Map<String, List<String>> request) {
        Map<String, Optional<List<String>>> context = new HashMap<>();
        if (!(caller instanceof Caller.Service)) {
            context.putAll(direct());
            // IAM User Guide, Forward access sessions: the service asks KMS as the role, and says
            // so.
            if (request.containsKey("kms:ViaService"))
                context.put("aws:ViaAWSService", Optional.of(List.of("true")));
        }
        request.forEach((key, values) -> context.put(key, Optional.of(values)));
        return new AccessRequest(caller, action, situation.key(), context, false);
    }

    /// What is known about a call that an IAM principal makes itself.
    private static Map<String, Optional<List<String>>> direct() {
        Map<String, Optional<List<String>>> context = new HashMap<>();
        context.put("aws:SourceArn", Optional.empty());
        context.put("aws:SourceAccount", Optional.empty());
        context.put("kms:ViaService", Optional.empty());
        context.put("aws:ViaAWSService", Optional.of(List.of("false")));
        return context;
    }

    /// What a request is about: the encryption context, or else the source ARN.
    private static String resource(Map<String, List<String>> request) {
        for (String prefix : List.of("kms:EncryptionContext:", "aws:SourceArn"))
            for (Map.Entry<String, List<String>> entry : request.entrySet())
                if (entry.getKey().startsWith(prefix)) return String.join(", ", entry.getValue());
        return "";
    }
}
