package io.bedrockbudgeteer.keyguard.policy;

import java.util.List;
import java.util.Optional;

/// Whether the Principal or NotPrincipal of a statement means a caller, and in which way. For one
/// caller; immutable. Sources: IAM User Guide, AWS JSON policy elements: Principal, and
/// NotPrincipal.
final class PrincipalMatch {

    /// In which way a name reaches the caller. What else must agree differs.
    enum Way {
        /// Named itself, or everyone is: nothing else is needed.
        DIRECT,
        /// Named by the ARN of its role: a permissions boundary still limits. IAM User Guide,
        /// Permissions boundaries.
        DIRECT_IN_BOUNDARY,
        /// Its account is named: IAM decides. KMS Developer Guide, Default key policy.
        ACCOUNT,
        NOT_AT_ALL
    }

    /// How an Allow reaches the caller, each way on its own.
    record Reach(Tri direct, Tri directInBoundary, Tri account) {
        static final Reach NONE = new Reach(Tri.FALSE, Tri.FALSE, Tri.FALSE);

        private Reach with(Way way, Tri certainty) {
            return switch (way) {
                case DIRECT -> new Reach(direct.or(certainty), directInBoundary, account);
                case DIRECT_IN_BOUNDARY ->
                        new Reach(direct, directInBoundary.or(certainty), account);
                case ACCOUNT -> new Reach(direct, directInBoundary, account.or(certainty));
                case NOT_AT_ALL -> this;
            };
        }

        boolean isNone() {
            return direct.isFalse() && directInBoundary.isFalse() && account.isFalse();
        }
    }

    private final Caller caller;
    // Texts that names are compared with; empty where the caller has none, as no name is empty.
    private final String self;
    private final String role;
    private final String account;
    private final String accountRoot;

    private PrincipalMatch(
            Caller caller, String self, String role, String account, String accountRoot) {
        this.caller = caller;
        this.self = self;
        this.role = role;
        this.account = account;
        this.accountRoot = accountRoot;
    }

    static PrincipalMatch of(Caller caller) {
        if (caller instanceof Caller.Service(String name))
            return new PrincipalMatch(caller, name, "", "", "");
        Arn arn = caller.principalArn().orElseThrow();
        return new PrincipalMatch(
                caller,
                arn.toString(),
                caller instanceof Caller.Session(Arn _, Arn role) ? role.toString() : "",
                arn.account(),
                "arn:" + arn.partition() + ":iam::" + arn.account() + ":root");
    }

    Reach inAllow(Principals principals) {
        Reach reach = Reach.NONE;
        for (Principals.Name name : principals.names()) {
            Way way = way(name);
            if (way != Way.NOT_AT_ALL) reach = reach.with(way, certainty(name));
        }
        return reach;
    }

    Tri inDeny(Principals principals, Optional<IdentityAccess> identity) {
        if (principals.negated()) return notPrincipal(principals, identity);
        Tri result = Tri.FALSE;
        for (Principals.Name name : principals.names()) {
            if (way(name) == Way.NOT_AT_ALL) continue;
            // A guard that means everybody must be taken to mean services too; only {"Service":
            // "*"} says nothing AWS explains.
            boolean everyIdentity = name.type() == Principals.Type.AWS && name.value().equals("*");
            result = result.or(everyIdentity ? Tri.TRUE : certainty(name));
        }
        return result;
    }

    private Way way(Principals.Name name) {
        String value = name.value();
        boolean isService = caller instanceof Caller.Service;
        return switch (name.type()) {
            case EVERYONE -> Way.DIRECT;
            case SERVICE ->
                    isService && (value.equals(self) || value.equals("*"))
                            ? Way.DIRECT
                            : Way.NOT_AT_ALL;
            case FEDERATED, CANONICAL_USER -> Way.NOT_AT_ALL;
            case AWS -> {
                if (value.equals("*")) yield Way.DIRECT;
                yield isService || value.isEmpty() ? Way.NOT_AT_ALL : awsWay(value);
            }
        };
    }

    private Way awsWay(String value) {
        if (isAccount(value)) return caller instanceof Caller.Root ? Way.DIRECT : Way.ACCOUNT;
        if (value.equals(role)) return Way.DIRECT_IN_BOUNDARY;
        if (!value.equals(self)) return Way.NOT_AT_ALL;
        return caller instanceof Caller.Role ? Way.DIRECT_IN_BOUNDARY : Way.DIRECT;
    }

    private boolean isAccount(String value) {
        return value.equals(account) || value.equals(accountRoot);
    }

    private Tri certainty(Principals.Name name) {
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
    private Tri notPrincipal(Principals principals, Optional<IdentityAccess> identity) {
        List<Principals.Name> names = principals.names();
        if (names.stream().anyMatch(name -> name.value().equals("*")))
            return Tri.undocumented("NotPrincipal with \"*\" is not documented");
        if (caller instanceof Caller.Service)
            return Tri.of(!lists(names, Principals.Type.SERVICE, self));
        boolean isRoot = caller instanceof Caller.Root;
        boolean accountListed =
                lists(names, Principals.Type.AWS, account)
                        || lists(names, Principals.Type.AWS, accountRoot);
        boolean selfListed = isRoot || lists(names, Principals.Type.AWS, self);
        boolean roleListed = role.isEmpty() || lists(names, Principals.Type.AWS, role);
        if (!accountListed || !selfListed || !roleListed) return Tri.TRUE;
        if (isRoot) return Tri.FALSE; // the root user has no boundary
        return switch (identity.map(IdentityAccess::boundary).orElse(new Boundary.Unknown())) {
            case Boundary.None _ -> Tri.FALSE;
            case Boundary.Limits _ -> Tri.TRUE;
            case Boundary.Unknown _ ->
                    Tri.undocumented(
                            "NotPrincipal denies every caller with a permissions boundary, and whether there is one is not known");
        };
    }

    private static boolean lists(List<Principals.Name> names, Principals.Type type, String value) {
        for (Principals.Name name : names)
            if (name.type() == type && name.value().equals(value)) return true;
        return false;
    }
}
