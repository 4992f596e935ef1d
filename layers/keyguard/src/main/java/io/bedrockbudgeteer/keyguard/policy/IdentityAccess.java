package io.bedrockbudgeteer.keyguard.policy;

import java.util.List;
import java.util.Optional;

/// What IAM says about one caller: its identity policies and its permissions boundary.
///
/// @param principal ARN of the role or user
/// @param policies all inline and attached policies; meaningless when `unreadable` is present
/// @param boundary the permissions boundary
/// @param unreadable why the policies are not known; then no verdict may count on them
public record IdentityAccess(
        Arn principal,
        List<IdentityPolicy> policies,
        Boundary boundary,
        Optional<String> unreadable) {

    private static final List<IdentityPolicy> ALLOW_ALL =
            List.of(
                    IdentityPolicy.of(
                            "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"kms:*\",\"Resource\":\"*\"}}"));

    public IdentityAccess {
        policies = List.copyOf(policies);
    }

    /// @param policies JSON texts of all inline and attached policies
    /// @param boundary JSON text of the permissions boundary; empty when there is none
    public static IdentityAccess of(
            Arn principal, List<String> policies, Optional<String> boundary) {
        return new IdentityAccess(
                principal,
                policies.stream().map(IdentityPolicy::of).toList(),
                boundary.<Boundary>map(
                                text -> new Boundary.Limits(List.of(IdentityPolicy.of(text))))
                        .orElse(new Boundary.None()),
                Optional.empty());
    }

    /// As if IAM allowed every KMS action: tells whether only IAM stands in the way.
    public static IdentityAccess unlimited(Arn principal) {
        return new IdentityAccess(principal, ALLOW_ALL, new Boundary.None(), Optional.empty());
    }

    public static IdentityAccess unknown(Arn principal, String why) {
        return new IdentityAccess(principal, List.of(), new Boundary.Unknown(), Optional.of(why));
    }

    public boolean hasBoundary() {
        return boundary instanceof Boundary.Limits;
    }
}
