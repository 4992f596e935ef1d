package io.bedrockbudgeteer.keyguard.policy;

/// The policy text cannot be read without loss. A retry does not help; the text must be mended.
public final class PolicySyntaxException extends RuntimeException {
    private final int line;
    private final int column;

    /// @param line 1-based line of the first character that is wrong
    /// @param column 1-based column in that line
    /// @param problem what was seen and what was expected, without position
    public PolicySyntaxException(int line, int column, String problem) {
        super("line " + line + ", column " + column + ": " + problem);
        this.line = line;
        this.column = column;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }
}
