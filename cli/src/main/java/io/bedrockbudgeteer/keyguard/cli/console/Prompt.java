package io.bedrockbudgeteer.keyguard.cli.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// A question to a person at a terminal.
public final class Prompt {
    // Nobody types more to say yes.
    private static final int LONGEST = 1000;

    private final Screen screen;
    private volatile boolean open;

    public Prompt(Screen screen) {
        this.screen = screen;
    }

    /// Asks, and waits for a line. Only `yes` is a yes; the end of the input is not.
    public boolean isYes(String question) throws IOException {
        screen.out().write((question + " ").getBytes(StandardCharsets.UTF_8));
        screen.out().flush();
        open = true;
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int c = screen.in().read();
        while (c >= 0 && c != '\n') {
            if (line.size() < LONGEST) line.write(c);
            c = screen.in().read();
        }
        open = false;
        // The terminal shows the line end that was typed; at the end of the input there is none.
        if (c < 0) screen.out().write('\n');
        return line.toString(StandardCharsets.UTF_8).strip().equals("yes");
    }

    /// Whether the cursor stands behind a question that was not answered.
    public boolean isOpen() {
        return open;
    }
}
