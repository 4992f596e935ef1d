package io.bedrockbudgeteer.keyguard.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the identity policies and the boundary of a caller say about one request. Sources: IAM User
/// Guide, AWS JSON policy elements: Resource; KMS Developer Guide, Specifying KMS keys in IAM
/// policy statements.
final class IdentityPolicies {

    /// A statement of a policy that matched, or might.
    record Hit(Tri match, String label) {}

    private final AccessRequest request;
    private final RequestContext context;
    private final List<Hit> denies = new ArrayList<>();
    private Hit allow = new Hit(Tri.FALSE, "");
    private Tri boundary = Tri.TRUE;

    private IdentityPolicies(AccessRequest request, RequestContext context) {
        this.request = request;
        this.context = context;
    }

    static IdentityPolicies of(
            Optional<IdentityAccess> identity, AccessRequest request, RequestContext context) {
        IdentityPolicies result = new IdentityPolicies(request, context);
        if (request.caller() instanceof Caller.Service) return result;
        if (request.caller() instanceof Caller.Root) {
            result.allow = new Hit(Tri.TRUE, "the root user's own right");
            return result;
        }
        identity.map(IdentityAccess::boundary).ifPresent(result::limit);
        if (identity.isEmpty() || identity.get().unreadable().isPresent())
            result.allow = notKnown(request, identity.flatMap(IdentityAccess::unreadable));
        else result.collect(identity.get().policies());
        return result;
    }

    private static Hit notKnown(AccessRequest request, Optional<String> reason) {
        return new Hit(
                Tri.undocumented(
                        "the IAM policies of "
                                + request.caller().displayName()
                                + " are not known"
                                + reason.map(why -> ": " + why).orElse("")),
                "IAM policies");
    }

    private void collect(List<IdentityPolicy> policies) {
        for (int i = 0; i < policies.size(); i++) {
            Hit hit = read(policies.get(i), name("identity policy", policies, i));
            boolean better =
                    hit.match().isTrue() || (allow.match().isFalse() && !hit.match().isFalse());
            allow =
                    new Hit(
                            allow.match().orElse(hit.match()),
                            better ? hit.label() : allow.label());
        }
    }

    private void limit(Boundary by) {
        if (!(by instanceof Boundary.Limits(List<IdentityPolicy> policies))) return;
        for (int i = 0; i < policies.size(); i++)
            boundary =
                    boundary.and(
                            read(policies.get(i), name("permissions boundary", policies, i))
                                    .match());
    }

    private static String name(String kind, List<IdentityPolicy> policies, int index) {
        return policies.size() == 1 ? kind : kind + " " + (index + 1);
    }

    /// The best Allow of the identity policies.
    Hit allow() {
        return allow;
    }

    /// Whether the permissions boundary lets the request through; TRUE without boundary.
    Tri boundary() {
        return boundary;
    }

    /// Denies of identity policies and boundary that match or may match.
    List<Hit> denies() {
        return denies;
    }

    /// Collects denies, returns the best allow of one document.
    private Hit read(IdentityPolicy policy, String name) {
        if (policy.document().isEmpty()) return unreadable(name, policy.problem());
        PolicyDocument document = policy.document().get();
        Hit best = new Hit(Tri.FALSE, "");
        for (Statement statement : document.statements()) {
            String label = name + ", " + statement.label();
            Tri match = matches(statement, document.hasVariables());
            if (match.isFalse()) continue;
            if (!statement.isAllow()) denies.add(new Hit(match, label));
            if (!statement.isDeny()) {
                boolean better = match.isTrue() || best.match().isFalse();
                best = new Hit(best.match().orElse(match), better ? label : best.label());
            }
        }
        return best;
    }

    private Hit unreadable(String name, String problem) {
        Hit hit = new Hit(Tri.undocumented("the " + name + " " + problem), name);
        denies.add(hit);
        return hit;
    }

    private Tri matches(Statement statement, boolean variables) {
        if (!statement.problems().isEmpty())
            return Tri.undocumented(statement.problems().getFirst());
        Optional<Actions> actions = statement.actions();
        Optional<Resources> resources = statement.resources();
        if (actions.isEmpty() || resources.isEmpty()) return Tri.FALSE;
        Tri match = actions.get().matches(context.action());
        if (!match.isFalse()) match = match.and(resource(resources.get(), variables));
        if (!match.isFalse())
            match =
                    match.and(
                            new Conditions(
                                            context,
                                            statement.effect().orElse(Effect.DENY),
                                            variables)
                                    .all(statement.conditions()));
        return match;
    }

    private Tri resource(Resources resources, boolean variables) {
        Tri any = Tri.FALSE;
        for (PolicyValue value : resources.wanted()) any = any.or(resource(value, variables));
        return resources.negated() ? any.not() : any;
    }

    private Tri resource(PolicyValue value, boolean variables) {
        if (value.text().equals("*")) return Tri.TRUE;
        PolicyVariables.Expanded expanded = value.expanded(variables, true, context);
        if (!expanded.known().isTrue()) return expanded.known();
        List<Glob> parts = expanded.pattern().arnParts();
        String[] key = request.key().toString().split(":", 6);
        boolean all = true;
        // An ARN that ends early is completed with "*".
        for (int i = 0; i < parts.size(); i++) all &= parts.get(i).matches(key[i]);
        if (all && (parts.size() == 6 || value.text().startsWith("arn:"))) return Tri.TRUE;
        return expanded.pattern().matches(request.key().toString())
                ? Tri.undocumented(
                        "Resource \""
                                + value.text()
                                + "\" matches only if * runs past a colon, which AWS documents both ways")
                : Tri.FALSE;
    }
}
