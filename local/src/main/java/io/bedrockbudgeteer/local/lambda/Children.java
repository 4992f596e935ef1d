package io.bedrockbudgeteer.local.lambda;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Every child process of this JVM. They are ended when it exits, however it exits short of being
/// killed; a killed one takes their Runtime API with it, and they end by themselves at the next
/// request.
final class Children {
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> RUNNING.forEach(Children::end), "end-functions"));
    }

    private Children() {}

    static void add(Process process) {
        RUNNING.add(process);
        var _ = process.onExit().thenRun(() -> RUNNING.remove(process));
    }

    static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
