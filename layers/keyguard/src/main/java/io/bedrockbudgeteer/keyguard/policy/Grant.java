package io.bedrockbudgeteer.keyguard.policy;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A KMS grant as ListGrants shows it. Source: KMS Developer Guide, Grants in AWS KMS.
///
/// @param id the grant id
/// @param grantee ARN of the grantee, or a service name such as `dynamodb.us-east-1.amazonaws.com`
/// @param operations such as `Decrypt`, without `kms:`
/// @param contextEquals the encryption context must be exactly this, when present
/// @param contextSubset the encryption context must contain at least this, when present
/// @param sourceArn the source ARN a service must come with, when present
public record Grant(
        String id,
        String grantee,
        Set<String> operations,
        Optional<Map<String, String>> contextEquals,
        Optional<Map<String, String>> contextSubset,
        Optional<String> sourceArn) {

    public Grant {
        operations = Set.copyOf(operations);
    }
}
