package io.bedrockbudgeteer.local.lambda;

/// What the processes of one function wrote, line by line. Thread-safe.
final class FunctionLog {
    private final StringBuilder text = new StringBuilder();

    synchronized void add(String line) {
        text.append(line).append('\n');
    }

    synchronized String text() {
        return text.toString();
    }
}
