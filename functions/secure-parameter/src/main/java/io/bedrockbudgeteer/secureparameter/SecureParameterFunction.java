package io.bedrockbudgeteer.secureparameter;

import io.bedrockbudgeteer.keyguard.start.Entry;

/// What Lambda starts for `Custom::SecureParameter`.
public final class SecureParameterFunction extends Entry {
    public SecureParameterFunction() {
        super("io.bedrockbudgeteer.secureparameter.SecureParameterHandler");
    }
}
