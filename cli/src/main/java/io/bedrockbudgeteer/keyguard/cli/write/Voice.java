package io.bedrockbudgeteer.keyguard.cli.write;

import io.bedrockbudgeteer.keyguard.cli.console.Ink;
import io.bedrockbudgeteer.keyguard.cli.console.Progress;
import io.bedrockbudgeteer.keyguard.cli.console.Prompt;
import io.bedrockbudgeteer.keyguard.cli.console.SafeText;
import io.bedrockbudgeteer.keyguard.cli.console.Screen;
import io.bedrockbudgeteer.keyguard.cli.console.Terminal;
import io.bedrockbudgeteer.keyguard.cli.console.Wrap;
import io.bedrockbudgeteer.keyguard.finding.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// How a command that writes speaks: results to standard output, laid out for the terminal;
/// progress and errors to standard error.
public final class Voice {
    private static final String WHAT_COUNTS = "Only 'yes' is accepted:";

    private final Screen screen;
    private final Progress progress;
    private final Prompt prompt;

    public Voice(Screen screen, Terminal terminal) {
        this.screen = screen;
        this.progress = new Progress(screen, terminal);
        this.prompt = new Prompt(screen);
    }

    Ink ink() {
        return screen.ink();
    }

    int width() {
        return screen.columns().getAsInt();
    }

    Progress progress() {
        return progress;
    }

    boolean isYes(String question) throws IOException {
        progress.clear();
        return prompt.isYes(String.join("\n", wrapped("", question)) + "\n" + WHAT_COUNTS);
    }

    /// Lines as they are.
    void print(List<String> lines) throws IOException {
        progress.clear();
        screen.print(lines);
    }

    /// A sentence, wrapped.
    void print(String sentence) throws IOException {
        print(wrapped("", sentence));
    }

    /// One block for each.
    void print(List<Finding> findings, boolean withFixes) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Finding finding : findings)
            lines.addAll(wrapped("  ", withFixes ? finding.line() : finding.brief()));
        print(lines);
    }

    private List<String> wrapped(String indent, String text) {
        return Wrap.lines(width(), "", indent, SafeText.visible(SafeText.redacted(text)));
    }

    /// One line on standard error.
    void say(String sentence) {
        progress.clear();
        if (prompt.isOpen()) screen.err().println();
        screen.say(sentence);
    }

    /// Lines on standard error, such as commands to type.
    void say(List<String> lines) {
        progress.clear();
        lines.forEach(screen.err()::println);
        screen.err().flush();
    }
}
