package io.bedrockbudgeteer.keyguard.cli.console;

/// What a command does while others wait, on standard error. On a terminal one line that is written
/// over; elsewhere a line for each stage, and none for what only counts up. Thread-safe.
public final class Progress {
    // ECMA-48: erase in line.
    private static final String CLEAR = "\r\u001B[K";

    private final Screen screen;
    private final boolean overwrites;
    private boolean open;

    public Progress(Screen screen, Terminal terminal) {
        this.screen = screen;
        this.overwrites = terminal.tells();
    }

    /// A new stage has begun.
    public synchronized void stage(String text) {
        if (overwrites) over(text);
        else screen.say(text);
    }

    /// The stage goes on.
    public synchronized void count(String text) {
        if (overwrites) over(text);
    }

    private void over(String text) {
        // A line that wraps could not be written over.
        int room = screen.columns().getAsInt() - 1;
        screen.err()
                .print(CLEAR + (text.length() <= room ? text : text.substring(0, room - 1) + "…"));
        screen.err().flush();
        open = true;
    }

    /// Takes the line away, so that something else can be written.
    public synchronized void clear() {
        if (!open) return;
        screen.err().print(CLEAR);
        screen.err().flush();
        open = false;
    }
}
