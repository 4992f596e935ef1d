package io.bedrockbudgeteer.local.provider;

import io.bedrockbudgeteer.local.account.Account;
import io.bedrockbudgeteer.local.account.Principal;
import io.bedrockbudgeteer.local.account.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;

/// Uses of a KMS key as services make them when a resource is set up. Every use is recorded; a
/// refusal is the service's. Sources: KMS Developer Guide, "AWS KMS condition keys"; IAM User
/// Guide, "Forward access sessions"; each service's page beside its type.
final class KeyAccess {
    private final Account account;

    KeyAccess(Account account) {
        this.account = account;
    }

    /// The deploying principal, through a service that forwards its session.
    ///
    /// @throws Refusal the first one
    void deployer(String service, String key, Map<String, String> context, String... actions) {
        for (String action : actions) {
            Map<String, String> conditions = new LinkedHashMap<>(via(service));
            if (action.equals("CreateGrant")) {
                conditions.put("kms:GrantIsForAWSResource", "true");
            }
            use(account.deployer(), action, key, context, conditions);
        }
    }

    /// A role that a service has assumed, calling KMS through another service.
    void role(
            String roleArn,
            String session,
            String service,
            String key,
            Map<String, String> context,
            String... actions) {
        for (String action : actions) {
            use(new Principal.Session(roleArn, session), action, key, context, via(service));
        }
    }

    /// A service acting by itself.
    void service(
            String principal,
            String key,
            Map<String, String> context,
            Map<String, String> conditions,
            String... actions) {
        for (String action : actions) {
            use(new Principal.Service(principal), action, key, context, conditions);
        }
    }

    private void use(
            Principal caller,
            String action,
            String key,
            Map<String, String> context,
            Map<String, String> conditions) {
        // DescribeKey takes no encryption context: a statement that asks for one does not cover it.
        account.keys()
                .use(
                        caller,
                        action,
                        key,
                        action.equals("DescribeKey") ? Map.of() : context,
                        conditions);
    }

    /// The suffix is `.amazonaws.com` in every partition. Source: KMS Developer Guide,
    /// "kms:ViaService".
    private Map<String, String> via(String service) {
        return Map.of(
                "kms:ViaService",
                service + "." + account.region() + ".amazonaws.com",
                "aws:ViaAWSService",
                "true");
    }
}
