package io.bedrockbudgeteer.local.lambda;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// What a process writes, line by line. Nothing here blocks on the pipe, so [#drain] takes over
/// everything that was written before it is called: a test that looks at the log after an event
/// sees all of that event. Thread-safe.
final class Output {
    private static final long POLL_MILLIS = 20;
    private static final int LINE_END = '\n';

    private final InputStream in;
    private final Consumer<String> lines;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    private Output(InputStream in, Consumer<String> lines) {
        this.in = in;
        this.lines = lines;
    }

    static Output follow(Process process, Consumer<String> lines) {
        Output output = new Output(process.getInputStream(), lines);
        Thread.ofVirtual().start(() -> output.follow(process));
        return output;
    }

    synchronized void drain() {
        try {
            for (int ready = in.available(); ready > 0; ready = in.available()) {
                for (byte b : in.readNBytes(ready)) add(b);
            }
        } catch (IOException e) {
            // The pipe is closed when the process has been ended; what it had written before has
            // been read.
            flush();
        }
    }

    private void follow(Process process) {
        try {
            while (process.isAlive()) {
                drain();
                Thread.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        drain();
        flush();
    }

    private void add(byte b) {
        if (b == LINE_END) send();
        else line.write(b);
    }

    private synchronized void flush() {
        if (line.size() > 0) send();
    }

    private void send() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        lines.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }
}
