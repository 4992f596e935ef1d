package io.bedrockbudgeteer.local.service;

import io.bedrockbudgeteer.local.account.Keys.KeySpec;
import io.bedrockbudgeteer.local.account.Principal;
import java.time.Duration;
import java.util.Optional;

/// An account with what most tests need: nothing hides behind a delay unless a test asks for it.
final class Scene {
    static final String REGION = "us-east-1";
    static final String ROOT =
            """
            {"Sid":"Enable IAM User Permissions","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},\
            "Action":"kms:*","Resource":"*"}\
            """;

    private Scene() {}

    static AccountOptions options() {
        return AccountOptions.in(REGION).visibility(Duration.ZERO);
    }

    static KeySpec key(Optional<String> policy) {
        return new KeySpec(
                policy,
                "Enabled",
                "SYMMETRIC_DEFAULT",
                "ENCRYPT_DECRYPT",
                "CUSTOMER",
                "AWS_KMS",
                false,
                "111122223333",
                REGION,
                Optional.empty(),
                true);
    }

    static KeySpec key(String state, String spec, String origin, boolean rotation) {
        return new KeySpec(
                Optional.empty(),
                state,
                spec,
                "ENCRYPT_DECRYPT",
                "CUSTOMER",
                origin,
                false,
                "111122223333",
                REGION,
                Optional.empty(),
                rotation);
    }

    /// A policy that delegates to the account, with more statements.
    static String policy(String... statements) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":["
                + ROOT
                + (statements.length == 0 ? "" : ",")
                + String.join(",", statements)
                + "]}";
    }

    static Principal.Session role(LocalAccount account, String name, String... statements) {
        String arn =
                account.roles()
                        .create(
                                "/",
                                name,
                                "{\"Version\":\"2012-10-17\",\"Statement\":[]}",
                                Optional.empty());
        if (statements.length > 0) {
            account.roles()
                    .putPolicy(
                            name,
                            "inline",
                            "{\"Version\":\"2012-10-17\",\"Statement\":["
                                    + String.join(",", statements)
                                    + "]}");
        }
        return new Principal.Session(arn, "session");
    }

    static String allow(String actions, String resource) {
        return "{\"Effect\":\"Allow\",\"Action\":"
                + actions
                + ",\"Resource\":\""
                + resource
                + "\"}";
    }
}
