package io.bedrockbudgeteer.keyguard.cli.console;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Which of the standard streams are a terminal. The JDK tells only whether input and output
/// together are, and asking it costs start-up time; so the start script says it, and the JDK is
/// asked where there was no script.
public final class Terminal {
    /// System property with the numbers of the streams that are a terminal, such as `012`.
    public static final String STREAMS = "keyguard.terminal";

    /// No terminal anywhere, as in a pipeline.
    public static final Terminal NONE = new Terminal(Optional.of(""), () -> false);

    private final Optional<String> streams;
    private final BooleanSupplier console;

    private Terminal(Optional<String> streams, BooleanSupplier console) {
        this.streams = streams;
        this.console = console;
    }

    /// @param streams value of [#STREAMS]; empty when it is not set
    /// @param console whether input and output are a terminal
    public static Terminal of(Optional<String> streams, BooleanSupplier console) {
        return new Terminal(streams, console);
    }

    /// Whether a person can be asked, and sees the question: input and output are a terminal.
    public boolean asks() {
        return is("0") && is("1");
    }

    /// Whether standard output is a terminal.
    public boolean shows() {
        return is("1");
    }

    /// Whether standard error is a terminal.
    public boolean tells() {
        return is("2");
    }

    private boolean is(String stream) {
        return streams.map(all -> all.contains(stream)).orElseGet(console::getAsBoolean);
    }
}
