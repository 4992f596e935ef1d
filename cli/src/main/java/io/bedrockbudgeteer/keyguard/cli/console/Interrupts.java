package io.bedrockbudgeteer.keyguard.cli.console;

/// Tells when a person or the system ends this process: Ctrl-C, SIGTERM, a terminal that closes.
@FunctionalInterface
public interface Interrupts {
    /// For a process that nobody ends.
    Interrupts NONE = _ -> () -> {};

    /// By a hook that the JVM runs when a signal ends it. The exit code is then that of the signal,
    /// such as 130 for Ctrl-C. The process lives as long as the hook runs.
    Interrupts OF_PROCESS =
            handler -> {
                Thread hook = new Thread(handler, "interrupted");
                Runtime.getRuntime().addShutdownHook(hook);
                return () -> {
                    try {
                        Runtime.getRuntime().removeShutdownHook(hook);
                    } catch (IllegalStateException _) {
                        return; // the process is ending already, and the hook runs
                    }
                };
            };

    /// While it is open, the handler is run when the process is to end, on a thread of its own.
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    Watch watch(Runnable handler);
}
