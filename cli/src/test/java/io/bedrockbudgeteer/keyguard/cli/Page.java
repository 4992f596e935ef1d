package io.bedrockbudgeteer.keyguard.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A page of the documentation, for tests that run what it shows.
///
/// @param text in Markdown
record Page(String text) {

    /// @param info what stands behind the opening fence: a file name, `sh` or `text`
    record Block(String info, String text) {

        /// The arguments of a command of ours.
        List<String> arguments() {
            String line = text.replace("\\\n", " ").strip();
            if (!line.startsWith("bin/keyguard "))
                throw new AssertionError("not a command of ours: " + line);
            return List.of(line.substring("bin/keyguard ".length()).strip().split("\\s+"));
        }
    }

    static Page of(String name) throws IOException {
        return new Page(Files.readString(Path.of("../docs").resolve(name)));
    }

    /// Everything between fences.
    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        String info = "";
        StringBuilder block = new StringBuilder();
        boolean inside = false;
        for (String line : text.lines().toList()) {
            if (!line.startsWith("```")) {
                if (inside) block.append(line).append('\n');
            } else if (inside) {
                blocks.add(new Block(info, block.toString()));
                inside = false;
            } else {
                info = line.substring(3).strip();
                block.setLength(0);
                inside = true;
            }
        }
        return blocks;
    }

    /// What stands in backticks in the first column of the tables of a section.
    List<String> firstColumn(String heading) {
        int start = text.indexOf(heading + "\n");
        if (start < 0) throw new AssertionError("no section " + heading);
        String section = text.substring(start);
        int end = section.indexOf("\n## ");
        return section.substring(0, end < 0 ? section.length() : end)
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .toList();
    }
}
