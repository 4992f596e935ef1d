package io.bedrockbudgeteer.keyguard.cli.console;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How wide text may be.
public final class TerminalWidth {
    /// Longer lines are hard to read.
    public static final int MOST = 120;

    private static final Pattern SIZE = Pattern.compile("\\d+ (\\d+)\\s*");

    private TerminalWidth() {}

    /// From the variable COLUMNS, else that of the terminal; between [Wrap#WIDTH] and [#MOST].
    ///
    /// @param terminal whether the output is one
    /// @param asked the width of the terminal; asked only when needed
    public static int of(
            Map<String, String> environment,
            BooleanSupplier terminal,
            Supplier<OptionalInt> asked) {
        OptionalInt given = number(environment.getOrDefault("COLUMNS", ""));
        if (given.isEmpty() && terminal.getAsBoolean()) given = asked.get();
        return Math.clamp(given.orElse(Wrap.WIDTH), Wrap.WIDTH, MOST);
    }

    /// Asks the terminal of this process, by `stty`: the JDK has nothing for it.
    public static OptionalInt ask() {
        try {
            Process process =
                    new ProcessBuilder("stty", "size")
                            .redirectInput(new File("/dev/tty"))
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!process.waitFor(1, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return OptionalInt.empty();
            }
            String size =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            Matcher columns = SIZE.matcher(size);
            return columns.matches() ? number(columns.group(1)) : OptionalInt.empty();
        } catch (IOException _) {
            return OptionalInt.empty(); // no stty, or no terminal: the default will do
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }

    private static OptionalInt number(String text) {
        // A terminal that does not know its size says 0.
        return text.matches("[1-9]\\d{0,4}")
                ? OptionalInt.of(Integer.parseInt(text))
                : OptionalInt.empty();
    }
}
