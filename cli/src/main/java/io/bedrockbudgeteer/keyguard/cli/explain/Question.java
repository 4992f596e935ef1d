package io.bedrockbudgeteer.keyguard.cli.explain;

import io.bedrockbudgeteer.keyguard.policy.AccessRequest;
import io.bedrockbudgeteer.keyguard.policy.Grant;
import java.util.List;
import java.util.Optional;

/// One access question with everything that was given to decide it. Policies are their exact source
/// texts.
///
/// @param identityPolicies empty when it is not known which there are
/// @param boundaries the permissions boundary, by rule at most one; empty when it is not known
///   whether there is one
public record Question(
        AccessRequest request,
        String keyPolicy,
        Optional<List<String>> identityPolicies,
        Optional<List<String>> boundaries,
        List<Grant> grants) {

    public Question {
        identityPolicies = identityPolicies.map(List::copyOf);
        boundaries = boundaries.map(List::copyOf);
        grants = List.copyOf(grants);
    }
}
