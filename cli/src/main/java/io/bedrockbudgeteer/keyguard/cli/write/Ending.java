package io.bedrockbudgeteer.keyguard.cli.write;

/// How a command ended.
public enum Ending {
    /// What was asked for holds.
    FINE(0),
    /// It does not hold, and nothing went wrong: refused for a reason that was printed, or not
    /// wanted.
    NOT_DONE(1),
    /// It could not be done.
    FAILED(2),
    /// By Ctrl-C, as a shell shows it.
    INTERRUPTED(130);

    private final int code;

    Ending(int code) {
        this.code = code;
    }

    /// The exit code.
    public int code() {
        return code;
    }
}
