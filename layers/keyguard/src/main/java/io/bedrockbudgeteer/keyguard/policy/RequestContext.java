package io.bedrockbudgeteer.keyguard.policy;

import static io.bedrockbudgeteer.keyguard.policy.ContextKeys.ENCRYPTION_CONTEXT;
import static io.bedrockbudgeteer.keyguard.policy.ContextKeys.ENCRYPTION_CONTEXT_KEYS;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The condition keys of one request: given, derived from the request itself, known to be absent,
/// or unknown. Sources: IAM User Guide, AWS global condition context keys; KMS Developer Guide,
/// Condition keys for AWS KMS.
final class RequestContext {

    sealed interface Value {
        record Present(List<String> values) implements Value {}

        record Absent() implements Value {}

        /// @param undocumented why nobody can know; empty when the request was just not described
        ///   fully
        record Unknown(Optional<String> undocumented) implements Value {}
    }

    private static final Value ABSENT = new Value.Absent();

    private final AccessRequest request;
    private final Map<String, Value> given = new HashMap<>();
    private final Map<String, Value> derived = new HashMap<>();

    private RequestContext(AccessRequest request) {
        this.request = request;
    }

    static RequestContext of(AccessRequest request) {
        RequestContext context = new RequestContext(request);
        Set<String> twice = new HashSet<>();
        request.context()
                .forEach((name, values) -> {
                    String key = ContextKeys.normalize(name);
                    Value value = values.<Value>map(Value.Present::new).orElse(ABSENT);
                    if (context.given.put(key, value) != null) twice.add(key);
                });
        // Key names ignore case, the pairs of an encryption context do not: which of the two would
        // count is not documented.
        for (String key : twice)
            context.given.put(
                    key,
                    new Value.Unknown(
                            Optional.of("\"" + key + "\" is given twice in different case")));
        context.derive();
        return context;
    }

    Value get(String name) {
        String key = ContextKeys.normalize(name);
        if (ContextKeys.isForeignTo(request.action(), key)) return ABSENT;
        Value value = given.get(key);
        if (value == null) value = derived.get(key);
        if (value == null && key.equals(ENCRYPTION_CONTEXT_KEYS)) value = encryptionContextKeys();
        if (value != null) return value;
        return request.contextComplete() ? ABSENT : new Value.Unknown(Optional.empty());
    }

    /// The encryption context as far as it was given, with the case of its keys.
    Map<String, String> encryptionContext() {
        Map<String, String> pairs = new LinkedHashMap<>();
        request.context()
                .forEach((name, values) -> {
                    if (name.toLowerCase(Locale.ROOT).startsWith(ENCRYPTION_CONTEXT)
                            && values.isPresent()
                            && values.get().size() == 1)
                        pairs.put(
                                name.substring(ENCRYPTION_CONTEXT.length()),
                                values.get().getFirst());
                });
        return pairs;
    }

    /// Whether pairs that were not given are known not to be there.
    boolean isEncryptionContextComplete() {
        return request.contextComplete() || given.containsKey(ENCRYPTION_CONTEXT_KEYS);
    }

    private Value encryptionContextKeys() {
        if (!request.contextComplete()) return new Value.Unknown(Optional.empty());
        List<String> keys = new ArrayList<>(encryptionContext().keySet());
        return keys.isEmpty() ? ABSENT : new Value.Present(keys);
    }

    private void derive() {
        put("aws:ResourceAccount", request.key().account());
        put("aws:RequestedRegion", request.key().region());
        put("aws:SecureTransport", "true"); // KMS answers over TLS only
        if (request.caller() instanceof Caller.Service(String name)) {
            put("aws:PrincipalIsAWSService", "true");
            put("aws:PrincipalServiceName", name);
            derived.put(
                    "aws:principalorgid",
                    ABSENT); // a service belongs to no organization of the customer
            derived.put("aws:username", ABSENT);
            if (!request.contextComplete())
                derived.put(
                        "aws:principalarn",
                        new Value.Unknown(
                                Optional.of(
                                        "whether aws:PrincipalArn is set for services is not documented")));
            return;
        }
        Arn principal = request.caller().principalArn().orElseThrow();
        Arn shown = request.caller() instanceof Caller.Session(Arn _, Arn role) ? role : principal;
        put("aws:PrincipalArn", shown.toString());
        put("aws:PrincipalAccount", principal.account());
        put("kms:CallerAccount", principal.account());
        put("aws:PrincipalIsAWSService", "false");
        derived.put("aws:principalservicename", ABSENT);
        derived.put("aws:principalservicenameslist", ABSENT);
        put("aws:PrincipalType", principalType());
        if (request.caller() instanceof Caller.User) {
            String path = principal.resourceName();
            put("aws:username", path.substring(path.lastIndexOf('/') + 1));
        } else {
            derived.put("aws:username", ABSENT);
        }
        if (request.caller() instanceof Caller.Root) put("aws:userid", principal.account());
    }

    private String principalType() {
        return switch (request.caller()) {
            case Caller.Root _ -> "Account";
            case Caller.User _ -> "User";
            case Caller.FederatedUser _ -> "FederatedUser";
            case Caller.Role _, Caller.Session _ -> "AssumedRole";
            case Caller.Service _ ->
                    throw new IllegalStateException("a service has no principal type");
        };
    }

    private void put(String key, String value) {
        derived.put(key.toLowerCase(Locale.ROOT), new Value.Present(List.of(value)));
    }
}
