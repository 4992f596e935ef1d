package io.bedrockbudgeteer.local.service.access;

import io.bedrockbudgeteer.local.account.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A grant on one key (KMS Developer Guide, "Grants in AWS KMS").
///
/// @param grantee ARN of a role or session, or a service principal
/// @param equalTo pairs that the encryption context must be exactly
/// @param subset pairs that the encryption context must hold at least
public record Grant(
        String id,
        Optional<String> name,
        String grantee,
        List<String> operations,
        Optional<Map<String, String>> equalTo,
        Optional<Map<String, String>> subset,
        long createdSeconds,
        Optional<String> retiring,
        String issuer) {

    public Grant {
        operations = List.copyOf(operations);
    }

    /// @param action with `kms:`
    boolean covers(Who who, String action, Map<String, String> encryptionContext) {
        String operation = action.substring(action.indexOf(':') + 1);
        if (!operations.contains(operation) || !isFor(who)) return false;
        // DescribeKey and RetireGrant carry no encryption context, so the constraint does not apply
        // to them.
        if (operation.equals("DescribeKey") || operation.equals("RetireGrant")) return true;
        return equalTo.map(encryptionContext::equals).orElse(true)
                && subset.map(pairs -> encryptionContext.entrySet().containsAll(pairs.entrySet()))
                        .orElse(true);
    }

    private boolean isFor(Who who) {
        return switch (who.principal()) {
            case Principal.Session session ->
                    grantee.equals(session.roleArn()) || grantee.equals(session.name());
            case Principal.Service service -> grantee.equals(service.name());
        };
    }
}
