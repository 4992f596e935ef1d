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
import org.jspecify.annotations.Nullable;

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
    private static final Value UNKNOWN = new Value.Unknown(Optional.empty());
    private static final Value TRUE = present("true");
    private static final Value FALSE = present("false");
    private static final Value SERVICE_PRINCIPAL_ARN =
            new Value.Unknown(
                    Optional.of("whether aws:PrincipalArn is set for services is not documented"));

    private final AccessRequest request;
    private final String action;
    private final Optional<String> actionOnKey;
    private final Map<String, Value> given;

    private RequestContext(AccessRequest request) {
        this.request = request;
        this.action = request.action().toLowerCase(Locale.ROOT);
        this.actionOnKey = KmsActions.nameOnKey(action);
        this.given = given(request.context());
    }

    static RequestContext of(AccessRequest request) {
        return new RequestContext(request);
    }

    private static Map<String, Value> given(Map<String, Optional<List<String>>> context) {
        Map<String, Value> given = HashMap.newHashMap(context.size());
        context.forEach((name, values) -> {
            String key = ContextKeys.normalize(name);
            Value value = values.<Value>map(Value.Present::new).orElse(ABSENT);
            // Key names ignore case, the pairs of an encryption context do not: which of the two
            // would count is not documented.
            if (given.put(key, value) != null) given.put(key, twice(key));
        });
        return given;
    }

    private static Value twice(String key) {
        return new Value.Unknown(Optional.of("\"" + key + "\" is given twice in different case"));
    }

    /// The action in lower case.
    String action() {
        return action;
    }

    Value get(String name) {
        return getNormalized(ContextKeys.normalize(name));
    }

    /// @param key as [ContextKeys#normalize] writes it
    Value getNormalized(String key) {
        if (actionOnKey.isPresent() && ContextKeys.isForeignTo(actionOnKey.get(), key))
            return ABSENT;
        Value value = given.get(key);
        if (value == null) value = derived(key);
        if (value == null && key.equals(ENCRYPTION_CONTEXT_KEYS)) value = encryptionContextKeys();
        if (value != null) return value;
        return request.contextComplete() ? ABSENT : UNKNOWN;
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

    /// Names in the encryption context that are known to be there, with their case. The value of
    /// one that only kms:EncryptionContextKeys lists is not known.
    Set<String> encryptionContextNames() {
        Set<String> names = new HashSet<>(encryptionContext().keySet());
        if (given.get(ENCRYPTION_CONTEXT_KEYS) instanceof Value.Present(var listed))
            names.addAll(listed);
        return names;
    }

    /// Whether pairs that were not given are known not to be there.
    boolean isEncryptionContextComplete() {
        return request.contextComplete() || given.containsKey(ENCRYPTION_CONTEXT_KEYS);
    }

    private Value encryptionContextKeys() {
        if (!request.contextComplete()) return UNKNOWN;
        List<String> keys = new ArrayList<>(encryptionContext().keySet());
        return keys.isEmpty() ? ABSENT : new Value.Present(keys);
    }

    /// What follows from the request itself; null when nothing does.
    private @Nullable Value derived(String key) {
        return switch (key) {
            case "aws:resourceaccount" -> present(request.key().account());
            case "aws:requestedregion" -> present(request.key().region());
            case "aws:securetransport" -> TRUE; // KMS answers over TLS only
            default ->
                    request.caller() instanceof Caller.Service(String name)
                            ? ofService(key, name)
                            : ofPrincipal(key, request.caller().principalArn().orElseThrow());
        };
    }

    private @Nullable Value ofService(String key, String name) {
        return switch (key) {
            case "aws:principalisawsservice" -> TRUE;
            case "aws:principalservicename" -> present(name);
            // A service belongs to no organization of the customer.
            case "aws:principalorgid", "aws:username" -> ABSENT;
            case "aws:principalarn" -> request.contextComplete() ? null : SERVICE_PRINCIPAL_ARN;
            default -> null;
        };
    }

    private @Nullable Value ofPrincipal(String key, Arn principal) {
        return switch (key) {
            case "aws:principalarn" -> present(shown(principal).toString());
            case "aws:principalaccount", "kms:calleraccount" -> present(principal.account());
            case "aws:principalisawsservice" -> FALSE;
            case "aws:principalservicename", "aws:principalservicenameslist" -> ABSENT;
            case "aws:principaltype" -> present(principalType());
            case "aws:username" -> {
                if (!(request.caller() instanceof Caller.User)) yield ABSENT;
                String path = principal.resourceName();
                yield present(path.substring(path.lastIndexOf('/') + 1));
            }
            case "aws:userid" ->
                    request.caller() instanceof Caller.Root ? present(principal.account()) : null;
            default -> null;
        };
    }

    /// aws:PrincipalArn of a session is the ARN of its role. IAM User Guide, AWS global condition
    /// context keys.
    private Arn shown(Arn principal) {
        return request.caller() instanceof Caller.Session(Arn _, Arn role) ? role : principal;
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

    private static Value present(String value) {
        return new Value.Present(List.of(value));
    }
}
