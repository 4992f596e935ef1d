package io.bedrockbudgeteer.bench.shipped;

import io.bedrockbudgeteer.keyguard.start.Entry;

/// What is started, as in the shipped functions.
public final class Function extends Entry {
    public Function() {
        super("io.bedrockbudgeteer.bench.shipped.Handler");
    }
}
