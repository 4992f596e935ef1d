package io.bedrockbudgeteer.bench;

import io.bedrockbudgeteer.keyguard.policy.AccessRequest;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.Caller;
import io.bedrockbudgeteer.keyguard.policy.Evaluator;
import io.bedrockbudgeteer.keyguard.policy.IdentityAccess;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.policy.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One question of a mix, with the answer it must get: what is fast and wrong shall not count.
///
/// @param identity what IAM says about the caller; empty for a service
record Question(AccessRequest request, Optional<IdentityAccess> identity, Verdict.Kind expected) {

    /// @param iam actions that an IAM policy of the role allows on every key
    /// @param context condition keys that the request carries; what else a call can carry is known
    ///   to be absent
    static Question ofRole(
            Arn role,
            List<String> iam,
            String action,
            Map<String, String> context,
            Verdict.Kind expected) {
        List<String> policies = iam.isEmpty() ? List.of() : List.of(identityPolicy(iam));
        return new Question(
                request(new Caller.Role(role), action, context),
                Optional.of(IdentityAccess.of(role, policies, Optional.empty())),
                expected);
    }

    static Question ofService(
            String service, String action, Map<String, String> context, Verdict.Kind expected) {
        return new Question(
                request(new Caller.Service(service), action, context), Optional.empty(), expected);
    }

    Verdict answer(KeyPolicy policy) {
        return Evaluator.evaluate(policy, identity, List.of(), request);
    }

    /// As [#answer(KeyPolicy)], reading the policy first.
    Verdict answer(String policy) {
        return Evaluator.evaluate(policy, identity, List.of(), request);
    }

    private static AccessRequest request(
            Caller caller, String action, Map<String, String> context) {
        Map<String, Optional<List<String>>> given = new HashMap<>();
        context.forEach((key, value) -> given.put(key, Optional.of(List.of(value))));
        return new AccessRequest(caller, action, Names.KEY, given, true);
    }

    private static String identityPolicy(List<String> actions) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"UseKeys\",\"Effect\":\"Allow\",\"Action\":[\""
                + String.join("\",\"", actions)
                + "\"],\"Resource\":\"arn:aws:kms:us-east-1:"
                + Names.ACCOUNT
                + ":key/*\"}]}";
    }
}
