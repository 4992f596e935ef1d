package io.bedrockbudgeteer.keyguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.cli.explain.Fields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// docs/explain.md shows files, commands and what the commands print: all of it is run here.
class ExplainPageTest {
    private static final Path PAGE = Path.of("../docs/explain.md");

    @TempDir private Path folder = Path.of(".");

    /// @param info what stands behind the opening fence: a file name, `sh` or `text`
    private record Block(String info, String text) {}

    private static List<Block> blocks() throws IOException {
        List<Block> blocks = new ArrayList<>();
        String info = "";
        StringBuilder text = new StringBuilder();
        boolean inside = false;
        for (String line : Files.readAllLines(PAGE)) {
            if (!line.startsWith("```")) {
                if (inside) text.append(line).append('\n');
            } else if (inside) {
                blocks.add(new Block(info, text.toString()));
                inside = false;
            } else {
                info = line.substring(3).strip();
                text.setLength(0);
                inside = true;
            }
        }
        return blocks;
    }

    @Test
    void every_command_prints_what_the_page_shows() throws Exception {
        int commands = 0;
        List<Block> blocks = blocks();
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            if (block.info().startsWith("json "))
                Files.writeString(
                        folder.resolve(block.info().substring("json ".length())), block.text());
            if (!block.info().equals("sh")) continue;
            commands++;
            Process process = ChildJvm.start(folder, List.of(), arguments(block.text()));
            process.getOutputStream().close();
            String out =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(ChildJvm.end(process))
                    .as(block.text() + Files.readString(folder.resolve("stderr")))
                    .isZero();
            assertThat(out).isEqualTo(blocks.get(i + 1).text());
        }
        assertThat(commands).isEqualTo(2);
    }

    private static List<String> arguments(String command) {
        String line = command.replace("\\\n", " ").strip();
        assertThat(line).startsWith("bin/keyguard ");
        return List.of(line.substring("bin/keyguard ".length()).strip().split("\\s+"));
    }

    @Test
    void every_member_of_a_request_is_explained_and_no_other() throws IOException {
        assertThat(firstColumn("## The request")).containsExactlyElementsOf(Fields.ofRequests());
    }

    @Test
    void every_member_of_an_answer_is_explained_and_no_other() throws IOException {
        assertThat(firstColumn("## The answer"))
                .containsExactly(
                        "id",
                        "verdict",
                        "basis",
                        "decidedBy",
                        "reason",
                        "hangsOn",
                        "line",
                        "error");
    }

    private static List<String> firstColumn(String heading) throws IOException {
        String page = Files.readString(PAGE);
        String section = page.substring(page.indexOf(heading + "\n"));
        int end = section.indexOf("\n## ");
        return section.substring(0, end < 0 ? section.length() : end)
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .toList();
    }
}
