package io.bedrockbudgeteer.keyguard.cli.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/// Where a command reads and writes: data goes to `out`, what is about the run to `err`.
///
/// @param in standard input
/// @param out standard output, unbuffered
/// @param err standard error
/// @param colourful whether standard output takes colours; asked only where it matters, because the
///   answer costs start-up time
/// @param columns how wide text may be; asked only where it matters, for the same reason
public record Screen(
        InputStream in,
        OutputStream out,
        PrintWriter err,
        BooleanSupplier colourful,
        IntSupplier columns) {

    /// As wide as what fits on the narrowest terminal that people use.
    public Screen(InputStream in, OutputStream out, PrintWriter err, BooleanSupplier colourful) {
        this(in, out, err, colourful, () -> Wrap.WIDTH);
    }

    /// The colours of standard output.
    public Ink ink() {
        return colourful.getAsBoolean() ? Ink.COLOUR : Ink.PLAIN;
    }

    /// @throws OutputClosed when nobody reads any more
    public void print(List<String> lines) throws IOException {
        RowOutput rows = new RowOutput(out);
        for (String line : lines) rows.row(line);
        rows.flush();
    }

    /// One line on standard error.
    public void say(String sentence) {
        err.println("keyguard: " + SafeText.visible(SafeText.redacted(sentence)));
        err.flush();
    }
}
