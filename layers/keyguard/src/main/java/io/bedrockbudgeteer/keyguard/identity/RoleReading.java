package io.bedrockbudgeteer.keyguard.identity;

import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.policy.IdentityAccess;
import java.util.Optional;

/// What became of reading one role.
///
/// @param access its policies, or why they are not known
/// @param finding present when the role does not exist
public record RoleReading(IdentityAccess access, Optional<Finding> finding) {}
