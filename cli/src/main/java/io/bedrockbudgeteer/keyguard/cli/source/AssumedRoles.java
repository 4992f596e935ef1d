package io.bedrockbudgeteer.keyguard.cli.source;

import io.bedrockbudgeteer.keyguard.json.JsonText;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.IdentityAccess;
import io.bedrockbudgeteer.keyguard.requirement.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Roles as the shipped template makes them: with exactly what the requirements ask for. For a role
/// that does not exist before the first deployment.
public final class AssumedRoles {
    private final Arn key;
    private final List<Requirement> requirements;

    public AssumedRoles(Arn key, List<Requirement> requirements) {
        this.key = key;
        this.requirements = requirements;
    }

    public IdentityAccess role(Arn role) {
        List<Map<String, Object>> statements = new ArrayList<>();
        for (Requirement requirement : requirements)
            if (requirement.caller().principalArn().filter(role::equals).isPresent())
                statements.add(requirement.identityStatement(key));
        return IdentityAccess.of(
                role,
                List.of(JsonText.object(Map.of("Version", "2012-10-17", "Statement", statements))),
                Optional.empty());
    }
}
