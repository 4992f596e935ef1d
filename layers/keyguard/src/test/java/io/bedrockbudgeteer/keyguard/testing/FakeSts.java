package io.bedrockbudgeteer.keyguard.testing;

import java.util.Map;

/// AWS STS, as far as the command line asks: who the caller is.
public final class FakeSts {
    private String identity =
            "arn:aws:sts::" + CustomResourceEvents.ACCOUNT + ":assumed-role/admin/session";

    /// @param arn an assumed-role, user or root ARN
    public synchronized void identity(String arn) {
        identity = arn;
    }

    synchronized Map<String, Object> handle(String operation) {
        if (!operation.equals("sts:GetCallerIdentity"))
            throw new AwsError(501, "NotFaked", operation);
        return Map.of(
                "Arn",
                identity,
                "Account",
                identity.split(":", -1)[4],
                "UserId",
                "AROAFAKE:session");
    }
}
