package io.bedrockbudgeteer.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The page with the results. What stands between its two marks is written by the run.
final class Readme {
    private final Path file;
    private final String begin;
    private final String end;

    /// @param name of the two marks
    Readme(Path file, String name) {
        this.file = file;
        this.begin = begin(name);
        this.end = end(name);
    }

    static String begin(String name) {
        return "<!-- " + name + ": begin -->\n";
    }

    static String end(String name) {
        return "<!-- " + name + ": end -->\n";
    }

    /// What stands between the marks now.
    String tables() throws IOException {
        String text = Files.readString(file);
        return text.substring(contentStart(text), contentEnd(text));
    }

    void replaceTables(String tables) throws IOException {
        String text = Files.readString(file);
        Files.writeString(
                file,
                text.substring(0, contentStart(text)) + tables + text.substring(contentEnd(text)));
    }

    private int contentStart(String text) throws IOException {
        int mark = text.indexOf(begin);
        if (mark < 0) throw new IOException(file + " has no line " + begin.strip());
        return mark + begin.length();
    }

    private int contentEnd(String text) throws IOException {
        int mark = text.indexOf(end, contentStart(text));
        if (mark < 0) throw new IOException(file + " has no line " + end.strip());
        return mark;
    }
}
