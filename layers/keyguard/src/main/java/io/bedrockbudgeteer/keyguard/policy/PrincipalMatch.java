package io.bedrockbudgeteer.keyguard.policy;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether the Principal or NotPrincipal of a statement means a caller, and in which way. Sources:
/// IAM User Guide, AWS JSON policy elements: Principal, and NotPrincipal.
final class PrincipalMatch {

    /// In which way an Allow reaches the caller. What else must agree differs.
    enum Way {
        /// Named itself, or everyone is: nothing else is needed.
        DIRECT,
        /// Named by the ARN of its role: a permissions boundary still limits. IAM User Guide,
        /// Permissions boundaries.
        DIRECT_IN_BOUNDARY,
        /// Its account is named: IAM decides. KMS Developer Guide, Default key policy.
        ACCOUNT
    }

    private PrincipalMatch() {}

    /// Ways in which an Allow names the caller; no entry means not at all.
    static Map<Way, Tri> inAllow(Principals principals, Caller caller) {
        Map<Way, Tri> ways = new EnumMap<>(Way.class);
        for (Principals.Name name : principals.names()) {
            Optional<Way> way = way(name, caller);
            if (way.isEmpty()) continue;
            ways.merge(way.get(), certainty(name, caller), Tri::or);
        }
        return ways;
    }

    static Tri inDeny(Principals principals, Caller caller, Optional<IdentityAccess> identity) {
        if (principals.negated()) return notPrincipal(principals, caller, identity);
        Tri result = Tri.FALSE;
        for (Principals.Name name : principals.names()) {
            if (way(name, caller).isEmpty()) continue;
            // A guard that means everybody must be taken to mean services too; only {"Service":
            // "*"} says nothing AWS explains.
            boolean everyIdentity = name.type() == Principals.Type.AWS && name.value().equals("*");
            result = result.or(everyIdentity ? Tri.TRUE : certainty(name, caller));
        }
        return result;
    }

    private static Optional<Way> way(Principals.Name name, Caller caller) {
        String value = name.value();
        return switch (name.type()) {
            case EVERYONE -> Optional.of(Way.DIRECT);
            case SERVICE ->
                    caller instanceof Caller.Service(String service)
                                    && (value.equals(service) || value.equals("*"))
                            ? Optional.of(Way.DIRECT)
                            : Optional.empty();
            case FEDERATED, CANONICAL_USER -> Optional.empty();
            case AWS ->
                    value.equals("*")
                            ? Optional.of(Way.DIRECT)
                            : caller.principalArn().flatMap(arn -> awsWay(value, arn, caller));
        };
    }

    private static Optional<Way> awsWay(String value, Arn arn, Caller caller) {
        if (isAccountOf(value, arn))
            return Optional.of(caller instanceof Caller.Root ? Way.DIRECT : Way.ACCOUNT);
        if (caller instanceof Caller.Session(Arn _, Arn role) && value.equals(role.toString()))
            return Optional.of(Way.DIRECT_IN_BOUNDARY);
        if (!value.equals(arn.toString())) return Optional.empty();
        return Optional.of(caller instanceof Caller.Role ? Way.DIRECT_IN_BOUNDARY : Way.DIRECT);
    }

    private static boolean isAccountOf(String value, Arn arn) {
        return value.equals(arn.account())
                || value.equals("arn:" + arn.partition() + ":iam::" + arn.account() + ":root");
    }

    private static Tri certainty(Principals.Name name, Caller caller) {
        if (!(caller instanceof Caller.Service)
                || !name.value().equals("*")
                || name.type() == Principals.Type.EVERYONE) return Tri.TRUE;
        return name.type() == Principals.Type.AWS
                ? Tri.undocumented("whether {\"AWS\": \"*\"} means services is not documented")
                : Tri.undocumented(
                        "what {\"Service\": \"*\"} means in a key policy is not documented");
    }

    /// Everyone is denied but who is listed in full: the principal, its role when it is a session,
    /// and its account.
    private static Tri notPrincipal(
            Principals principals, Caller caller, Optional<IdentityAccess> identity) {
        List<Principals.Name> names = principals.names();
        if (names.stream().anyMatch(name -> name.value().equals("*")))
            return Tri.undocumented("NotPrincipal with \"*\" is not documented");
        if (caller instanceof Caller.Service(String service))
            return Tri.of(
                    names.stream()
                            .noneMatch(name ->
                                    name.type() == Principals.Type.SERVICE
                                            && name.value().equals(service)));
        Arn arn = caller.principalArn().orElseThrow();
        boolean account =
                names.stream()
                        .anyMatch(name ->
                                name.type() == Principals.Type.AWS
                                        && isAccountOf(name.value(), arn));
        boolean listed =
                account
                        && (caller instanceof Caller.Root || has(names, arn))
                        && (!(caller instanceof Caller.Session(Arn _, Arn role))
                                || has(names, role));
        if (!listed) return Tri.TRUE;
        if (caller instanceof Caller.Root) return Tri.FALSE; // the root user has no boundary
        if (identity.isEmpty() || identity.get().unreadable().isPresent())
            return Tri.undocumented(
                    "NotPrincipal denies every caller with a permissions boundary, and whether there is one is not known");
        return Tri.of(identity.get().boundary().isPresent());
    }

    private static boolean has(List<Principals.Name> names, Arn arn) {
        return names.stream()
                .anyMatch(name ->
                        name.type() == Principals.Type.AWS && name.value().equals(arn.toString()));
    }
}
