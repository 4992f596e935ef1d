package io.bedrockbudgeteer.keyguard.cli.console;

import java.io.IOException;
import java.util.Locale;

/// Nobody reads the output any more, as with `| head -1`. Not an error: the reader has what it
/// wanted.
public final class OutputClosed extends IOException {

    private OutputClosed(IOException cause) {
        super("nobody reads the output any more", cause);
    }

    /// Tells a reader that went away from a write that failed for another reason, such as a full
    /// disk. The JDK has no type for it, only the text of the system: `Broken pipe`, `The pipe has
    /// been ended`, and their translations, all of which say "pipe".
    static IOException orSame(IOException failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("pipe") ? new OutputClosed(failure) : failure;
    }
}
