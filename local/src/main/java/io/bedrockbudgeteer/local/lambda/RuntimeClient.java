package io.bedrockbudgeteer.local.lambda;

import java.util.Locale;

/// What takes events from the Runtime API inside a function's process and calls the handler.
public enum RuntimeClient {
    /// AWS's own runtime interface client, the one of the managed runtime. Its native library
    /// exists for Linux only.
    AWS,
    /// A small client of our own, for handlers that are a `RequestStreamHandler`. Runs everywhere.
    OWN;

    /// AWS's client where it runs.
    public static RuntimeClient ofThisMachine() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")
                        && NativeLibrary.architecture().isPresent()
                ? AWS
                : OWN;
    }
}
