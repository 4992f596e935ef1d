package io.bedrockbudgeteer.keyguard.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A KMS grant as ListGrants shows it. Source: KMS Developer Guide, Grants in AWS KMS.
///
/// @param id the grant id
/// @param grantee ARN of the grantee, or a service name such as `dynamodb.us-east-1.amazonaws.com`
/// @param toService whether the grant names its grantee as a service principal
///   (GranteeServicePrincipal). A service name that ListGrants shows as GranteePrincipal belongs to
///   a grant that AWS made, and may stand for several grantees
/// @param operations such as `Decrypt`, without `kms:`
/// @param contextEquals the encryption context must be exactly this, when present
/// @param contextSubset the encryption context must contain at least this, when present
/// @param sourceArn the source ARN a service must come with, when present
/// @param settled whether the grant is old enough to work everywhere, see [#isSettled]
public record Grant(
        String id,
        String grantee,
        boolean toService,
        Set<String> operations,
        Optional<Map<String, String>> contextEquals,
        Optional<Map<String, String>> contextSubset,
        Optional<String> sourceArn,
        boolean settled) {

    // KMS Developer Guide, Grants in AWS KMS, eventual consistency: usually less than five minutes.
    private static final Duration SETTLING = Duration.ofMinutes(5);

    public Grant {
        operations = Set.copyOf(operations);
        contextEquals = contextEquals.map(Map::copyOf);
        contextSubset = contextSubset.map(Map::copyOf);
    }

    /// A grant to an IAM principal, or one that AWS made, old enough to work everywhere.
    public Grant(
            String id,
            String grantee,
            Set<String> operations,
            Optional<Map<String, String>> contextEquals,
            Optional<Map<String, String>> contextSubset,
            Optional<String> sourceArn) {
        this(id, grantee, false, operations, contextEquals, contextSubset, sourceArn, true);
    }

    /// Whether a grant made at one time works everywhere at another.
    public static boolean isSettled(Instant created, Instant now) {
        return !created.plus(SETTLING).isAfter(now);
    }
}
