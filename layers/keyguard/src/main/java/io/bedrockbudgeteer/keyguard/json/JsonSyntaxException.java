package io.bedrockbudgeteer.keyguard.json;

/// The text is not the JSON that was asked for. A retry does not help.
public final class JsonSyntaxException extends RuntimeException {
    private final int line;
    private final int column;
    private final String problem;

    /// @param line 1-based line of the first character that is wrong
    /// @param column 1-based column in that line
    /// @param problem what was seen and what was expected, without position
    public JsonSyntaxException(int line, int column, String problem) {
        super("line " + line + ", column " + column + ": " + problem);
        this.line = line;
        this.column = column;
        this.problem = problem;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }

    public String problem() {
        return problem;
    }
}
