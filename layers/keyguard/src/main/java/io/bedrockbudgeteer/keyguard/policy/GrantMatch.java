package io.bedrockbudgeteer.keyguard.policy;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Whether a grant covers a request. Source: KMS Developer Guide, Grants in AWS KMS, and Creating
/// grants.
final class GrantMatch {

    private GrantMatch() {}

    static Tri matches(Grant grant, AccessRequest request, RequestContext context) {
        Tri match = grantee(grant, request.caller());
        if (match.isFalse() || !hasOperation(grant, request.action())) return Tri.FALSE;
        if (!grant.settled()) match = match.and(Tri.onKey("grant propagation"));
        if (isAction(request, "kms:CreateGrant"))
            match = match.and(Tri.onKey("kms:GrantOperations")); // equal or smaller grants only
        boolean constrained =
                !isAction(request, "kms:DescribeKey") && !isAction(request, "kms:RetireGrant");
        if (constrained && grant.contextSubset().isPresent())
            match = match.and(contains(grant.contextSubset().get(), context));
        if (constrained && grant.contextEquals().isPresent())
            match = match.and(equals(grant.contextEquals().get(), context));
        if (grant.sourceArn().isPresent()
                && request.caller() instanceof Caller.Service
                && !isAction(request, "kms:RetireGrant"))
            match = match.and(sourceArn(grant.sourceArn().get(), context));
        return match;
    }

    private static Tri grantee(Grant grant, Caller caller) {
        String grantee = grant.grantee();
        if (caller instanceof Caller.Service(String name))
            return !grantee.equals(name)
                    ? Tri.FALSE
                    : grant.toService()
                            ? Tri.TRUE
                            : Tri.undocumented(
                                    "one grant that AWS made for a service may stand for several grantees");
        Arn arn = caller.principalArn().orElseThrow();
        if (grantee.equals(arn.toString())) return Tri.TRUE;
        if (caller instanceof Caller.Session(Arn _, Arn role) && grantee.equals(role.toString()))
            return Tri.TRUE;
        boolean account =
                grantee.equals(arn.account())
                        || grantee.equals(
                                "arn:" + arn.partition() + ":iam::" + arn.account() + ":root");
        return account
                ? Tri.undocumented("whom a grant to an account covers is not documented")
                : Tri.FALSE;
    }

    private static boolean hasOperation(Grant grant, String action) {
        String name = action.toLowerCase(Locale.ROOT);
        return name.startsWith("kms:")
                && grant.operations().stream()
                        .anyMatch(operation -> name.substring(4).equalsIgnoreCase(operation));
    }

    private static boolean isAction(AccessRequest request, String action) {
        return request.action().equalsIgnoreCase(action);
    }

    private static Tri contains(Map<String, String> pairs, RequestContext context) {
        Map<String, String> sent = context.encryptionContext();
        Tri result = Tri.TRUE;
        for (Map.Entry<String, String> pair : pairs.entrySet()) {
            Optional<String> value = Optional.ofNullable(sent.get(pair.getKey()));
            if (value.isPresent()) result = result.and(Tri.of(value.get().equals(pair.getValue())));
            else if (context.isEncryptionContextComplete()
                    && !context.encryptionContextNames().contains(pair.getKey())) return Tri.FALSE;
            else result = result.and(Tri.onKey("kms:EncryptionContext:" + pair.getKey()));
        }
        return result;
    }

    private static Tri equals(Map<String, String> pairs, RequestContext context) {
        if (!pairs.keySet().containsAll(context.encryptionContextNames())) return Tri.FALSE;
        Tri contained = contains(pairs, context);
        return context.isEncryptionContextComplete()
                ? contained
                : contained.and(Tri.onKey("kms:EncryptionContextKeys"));
    }

    private static Tri sourceArn(String wanted, RequestContext context) {
        return switch (context.get("aws:SourceArn")) {
            case RequestContext.Value.Present(var values) ->
                    Tri.of(values.size() == 1 && values.getFirst().equals(wanted));
            case RequestContext.Value.Absent _ -> Tri.FALSE;
            case RequestContext.Value.Unknown _ -> Tri.onKey("aws:SourceArn");
        };
    }
}
