package io.bedrockbudgeteer.local;

import io.bedrockbudgeteer.local.account.Refusal;

/// KMS would not make this key, or would not take its policy. Nothing was deployed.
public final class KeySetUpRefused extends RuntimeException {

    KeySetUpRefused(Refusal refusal) {
        super(
                "KMS refuses the key set-up: "
                        + refusal.code()
                        + ": "
                        + refusal.text()
                        + " "
                        + advice(refusal.text()),
                refusal);
    }

    /// What to do about it.
    private static String advice(String text) {
        if (text.contains("invalid principals")) {
            return "The policy names principals that do not exist yet. Leave that statement out: the roles of the stack come with the"
                    + " stack, and the deployment adds to the policy what they need.";
        }
        if (text.contains("will not allow you to update")) {
            return "Keep a statement that lets the account of the stack administer the key, such as kms:* for its root principal;"
                    + " when the policy names another account, give that with --account.";
        }
        return "Correct the policy file or the --key options.";
    }
}
