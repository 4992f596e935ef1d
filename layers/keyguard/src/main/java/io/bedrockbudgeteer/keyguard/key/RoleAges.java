package io.bedrockbudgeteer.keyguard.key;

import io.bedrockbudgeteer.keyguard.aws.Reply;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import java.time.Instant;

/// Tells when a role was made. KMS learns of a new role only after a while and refuses its name
/// until then.
@FunctionalInterface
public interface RoleAges {

    Reply<Instant> createdAt(Arn role);
}
