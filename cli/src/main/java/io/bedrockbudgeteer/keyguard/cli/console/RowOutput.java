package io.bedrockbudgeteer.keyguard.cli.console;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes rows of text in blocks. A block holds whole rows only, so that a run that is ended from
/// outside leaves no half row behind. Not thread-safe.
public final class RowOutput {
    // As much as a pipe of Linux holds: fewer system calls than this gains nothing.
    private static final int BLOCK = 64 * 1024;

    private final OutputStream out;
    private byte[] block = new byte[BLOCK];
    private int size;

    public RowOutput(OutputStream out) {
        this.out = out;
    }

    /// Adds a row and its line end.
    ///
    /// @throws OutputClosed when nobody reads any more
    public void row(String text) throws IOException {
        byte[] row = text.getBytes(StandardCharsets.UTF_8);
        int needed = row.length + 1;
        if (size + needed > BLOCK) flush();
        if (needed > block.length) block = Arrays.copyOf(block, needed);
        System.arraycopy(row, 0, block, size, row.length);
        size += needed;
        block[size - 1] = '\n';
    }

    /// @throws OutputClosed when nobody reads any more
    public void flush() throws IOException {
        int written = size;
        size = 0;
        try {
            out.write(block, 0, written);
            out.flush();
        } catch (IOException e) {
            throw OutputClosed.orSame(e);
        }
        if (block.length > BLOCK) block = new byte[BLOCK];
    }
}
