package io.bedrockbudgeteer.bench;

import io.bedrockbudgeteer.keyguard.policy.AccessRequest;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.Caller;
import io.bedrockbudgeteer.keyguard.policy.IdentityPolicy;
import io.bedrockbudgeteer.local.account.Principal;
import io.bedrockbudgeteer.local.service.access.Context;
import io.bedrockbudgeteer.local.service.access.Contexts;
import io.bedrockbudgeteer.local.service.access.Decision;
import io.bedrockbudgeteer.local.service.access.Evaluation;
import io.bedrockbudgeteer.local.service.access.Policy;
import io.bedrockbudgeteer.local.service.access.Who;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A question in the form of the local runner's evaluator, ready to be asked: the context is
/// collected and the caller's IAM policies are read, which [Question#answer] does anew each time.
record PeerQuestion(
        Who who, String action, Context context, Map<String, String> encryptionContext) {
    private static final String ENCRYPTION_CONTEXT = "kms:encryptioncontext:";

    static PeerQuestion of(Question question) {
        AccessRequest request = question.request();
        Who who =
                switch (request.caller()) {
                    case Caller.Service(String name) -> Who.service(new Principal.Service(name));
                    case Caller.Role(Arn arn) -> role(arn, question);
                    default -> throw new IllegalArgumentException("caller " + request.caller());
                };
        Context.Builder context =
                Contexts.global(
                                who,
                                request.key().region(),
                                request.key().account(),
                                request.context().containsKey("kms:ViaService"),
                                Instant.parse("2026-11-24T00:00:00Z"))
                        .absent("kms:ViaService", "kms:GrantIsForAWSResource")
                        .absentPrefix(ENCRYPTION_CONTEXT);
        Map<String, String> encryptionContext = new HashMap<>();
        request.context()
                .forEach((key, values) -> {
                    context.put(key, values.orElseThrow());
                    if (key.toLowerCase(Locale.ROOT).startsWith(ENCRYPTION_CONTEXT))
                        encryptionContext.put(
                                key.substring(ENCRYPTION_CONTEXT.length()),
                                values.orElseThrow().getFirst());
                });
        return new PeerQuestion(
                who, request.action(), context.build(), Map.copyOf(encryptionContext));
    }

    private static Who role(Arn arn, Question question) {
        List<Who.Named> policies = new ArrayList<>();
        for (IdentityPolicy policy : question.identity().orElseThrow().policies())
            policies.add(new Who.Named("inline", Policy.of(policy.text())));
        return new Who(
                new Principal.Session(arn.toString(), "session"),
                arn.account(),
                Optional.of("AROA1234567890EXAMPLE"),
                policies);
    }

    Decision answer(Policy policy) {
        return new Evaluation(who, action, Names.KEY.toString(), context)
                .byKey(policy, Names.ACCOUNT, List.of(), encryptionContext);
    }
}
