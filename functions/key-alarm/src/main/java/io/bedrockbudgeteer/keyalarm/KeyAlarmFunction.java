package io.bedrockbudgeteer.keyalarm;

import io.bedrockbudgeteer.keyguard.start.Entry;

/// What Lambda starts for `Custom::KmsKeyAlarms`.
public final class KeyAlarmFunction extends Entry {
    public KeyAlarmFunction() {
        super("io.bedrockbudgeteer.keyalarm.KeyAlarmHandler");
    }
}
