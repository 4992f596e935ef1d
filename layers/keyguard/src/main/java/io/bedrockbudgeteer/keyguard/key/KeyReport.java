package io.bedrockbudgeteer.keyguard.key;

import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import java.util.List;
import java.util.Optional;

/// What [KeyCheck] saw.
///
/// @param facts empty when the key could not be looked at
/// @param alias `alias/<name>` when an alias was given, else empty
/// @param rotation empty when it could not be read or does not apply
/// @param policy empty when it could not be read
/// @param delegatesToIam whether the key policy leaves access to IAM; false when the policy could
///   not be read
/// @param findings everything, errors first
public record KeyReport(
        Optional<KeyFacts> facts,
        String alias,
        Optional<Boolean> rotation,
        Optional<KeyPolicy> policy,
        boolean delegatesToIam,
        List<Finding> findings) {

    public KeyReport {
        findings = List.copyOf(findings);
    }

    public List<Finding> errors() {
        return findings.stream().filter(Finding::isError).toList();
    }
}
