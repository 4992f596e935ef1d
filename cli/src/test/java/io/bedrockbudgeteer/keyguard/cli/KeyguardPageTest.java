package io.bedrockbudgeteer.keyguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// docs/keyguard.md shows files, commands and what the commands print: all of it is run here.
class KeyguardPageTest {
    private static final Map<String, Integer> CODES =
            Map.of("plan", Main.FOUND, "check", Main.FOUND, "statements", Main.FINE);

    @TempDir private Path folder = Path.of(".");

    private static Page page() throws IOException {
        return Page.of("keyguard.md");
    }

    @Test
    void every_command_prints_what_the_page_shows_of_it() throws Exception {
        int commands = 0;
        List<Page.Block> blocks = page().blocks();
        for (int i = 0; i < blocks.size(); i++) {
            Page.Block block = blocks.get(i);
            if (block.info().startsWith("json "))
                Files.writeString(
                        folder.resolve(block.info().substring("json ".length())), block.text());
            if (!block.info().equals("sh")) continue;
            commands++;
            Process process = ChildJvm.start(folder, List.of(), block.arguments());
            process.getOutputStream().close();
            String out =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(ChildJvm.end(process))
                    .as(block.text() + Files.readString(folder.resolve("stderr")))
                    .isEqualTo(CODES.get(block.arguments().getFirst()));
            assertShown(blocks.get(i + 1).text(), out);
        }
        assertThat(commands).isEqualTo(3);
    }

    /// The page leaves lines out where it has an ellipsis.
    private static void assertShown(String shown, String out) {
        Iterator<String> lines = out.lines().iterator();
        boolean gap = false;
        for (String line : shown.lines().toList()) {
            if (line.strip().equals("…")) {
                gap = true;
                continue;
            }
            String next = lines.hasNext() ? lines.next() : "(end)";
            while (gap && !next.equals(line) && lines.hasNext()) next = lines.next();
            assertThat(next).as(out).isEqualTo(line);
            gap = false;
        }
        assertThat(gap || !lines.hasNext()).as("shown to its end").isTrue();
    }

    @Test
    void every_flag_that_it_names_exists() throws IOException {
        String help = "";
        for (String command : List.of("check", "plan", "statements"))
            help += Cli.run(command, "--help").out();
        for (String flag : page().firstColumn("## On AWS")) assertThat(help).contains(flag);
        assertThat(page().firstColumn("## On AWS")).hasSize(8);
    }

    @Test
    void every_command_is_in_its_table_and_no_other() throws IOException {
        List<String> commands =
                Cli.run("--help")
                        .out()
                        .lines()
                        .filter(line -> line.matches("  [a-z-]+ {2,}.*"))
                        .map(line -> line.strip().split(" ", 2)[0])
                        .toList();
        assertThat(page().firstColumn("# keyguard")).containsExactlyInAnyOrderElementsOf(commands);
    }
}
