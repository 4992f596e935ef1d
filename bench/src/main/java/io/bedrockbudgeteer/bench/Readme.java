package io.bedrockbudgeteer.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The page with the results. What stands between its two marks is written by the run.
final class Readme {
    static final String BEGIN = "<!-- results: begin -->\n";
    static final String END = "<!-- results: end -->\n";

    private final Path file;

    Readme(Path file) {
        this.file = file;
    }

    /// What stands between the marks now.
    String tables() throws IOException {
        String text = Files.readString(file);
        return text.substring(begin(text), end(text));
    }

    void replaceTables(String tables) throws IOException {
        String text = Files.readString(file);
        Files.writeString(
                file, text.substring(0, begin(text)) + tables + text.substring(end(text)));
    }

    private int begin(String text) throws IOException {
        int mark = text.indexOf(BEGIN);
        if (mark < 0) throw new IOException(file + " has no line " + BEGIN.strip());
        return mark + BEGIN.length();
    }

    private int end(String text) throws IOException {
        int mark = text.indexOf(END, begin(text));
        if (mark < 0) throw new IOException(file + " has no line " + END.strip());
        return mark;
    }
}
