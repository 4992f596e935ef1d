package io.bedrockbudgeteer.local.account;

import java.util.Map;
import java.util.Optional;

/// Simulated IAM roles, as the providers see them. Policy documents are JSON texts.
public interface Roles {

    /// @return ARN of the new role
    /// @throws Refusal `EntityAlreadyExists`
    String create(String path, String name, String trustPolicy, Optional<String> boundaryArn);

    /// The unique id, `AROA...`.
    String uniqueId(String name);

    void putPolicy(String roleName, String policyName, String document);

    void deletePolicy(String roleName, String policyName);

    /// Inline policies by name.
    Map<String, String> policies(String roleName);

    void trust(String roleName, String trustPolicy);

    /// Deletes the role; its ARN in key policies becomes its unique id.
    void delete(String roleName);

    boolean exists(String roleName);

    /// Attaches a managed policy: one of AWS that this simulation knows, or one made with
    /// [#managedPolicy].
    ///
    /// @throws NotModelledException for a policy whose document is not known here
    default void attach(String roleName, String policyArn) {
        throw new NotModelledException("managed policy " + policyArn + " attached to " + roleName);
    }

    /// Detaches a managed policy; one that is not attached is fine.
    default void detach(String roleName, String policyArn) {
        throw new NotModelledException(
                "managed policy " + policyArn + " detached from " + roleName);
    }

    /// Creates or overwrites a customer managed policy.
    ///
    /// @return its ARN
    default String managedPolicy(String path, String name, String document) {
        throw new NotModelledException(
                "managed policy " + path + name + " of " + document.length() + " characters");
    }

    /// Deletes a customer managed policy; a missing one is fine.
    default void deleteManagedPolicy(String arn) {
        throw new NotModelledException("deletion of managed policy " + arn);
    }
}
