package io.bedrockbudgeteer.keyguard.cli.explain;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// Cuts a stream into lines of strict UTF-8. Lines end with LF or CRLF, the last one may have no
/// end. Holds at most one line. Not thread-safe.
final class LineReader {
    /// A request with the longest key policy that GetKeyPolicy can give (131 072 characters) and
    /// all policies that a role can have (20 managed ones and as many inline ones of 10 240
    /// characters) needs less than a quarter of this.
    static final int LONGEST = 4 * 1024 * 1024;

    private static final int BLOCK = 64 * 1024;

    /// A line, or what is wrong with it.
    sealed interface Line {
        record Text(long number, String text) implements Line {}

        record Unreadable(long number, String problem) implements Line {}
    }

    /// Called before the reader waits for more input.
    interface Pause {
        void beforeWaiting() throws IOException;
    }

    private final InputStream in;
    private final Pause pause;
    private byte[] buffer = new byte[BLOCK];
    private int start;
    private int end;
    private boolean ended;
    private long number;

    LineReader(InputStream in, Pause pause) {
        this.in = in;
        this.pause = pause;
    }

    /// The next line that is not blank, without its end; empty behind the last one.
    Optional<Line> next() throws IOException {
        for (Optional<Line> line = any(); line.isPresent(); line = any())
            if (!(line.get() instanceof Line.Text(long _, String text)) || !isBlank(text))
                return line;
        return Optional.empty();
    }

    private Optional<Line> any() throws IOException {
        int from = start;
        for (; ; ) {
            int newline = indexOfNewline(from);
            if (newline >= 0) return Optional.of(line(newline, newline + 1));
            if (end - start > LONGEST) return Optional.of(tooLong());
            int scanned = end - start;
            if (!fill()) return end == start ? Optional.empty() : Optional.of(line(end, end));
            from = start + scanned;
        }
    }

    private int indexOfNewline(int from) {
        for (int i = from; i < end; i++) if (buffer[i] == '\n') return i;
        return -1;
    }

    /// Reads what is there, and waits when nothing is.
    private boolean fill() throws IOException {
        if (ended) return false;
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
            // A long line is rare: what it needed is not kept.
            if (end == 0 && buffer.length > BLOCK) buffer = new byte[BLOCK];
        }
        if (end == buffer.length) buffer = Arrays.copyOf(buffer, buffer.length * 2);
        if (!hasMore()) pause.beforeWaiting();
        int read = in.read(buffer, end, buffer.length - end);
        ended = read < 0;
        end += Math.max(0, read);
        return !ended;
    }

    private boolean hasMore() {
        try {
            return in.available() > 0;
        } catch (IOException e) {
            return false; // some devices cannot say
        }
    }

    private Line line(int lineEnd, int next) {
        number++;
        int from = start;
        start = next;
        if (number == 1 && startsWithByteOrderMark(from, lineEnd)) from += 3;
        int to = lineEnd > from && buffer[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
        if (to - from > LONGEST) return unreadableLength();
        String text = new String(buffer, from, to - from, StandardCharsets.UTF_8);
        // The decoder of String is the fastest there is, and puts this character for what it cannot
        // read.
        if (text.indexOf('\uFFFD') >= 0 && !isUtf8(from, to))
            return new Line.Unreadable(
                    number,
                    "byte "
                            + (firstMalformed(from, to) + 1)
                            + " of the line is not UTF-8; write the file as UTF-8");
        return new Line.Text(number, text);
    }

    private boolean startsWithByteOrderMark(int from, int to) {
        return to - from >= 3
                && buffer[from] == (byte) 0xEF
                && buffer[from + 1] == (byte) 0xBB
                && buffer[from + 2] == (byte) 0xBF;
    }

    private boolean isUtf8(int from, int to) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(buffer, from, to - from));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private int firstMalformed(int from, int to) {
        ByteBuffer bytes = ByteBuffer.wrap(buffer, from, to - from);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer dropped = CharBuffer.allocate(4096);
        CoderResult result = decoder.decode(bytes, dropped, true);
        while (result.isOverflow()) {
            dropped.clear();
            result = decoder.decode(bytes, dropped, true);
        }
        return bytes.position() - from;
    }

    /// Drops the rest of the line as it comes.
    private Line tooLong() throws IOException {
        number++;
        for (; ; ) {
            int newline = indexOfNewline(start);
            if (newline >= 0) {
                start = newline + 1;
                break;
            }
            start = end;
            if (!fill()) break;
        }
        shrink();
        return unreadableLength();
    }

    private void shrink() {
        byte[] rest = Arrays.copyOfRange(buffer, start, end);
        end = rest.length;
        start = 0;
        buffer = Arrays.copyOf(rest, Math.max(BLOCK, end));
    }

    private Line unreadableLength() {
        return new Line.Unreadable(
                number,
                "the line is longer than 4 MiB, and was skipped; one line holds one question about"
                        + " one key");
    }

    /// JSON's own white space only: anything else is no blank line but a broken one.
    private static boolean isBlank(String text) {
        for (int i = 0; i < text.length(); i++)
            if (" \t\r".indexOf(text.charAt(i)) < 0) return false;
        return true;
    }
}
