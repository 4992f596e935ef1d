package io.bedrockbudgeteer.keyguard.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowOutputTest {
    private final List<String> blocks = new ArrayList<>();
    private final RowOutput out =
            new RowOutput(
                    new OutputStream() {
                        @Override
                        public void write(int b) {
                            throw new IllegalStateException("one byte at a time");
                        }

                        @Override
                        public void write(byte[] bytes, int from, int length) {
                            if (length > 0)
                                blocks.add(new String(bytes, from, length, StandardCharsets.UTF_8));
                        }
                    });

    @Test
    void rows_are_gathered_into_blocks_of_whole_rows() throws IOException {
        String row = "é".repeat(500);
        for (int i = 0; i < 200; i++) out.row(row);
        out.flush();
        assertThat(String.join("", blocks)).isEqualTo((row + "\n").repeat(200));
        assertThat(blocks.size()).isBetween(3, 5);
        assertThat(blocks).allSatisfy(block -> assertThat(block).endsWith("\n"));
    }

    @Test
    void a_row_that_is_longer_than_a_block_is_a_block_of_its_own() throws IOException {
        String giant = "x".repeat(1_000_000);
        out.row("a");
        out.row(giant);
        out.row("b");
        out.flush();
        assertThat(String.join("", blocks)).isEqualTo("a\n" + giant + "\nb\n");
        assertThat(blocks).allSatisfy(block -> assertThat(block).endsWith("\n"));
    }
}
