package io.bedrockbudgeteer.keyguard.cli.explain;

import io.bedrockbudgeteer.keyguard.policy.AccessRequest;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.Boundary;
import io.bedrockbudgeteer.keyguard.policy.Caller;
import io.bedrockbudgeteer.keyguard.policy.Evaluator;
import io.bedrockbudgeteer.keyguard.policy.IdentityAccess;
import io.bedrockbudgeteer.keyguard.policy.IdentityPolicy;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.policy.PolicySyntaxException;
import io.bedrockbudgeteer.keyguard.policy.Verdict;
import java.util.List;
import java.util.Optional;

/// Puts questions to the evaluator. Remembers policies that it has read. Not thread-safe.
public final class Answers {
    // Thirty policies of the greatest length, or hundreds of usual ones. Read, a policy takes up to
    // twenty times its text, which still fits into the smallest heap that is tested (48 MiB).
    private static final int REMEMBERED = 512 * 1024;

    private final TextCache<Optional<KeyPolicy>> keyPolicies =
            new TextCache<>(REMEMBERED, Answers::read);
    private final TextCache<IdentityPolicy> identityPolicies =
            new TextCache<>(REMEMBERED, IdentityPolicy::of);

    /// Never fails: a policy that cannot be read gives UNKNOWN.
    public Verdict to(Question question) {
        AccessRequest request = question.request();
        Optional<IdentityAccess> identity = identity(question);
        Optional<KeyPolicy> policy = keyPolicies.get(question.keyPolicy());
        // The evaluator has the words for a text that cannot be read.
        return policy.isPresent()
                ? Evaluator.evaluate(policy.get(), identity, question.grants(), request)
                : Evaluator.evaluate(question.keyPolicy(), identity, question.grants(), request);
    }

    private static Optional<KeyPolicy> read(String text) {
        try {
            return Optional.of(KeyPolicy.read(text));
        } catch (PolicySyntaxException e) {
            return Optional.empty();
        }
    }

    private Optional<IdentityAccess> identity(Question question) {
        Optional<Arn> principal = owner(question.request().caller());
        boolean nothingGiven =
                question.identityPolicies().isEmpty() && question.boundaries().isEmpty();
        if (principal.isEmpty() || nothingGiven) return Optional.empty();
        return Optional.of(
                new IdentityAccess(
                        principal.get(),
                        question.identityPolicies().map(this::parsed).orElse(List.of()),
                        boundary(question),
                        question.identityPolicies().isPresent()
                                ? Optional.empty()
                                : Optional.of("not given")));
    }

    private Boundary boundary(Question question) {
        if (question.boundaries().isEmpty()) return new Boundary.Unknown();
        List<IdentityPolicy> limits = parsed(question.boundaries().get());
        return limits.isEmpty() ? new Boundary.None() : new Boundary.Limits(limits);
    }

    private List<IdentityPolicy> parsed(List<String> texts) {
        return texts.stream().map(identityPolicies::get).toList();
    }

    /// Whom identity policies hang on: the role of a session. Nobody for a service.
    private static Optional<Arn> owner(Caller caller) {
        return caller instanceof Caller.Session(Arn _, Arn role)
                ? Optional.of(role)
                : caller.principalArn();
    }
}
