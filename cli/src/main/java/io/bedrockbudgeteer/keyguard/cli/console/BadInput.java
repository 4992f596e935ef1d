package io.bedrockbudgeteer.keyguard.cli.console;

/// What was given cannot be used. The message is one sentence for people: what was seen, what is
/// wrong with it, what to write instead. A retry does not help.
public final class BadInput extends RuntimeException {

    public BadInput(String sentence) {
        super(sentence);
    }

    /// The sentence.
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
