package io.bedrockbudgeteer.local.account;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Simulated KMS, as the engine and the providers see it.
public interface Keys {

    /// What a key is made with.
    ///
    /// @param policy key policy text, or empty for the default policy (delegation to the account)
    /// @param state `Enabled`, `Disabled`, `PendingDeletion`, `PendingImport`, `Unavailable`, ...
    /// @param spec such as `SYMMETRIC_DEFAULT` or `RSA_2048`
    /// @param usage such as `ENCRYPT_DECRYPT`
    /// @param manager `CUSTOMER` or `AWS`
    /// @param account owner; another account than the stack's makes a foreign key
    /// @param region Region of the key; another one makes it invisible here
    /// @param alias alias name with `alias/`, when it has one
    /// @param rotation whether automatic rotation is on
    record KeySpec(
            Optional<String> policy,
            String state,
            String spec,
            String usage,
            String manager,
            String origin,
            boolean multiRegion,
            String account,
            String region,
            Optional<String> alias,
            boolean rotation) {}

    /// Makes a key and returns its ARN. The policy text passes the checks of PutKeyPolicy with the
    /// deployer as caller.
    ///
    /// @throws Refusal as PutKeyPolicy would
    String create(KeySpec spec);

    /// The stored policy as GetKeyPolicy would print it now.
    String policy(String keyArn);

    /// The policy text exactly as it was last put, before KMS re-serialises it.
    String policyAsPut(String keyArn);

    /// Changes the state, for scenarios.
    void state(String keyArn, String state);

    /// One use of a key: checks state, key policy, identity policy of a session, grants; records
    /// the call.
    ///
    /// @param action such as `GenerateDataKey`, without `kms:`
    /// @param encryptionContext the pairs sent with a cryptographic operation; empty for
    ///   DescribeKey
    /// @param conditionKeys what the service adds, such as `aws:SourceArn` or `kms:ViaService`
    /// @throws Refusal `AccessDeniedException`, `DisabledException`, `KMSInvalidStateException`,
    ///   `NotFoundException`
    void use(
            Principal caller,
            String action,
            String key,
            Map<String, String> encryptionContext,
            Map<String, String> conditionKeys);

    /// Puts a policy with the checks of PutKeyPolicy.
    ///
    /// @throws Refusal as PutKeyPolicy would
    default void putPolicy(Principal caller, String keyArn, String policy) {
        throw new NotModelledException(
                "PutKeyPolicy by "
                        + caller.name()
                        + " on "
                        + keyArn
                        + " of "
                        + policy.length()
                        + " characters");
    }

    /// Points an alias at a key; an existing alias moves.
    ///
    /// @param aliasName with `alias/`
    default void alias(String aliasName, String keyArn) {
        throw new NotModelledException(aliasName + " for " + keyArn);
    }

    /// Removes an alias; a missing one is fine.
    default void removeAlias(String aliasName) {
        throw new NotModelledException("deletion of " + aliasName);
    }

    /// ARNs of all keys.
    List<String> arns();
}
