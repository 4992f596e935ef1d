package io.bedrockbudgeteer.local;

/// Ends the child processes of a stack also when the runner is told to stop (SIGINT, SIGTERM).
final class Ending implements AutoCloseable {
    private final Thread hook;

    private Ending(Thread hook) {
        this.hook = hook;
    }

    static Ending of(LocalStack stack) {
        Thread hook = new Thread(stack::close, "end-children");
        Runtime.getRuntime().addShutdownHook(hook);
        return new Ending(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // Already shutting down: the hook is at work.
        }
    }
}
