package io.bedrockbudgeteer.keyguard.policy;

import java.util.List;
import java.util.Optional;

/// One question to the evaluator, apart from the policy. Its text goes into the message of a
/// failure.
///
/// @param identity what IAM says about the caller; empty when nothing is known of it
public record Question(
        AccessRequest request, Optional<IdentityAccess> identity, List<Grant> grants) {

    public Verdict of(KeyPolicy policy) {
        return Evaluator.evaluate(policy, identity, grants, request);
    }

    Verdict of(String text) {
        return Evaluator.evaluate(text, identity, grants, request);
    }

    public Question with(List<Grant> others) {
        return new Question(request, identity, others);
    }
}
