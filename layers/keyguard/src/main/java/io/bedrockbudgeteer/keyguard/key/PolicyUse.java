package io.bedrockbudgeteer.keyguard.key;

import io.bedrockbudgeteer.keyguard.plan.Repair;

/// What is going to happen to a key policy after the check.
public enum PolicyUse {
    /// It is only read: what merely blocks a write is a warning.
    READ,
    /// It is going to be changed.
    WRITE,
    /// It is going to be changed, and entries that block the write for sure are taken out with it.
    WRITE_AND_REPAIR;

    /// @param writes whether the policy is going to be changed
    /// @param repairs whether dead entries may be taken out then
    public static PolicyUse of(boolean writes, boolean repairs) {
        if (!writes) return READ;
        return repairs ? WRITE_AND_REPAIR : WRITE;
    }

    boolean writes() {
        return this != READ;
    }

    Repair repair() {
        return this == WRITE_AND_REPAIR ? Repair.DEAD_ENTRIES : Repair.NONE;
    }
}
