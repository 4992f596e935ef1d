package io.bedrockbudgeteer.keygrants;

import io.bedrockbudgeteer.keyguard.start.Entry;

/// What Lambda starts for `Custom::KmsKeyGrants`.
public final class KeyGrantsFunction extends Entry {
    public KeyGrantsFunction() {
        super("io.bedrockbudgeteer.keygrants.KeyGrantsHandler");
    }
}
