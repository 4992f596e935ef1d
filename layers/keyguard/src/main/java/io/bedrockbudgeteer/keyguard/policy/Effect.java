package io.bedrockbudgeteer.keyguard.policy;

/// What a statement does where it matches.
public enum Effect {
    ALLOW,
    DENY
}
