package io.bedrockbudgeteer.local.service.access;

import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.account.Principal;
import io.bedrockbudgeteer.local.service.access.Decision.Result;
import io.bedrockbudgeteer.local.service.access.Principals.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Decides one call. Explicit denies come first; then one allowing statement, or a grant, is enough
/// (IAM User Guide, "Policy evaluation logic"; KMS Developer Guide, "Policy evaluation").
public final class Evaluation {
    private final Who who;
    private final String action;
    private final String resource;
    private final Context context;

    /// @param action with its prefix, such as `kms:Decrypt`
    /// @param resource ARN that the call is about, or `*`
    public Evaluation(Who who, String action, String resource, Context context) {
        this.who = who;
        this.action = action;
        this.resource = resource;
        this.context = context;
    }

    /// A call on something that has no resource policy: identity policies alone decide.
    public Decision byIdentity() {
        Optional<String> denied = firstIdentity(false);
        if (denied.isPresent()) return new Decision(Result.DENIED_BY_IDENTITY_POLICY, denied.get());
        return firstIdentity(true)
                .map(by -> new Decision(Result.ALLOWED, by))
                .orElseGet(() ->
                        new Decision(
                                Result.NO_IDENTITY_POLICY, "no identity policy allows " + action));
    }

    /// A call on something of the caller's own account that has a resource policy: one allow is
    /// enough, wherever it stands.
    ///
    /// @throws NotModelledException for a caller of another account, or a service
    public Decision byIdentityOr(Policy resourcePolicy) {
        if (!(who.principal() instanceof Principal.Session)
                || !resource.contains(":" + who.account() + ":")) {
            throw new NotModelledException(action + " by " + who.principal().name());
        }
        Optional<Statement> denied =
                first(
                        resourcePolicy.statements(),
                        s -> !s.allow() && isAbout(s, resourcePolicy, Reach.NONE));
        if (denied.isPresent()) {
            return new Decision(
                    Result.DENIED_BY_RESOURCE_POLICY, "resource policy " + denied.get().name());
        }
        Decision identity = byIdentity();
        if (identity.result() != Result.NO_IDENTITY_POLICY) return identity;
        return first(
                        resourcePolicy.statements(),
                        s -> s.allow() && isAbout(s, resourcePolicy, Reach.DIRECT))
                .map(s -> new Decision(Result.ALLOWED, "resource policy " + s.name()))
                .orElse(identity);
    }

    /// @param wanted the reach that counts; `NONE` for any
    private boolean isAbout(Statement statement, Policy policy, Reach wanted) {
        Reach reach = Principals.reach(statement, who);
        if (reach == Reach.NONE || (wanted != Reach.NONE && reach != wanted)) return false;
        return statement.coversAction(action)
                && covers(statement, policy)
                && holds(statement, policy);
    }

    /// A call on a key.
    ///
    /// @param owner account of the key
    public Decision byKey(
            Policy keyPolicy,
            String owner,
            List<Grant> grants,
            Map<String, String> encryptionContext) {
        Optional<String> deniedByKey =
                first(keyPolicy.statements(), s -> !s.allow() && reaches(s, keyPolicy, Reach.NONE))
                        .map(s -> "key policy " + s.name());
        if (deniedByKey.isPresent())
            return new Decision(Result.DENIED_BY_RESOURCE_POLICY, deniedByKey.get());
        Optional<String> deniedByIdentity = firstIdentity(false);
        if (deniedByIdentity.isPresent())
            return new Decision(Result.DENIED_BY_IDENTITY_POLICY, deniedByIdentity.get());

        boolean sameAccount =
                who.account().equals(owner) || who.principal() instanceof Principal.Service;
        Optional<Grant> grant =
                grants.stream().filter(g -> g.covers(who, action, encryptionContext)).findFirst();
        if (grant.isPresent()) return new Decision(Result.ALLOWED, "grant " + grant.get().id());

        Deferred deferred = new Deferred();
        Optional<Statement> direct =
                deferred.run(() ->
                        first(
                                keyPolicy.statements(),
                                s -> s.allow() && reaches(s, keyPolicy, Reach.DIRECT)));
        if (direct.isPresent() && sameAccount)
            return new Decision(Result.ALLOWED, "key policy " + direct.get().name());
        Optional<Statement> delegated =
                direct.isPresent()
                        ? direct
                        : deferred.run(() ->
                                first(
                                        keyPolicy.statements(),
                                        s -> s.allow() && reaches(s, keyPolicy, Reach.ACCOUNT)));
        if (delegated.isEmpty()) {
            deferred.rethrow();
            return new Decision(
                    Result.NO_RESOURCE_POLICY,
                    "no statement of the key policy and no grant allows " + action);
        }
        Optional<String> identity = deferred.run(() -> firstIdentity(true));
        if (identity.isPresent()) {
            return new Decision(
                    Result.ALLOWED,
                    "key policy " + delegated.get().name() + " with " + identity.get());
        }
        deferred.rethrow();
        return new Decision(
                Result.NO_IDENTITY_POLICY,
                "key policy "
                        + delegated.get().name()
                        + " leaves it to identity policies, and none allows "
                        + action);
    }

    /// @param wanted the reach that counts; `NONE` for any
    private boolean reaches(Statement statement, Policy policy, Reach wanted) {
        Reach reach = Principals.reach(statement, who);
        if (reach == Reach.NONE || (wanted != Reach.NONE && reach != wanted)) return false;
        return statement.coversAction(action) && isAboutKey(statement) && holds(statement, policy);
    }

    /// KMS Developer Guide, "Key policies in AWS KMS": a statement without Action or Resource has
    /// no effect.
    private boolean isAboutKey(Statement statement) {
        if (statement.resource().isEmpty()) return false;
        if (statement.resource().get().negated())
            throw new NotModelledException("NotResource in a key policy");
        for (String value : statement.resource().get().values()) {
            if (value.equals("*") || value.equals(resource)) return true;
            if (value.contains("*") || value.contains("?"))
                throw new NotModelledException("resource " + value + " in a key policy");
        }
        return false;
    }

    private Optional<String> firstIdentity(boolean allow) {
        return firstOf(
                who.policies(),
                named ->
                        first(
                                        named.policy().statements(),
                                        s ->
                                                s.allow() == allow
                                                        && s.coversAction(action)
                                                        && covers(s, named.policy())
                                                        && holds(s, named.policy()))
                                .map(s -> "identity policy " + named.name() + " " + s.name()));
    }

    private boolean covers(Statement statement, Policy policy) {
        if (statement.resource().isEmpty()) return false;
        Statement.Element element = statement.resource().get();
        boolean any = false;
        for (String value : element.values()) {
            any |=
                    Variables.fillResource(value, policy.variables(), context)
                            .map(this::isResource)
                            .orElse(false);
        }
        return any != element.negated();
    }

    private boolean isResource(String pattern) {
        if (pattern.equals("*")) return true;
        if (resource.equals("*")) return false;
        String whole = pattern;
        // An incomplete ARN is completed with wildcards (IAM User Guide, "Grammar of the IAM JSON
        // policy language").
        for (int parts = pattern.split(":", 6).length; parts < 6; parts++) whole += ":*";
        boolean match = Glob.matchesArn(whole, resource);
        if (!match && Glob.matches(pattern, resource)) {
            throw new NotModelledException(
                    "resource " + pattern + ", which matches only across a colon");
        }
        return match;
    }

    private boolean holds(Statement statement, Policy policy) {
        Deferred deferred = new Deferred();
        for (Condition condition : statement.conditions()) {
            if (!deferred.run(() -> Optional.of(condition.holds(context, policy.variables())))
                    .orElse(true)) return false;
        }
        deferred.rethrow();
        return true;
    }

    private static Optional<Statement> first(
            List<Statement> statements, Predicate<Statement> matches) {
        return firstOf(statements, s -> matches.test(s) ? Optional.of(s) : Optional.empty());
    }

    /// The first that gives something; what could not be decided counts only when nothing else
    /// decides.
    private static <T, R> Optional<R> firstOf(List<T> all, Function<T, Optional<R>> find) {
        Deferred deferred = new Deferred();
        for (T one : all) {
            Optional<R> found = deferred.run(() -> find.apply(one));
            if (found.isPresent()) return found;
        }
        deferred.rethrow();
        return Optional.empty();
    }

    /// Holds back "not modelled" until it is clear that it matters.
    private static final class Deferred {
        private final List<NotModelledException> problems = new ArrayList<>();

        <R> Optional<R> run(Supplier<Optional<R>> step) {
            try {
                return step.get();
            } catch (NotModelledException e) {
                problems.add(e);
                return Optional.empty();
            }
        }

        void rethrow() {
            if (!problems.isEmpty()) throw problems.get(0);
        }
    }
}
