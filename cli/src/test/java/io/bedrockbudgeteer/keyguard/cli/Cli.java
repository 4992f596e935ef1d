package io.bedrockbudgeteer.keyguard.cli;

import io.bedrockbudgeteer.keyguard.cli.console.Screen;
import io.bedrockbudgeteer.keyguard.cli.console.Wrap;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// The command in this process: arguments and standard input in, exit code and texts out.
public final class Cli {
    /// When all of this happens.
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    public record Ended(int code, String out, String err) {
        public List<String> rows() {
            return out.lines().toList();
        }
    }

    private Cli() {}

    public static Ended run(String... arguments) {
        return runOn(new byte[0], arguments);
    }

    /// Answers lines that stand on standard input.
    public static Ended explain(String lines) {
        return runOn(lines.getBytes(StandardCharsets.UTF_8), "explain", "--requests", "-");
    }

    public static Ended runOn(byte[] input, String... arguments) {
        return run(input, false, arguments);
    }

    public static Ended onTerminal(String... arguments) {
        return run(new byte[0], true, arguments);
    }

    /// With so many columns.
    public static Ended wide(boolean colourful, int columns, String... arguments) {
        return run(new byte[0], colourful, columns, arguments);
    }

    private static Ended run(byte[] input, boolean colourful, String... arguments) {
        return run(input, colourful, Wrap.WIDTH, arguments);
    }

    private static Ended run(byte[] input, boolean colourful, int columns, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringWriter err = new StringWriter();
        int code =
                Main.run(
                        List.of(arguments),
                        new Screen(
                                new ByteArrayInputStream(input),
                                out,
                                new PrintWriter(err),
                                () -> colourful,
                                () -> columns),
                        InstantSource.fixed(NOW));
        return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString());
    }
}
