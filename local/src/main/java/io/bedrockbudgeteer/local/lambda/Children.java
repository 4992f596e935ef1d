package io.bedrockbudgeteer.local.lambda;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Every child process of this JVM. They are ended when it exits, however it exits short of being
/// killed; a killed one takes their Runtime API with it, and they end by themselves at the next
/// request.
final class Children {
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    private static volatile boolean ending;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Children::endAll, "end-functions"));
    }

    private Children() {}

    static void add(Process process) {
        RUNNING.add(process);
        var _ = process.onExit().thenRun(() -> RUNNING.remove(process));
    }

    /// Whether this JVM is exiting, so that a process may have been ended before it was done.
    static boolean areEnding() {
        return ending;
    }

    private static void endAll() {
        ending = true;
        RUNNING.forEach(Children::end);
    }

    static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
