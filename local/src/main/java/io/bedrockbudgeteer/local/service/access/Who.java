package io.bedrockbudgeteer.local.service.access;

import io.bedrockbudgeteer.local.account.Principal;
import java.util.List;
import java.util.Optional;

/// The caller as the evaluation sees it.
///
/// @param account the caller's account; empty for a service principal
/// @param uniqueId `AROA...` of a session's role
/// @param policies identity policies by name
public record Who(
        Principal principal, String account, Optional<String> uniqueId, List<Named> policies) {
    public Who {
        policies = List.copyOf(policies);
    }

    /// One identity policy.
    public record Named(String name, Policy policy) {}

    public static Who service(Principal.Service service) {
        return new Who(service, "", Optional.empty(), List.of());
    }
}
