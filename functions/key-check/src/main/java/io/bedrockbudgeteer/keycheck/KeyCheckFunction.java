package io.bedrockbudgeteer.keycheck;

import io.bedrockbudgeteer.keyguard.start.Entry;

/// What Lambda starts for `Custom::KmsKeyCheck`.
public final class KeyCheckFunction extends Entry {
    public KeyCheckFunction() {
        super("io.bedrockbudgeteer.keycheck.KeyCheckHandler");
    }
}
