package io.bedrockbudgeteer.keyguard.policy;

import java.util.List;
import java.util.Optional;

/// What IAM says about one role: its identity policies and its permissions boundary.
///
/// @param principal ARN of the role
/// @param policies JSON texts of all inline and attached policies; meaningless when `unreadable` is
///   present
/// @param boundary JSON text of the permissions boundary, when the role has one
/// @param unreadable why the policies are not known; then no verdict may count on them
public record IdentityAccess(
        Arn principal,
        List<String> policies,
        Optional<String> boundary,
        Optional<String> unreadable) {

    public IdentityAccess {
        policies = List.copyOf(policies);
    }

    public static IdentityAccess of(
            Arn principal, List<String> policies, Optional<String> boundary) {
        return new IdentityAccess(principal, policies, boundary, Optional.empty());
    }

    public static IdentityAccess unknown(Arn principal, String why) {
        return new IdentityAccess(principal, List.of(), Optional.empty(), Optional.of(why));
    }
}
