package io.bedrockbudgeteer.keyguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.cli.explain.Fields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// docs/explain.md shows files, commands and what the commands print: all of it is run here.
class ExplainPageTest {
    @TempDir private Path folder = Path.of(".");

    private static Page page() throws IOException {
        return Page.of("explain.md");
    }

    @Test
    void every_command_prints_what_the_page_shows() throws Exception {
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
                    .isZero();
            assertThat(out).isEqualTo(blocks.get(i + 1).text());
        }
        assertThat(commands).isEqualTo(2);
    }

    @Test
    void every_member_of_a_request_is_explained_and_no_other() throws IOException {
        assertThat(page().firstColumn("## The request"))
                .containsExactlyElementsOf(Fields.ofRequests());
    }

    @Test
    void every_member_of_an_answer_is_explained_and_no_other() throws IOException {
        assertThat(page().firstColumn("## The answer"))
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
}
