package io.bedrockbudgeteer.keyguard.policy;

import io.bedrockbudgeteer.keyguard.policy.PrincipalMatch.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides access to a key as AWS documents it, with conditions in three values. Never guesses:
/// what AWS does not document gives UNKNOWN. Pure and thread-safe. Sources: KMS Developer Guide,
/// Determining access to AWS KMS keys; IAM User Guide, Policy evaluation logic.
public final class Evaluator {

    /// One way to an allowed call.
    ///
    /// @param with what else must agree, for people; empty when nothing must
    private record Path(Tri match, String basis, String decidedBy, String with) {
        String words() {
            return with.isEmpty() ? decidedBy + " allows" : decidedBy + " and " + with + " allow";
        }
    }

    /// A Deny that matches or may match.
    private record Deny(Tri match, String label) {}

    private final PolicyRules policy;
    private final Optional<IdentityAccess> identity;
    private final AccessRequest request;
    private final RequestContext context;
    private final PrincipalMatch principal;
    private final IdentityPolicies identityPolicies;
    private final boolean isOtherAccount;

    private Evaluator(
            PolicyRules policy, Optional<IdentityAccess> identity, AccessRequest request) {
        this.policy = policy;
        this.identity = identity;
        this.request = request;
        this.context = RequestContext.of(request);
        this.principal = PrincipalMatch.of(request.caller());
        this.identityPolicies = IdentityPolicies.of(identity, request, context);
        this.isOtherAccount =
                request.caller()
                        .principalArn()
                        .filter(arn -> !arn.account().equals(request.key().account()))
                        .isPresent();
    }

    /// @param identity what IAM says about the caller; empty when nothing is known of it
    public static Verdict evaluate(
            KeyPolicy policy,
            Optional<IdentityAccess> identity,
            List<Grant> grants,
            AccessRequest request) {
        return evaluate(policy.rules(), identity, grants, request);
    }

    /// As [#evaluate(KeyPolicy, Optional, List, AccessRequest)] for a policy that is not written
    /// yet.
    public static Verdict evaluate(
            PolicyRules policy,
            Optional<IdentityAccess> identity,
            List<Grant> grants,
            AccessRequest request) {
        if (!policy.problems().isEmpty())
            return unsupported(
                    "The key policy cannot be understood: " + policy.problems().getFirst() + ".");
        return new Evaluator(policy, identity, request).decide(grants);
    }

    /// As [#evaluate(KeyPolicy, Optional, List, AccessRequest)] for a policy text of unknown
    /// quality: one that cannot be read gives UNKNOWN, never an exception.
    public static Verdict evaluate(
            String policy,
            Optional<IdentityAccess> identity,
            List<Grant> grants,
            AccessRequest request) {
        KeyPolicy read;
        try {
            read = KeyPolicy.read(policy);
        } catch (PolicySyntaxException e) {
            return unsupported("The key policy cannot be read: " + e.getMessage() + ".");
        }
        return evaluate(read, identity, grants, request);
    }

    private static Verdict unsupported(String reason) {
        return new Verdict(Verdict.Kind.UNKNOWN, "unsupported", "", reason, List.of());
    }

    private Verdict decide(List<Grant> grants) {
        List<Deny> denies = denies();
        for (Deny deny : denies)
            if (deny.match().isTrue())
                return new Verdict(
                        Verdict.Kind.DENIED,
                        "explicit-deny",
                        deny.label(),
                        deny.label() + " denies " + question() + ".",
                        List.of());
        if (isOtherAccount && !KmsActions.worksAcrossAccounts(request.action()))
            return implicit(request.action() + " does not work across accounts");

        List<Path> paths = paths(grants);
        Optional<Path> allowed = paths.stream().filter(path -> path.match().isTrue()).findFirst();
        if (allowed.isPresent())
            return denies.isEmpty() ? allowed(allowed.get()) : hangsOnDeny(allowed.get(), denies);
        List<Path> possible = paths.stream().filter(path -> path.match().isUnknown()).toList();
        if (possible.isEmpty()) return implicit(missing());
        return undecided(possible, denies);
    }

    private Verdict allowed(Path path) {
        return new Verdict(
                Verdict.Kind.ALLOWED,
                path.basis(),
                path.decidedBy(),
                path.words() + " " + question() + ".",
                List.of());
    }

    private Verdict hangsOnDeny(Path path, List<Deny> denies) {
        Tri any = Tri.FALSE;
        for (Deny deny : denies) any = any.or(deny.match());
        String label = denies.getFirst().label();
        return open(
                any,
                label,
                label + " may deny " + question() + ", which " + path.decidedBy() + " allows");
    }

    private Verdict undecided(List<Path> possible, List<Deny> denies) {
        Tri all = Tri.FALSE;
        for (Path path : possible) all = all.orElse(path.match());
        for (Deny deny : denies) all = all.and(deny.match());
        boolean byKeys = all.undocumented().isEmpty();
        Path named =
                possible.stream()
                        .filter(path -> path.match().undocumented().isEmpty() == byKeys)
                        .findFirst()
                        .orElse(possible.getFirst());
        return open(all, named.decidedBy(), named.decidedBy() + " may allow " + question());
    }

    private static Verdict open(Tri match, String decidedBy, String words) {
        if (match.undocumented().isPresent())
            return new Verdict(
                    Verdict.Kind.UNKNOWN,
                    "unsupported",
                    decidedBy,
                    words + "; " + match.undocumented().get() + ".",
                    List.of());
        List<String> keys = List.copyOf(match.keys());
        return new Verdict(
                Verdict.Kind.CONDITIONAL,
                "condition",
                decidedBy,
                words + ", depending on " + String.join(", ", keys) + ".",
                keys);
    }

    private Verdict implicit(String missing) {
        return new Verdict(
                Verdict.Kind.DENIED,
                "implicit-deny",
                "",
                "Nothing allows " + question() + ": " + missing + ".",
                List.of());
    }

    private String question() {
        return request.action() + " for " + request.caller().displayName();
    }

    private List<Deny> denies() {
        List<Deny> denies = new ArrayList<>();
        for (Statement statement : policy.statements()) {
            if (statement.isAllow()) continue;
            Tri match = deny(statement);
            if (!match.isFalse()) denies.add(new Deny(match, statement.label()));
        }
        for (IdentityPolicies.Hit hit : identityPolicies.denies())
            denies.add(new Deny(hit.match(), hit.label()));
        return denies;
    }

    private Tri deny(Statement statement) {
        if (!statement.problems().isEmpty()) return notUnderstood(statement);
        Optional<Principals> principals = statement.principals();
        if (principals.isEmpty()) return Tri.FALSE;
        Tri who = principal.inDeny(principals.get(), identity);
        return who.isFalse() ? who : withoutPrincipal(statement, Effect.DENY).and(who);
    }

    private List<Path> paths(List<Grant> grants) {
        List<Path> paths = new ArrayList<>();
        for (Statement statement : policy.statements())
            if (!statement.isDeny()) addPaths(statement, paths);
        for (Grant grant : grants) {
            Tri match = GrantMatch.matches(grant, request, context);
            // Whether a boundary limits a grant is not documented where it does not let the action
            // through.
            if (!match.isFalse() && !identityPolicies.boundary().isTrue())
                match =
                        match.and(
                                Tri.undocumented(
                                        "whether a permissions boundary limits a grant is not documented"));
            if (!match.isFalse()) paths.add(new Path(match, "grant", "grant " + grant.id(), ""));
        }
        return paths;
    }

    private void addPaths(Statement statement, List<Path> paths) {
        if (!statement.problems().isEmpty()) {
            paths.add(new Path(notUnderstood(statement), "direct", statement.label(), ""));
            return;
        }
        if (statement.hasNotPrincipal()) {
            Tri rest = withoutPrincipal(statement, Effect.ALLOW);
            if (!rest.isFalse())
                paths.add(
                        new Path(
                                rest.and(
                                        Tri.undocumented(
                                                "Allow with NotPrincipal is not supported")),
                                "direct",
                                statement.label(),
                                ""));
            return;
        }
        Reach reach = reach(statement);
        if (reach.isNone()) return;
        Tri rest = withoutPrincipal(statement, Effect.ALLOW);
        if (rest.isFalse()) return;
        String label = statement.label();
        Tri boundary = identityPolicies.boundary();
        Tri iam = identityPolicies.allow().match().and(boundary);
        String iamLabel = identityPolicies.allow().label();
        Tri alone = isOtherAccount ? iam : Tri.TRUE;
        String with = isOtherAccount ? iamLabel : "";
        add(paths, reach.direct().and(rest).and(alone), "direct", label, with);
        Tri limited = isOtherAccount ? iam : boundary;
        add(paths, reach.directInBoundary().and(rest).and(limited), "direct", label, with);
        add(paths, reach.account().and(rest).and(iam), "delegated", label, iamLabel);
    }

    private static void add(List<Path> paths, Tri match, String basis, String label, String with) {
        if (!match.isFalse()) paths.add(new Path(match, basis, label, with));
    }

    private Reach reach(Statement statement) {
        return statement.principals().map(principal::inAllow).orElse(Reach.NONE);
    }

    private Tri withoutPrincipal(Statement statement, Effect effect) {
        Optional<Actions> actions = statement.actions();
        if (actions.isEmpty() || statement.isIneffective()) return Tri.FALSE;
        Tri match = actions.get().matches(context.action());
        if (!match.isFalse()) match = match.and(resource(statement));
        if (!match.isFalse())
            match =
                    match.and(
                            new Conditions(context, effect, policy.hasVariables())
                                    .all(statement.conditions()));
        return match;
    }

    private Tri resource(Statement statement) {
        return switch (statement.resourceFor(request.key())) {
            case STAR, OWN_ARN -> Tri.TRUE;
            case OTHER, MISSING -> Tri.FALSE;
            case PATTERN ->
                    Tri.undocumented(
                            "a key policy with a Resource other than \"*\" is not documented");
        };
    }

    private static Tri notUnderstood(Statement statement) {
        return Tri.undocumented(
                statement.label() + " cannot be understood: " + statement.problems().getFirst());
    }

    /// Which side says nothing, for people.
    private String missing() {
        if (request.caller() instanceof Caller.Service)
            return nearMiss().orElse("no statement of the key policy names the service for it");
        boolean keyAllows = false;
        boolean keyDelegates = false;
        for (Statement statement : policy.statements()) {
            if (!statement.isAllow()
                    || !statement.problems().isEmpty()
                    || statement.hasNotPrincipal()) continue;
            Reach reach = reach(statement);
            if (reach.isNone() || withoutPrincipal(statement, Effect.ALLOW).isFalse()) continue;
            keyAllows |= !reach.direct().isFalse() || !reach.directInBoundary().isFalse();
            keyDelegates |= !reach.account().isFalse();
        }
        if (!keyAllows && !keyDelegates)
            return nearMiss().orElse("no statement of the key policy covers it");
        if (identityPolicies.boundary().isFalse())
            return "the key policy does, but the permissions boundary does not";
        return keyDelegates && !keyAllows
                ? "the key policy leaves it to IAM, and no IAM policy allows it"
                : "the key policy does, but no IAM policy of the caller's account does";
    }

    /// The first statement that would do if it were not for a condition.
    private Optional<String> nearMiss() {
        for (Statement statement : policy.statements()) {
            if (!statement.isAllow()
                    || !statement.problems().isEmpty()
                    || statement.hasNotPrincipal()
                    || statement.isIneffective()
                    || reach(statement).isNone()) continue;
            Optional<Actions> actions = statement.actions();
            if (actions.isEmpty()
                    || actions.get().matches(context.action()).isFalse()
                    || resource(statement).isFalse()) continue;
            Optional<ConditionTest> failed =
                    new Conditions(context, Effect.ALLOW, policy.hasVariables())
                            .firstFalse(statement.conditions());
            if (failed.isPresent())
                return Optional.of(
                        statement.label()
                                + " would, but its condition "
                                + failed.get().operator()
                                + " "
                                + failed.get().key()
                                + " is not met");
        }
        return Optional.empty();
    }
}
