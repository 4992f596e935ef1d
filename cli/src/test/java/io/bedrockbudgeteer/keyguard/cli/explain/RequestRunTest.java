package io.bedrockbudgeteer.keyguard.cli.explain;

import static io.bedrockbudgeteer.keyguard.cli.RequestText.base;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bedrockbudgeteer.keyguard.cli.Cli;
import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// The stream of lines: order, line ends, bytes that are no text, lines without end, pipes.
class RequestRunTest {

    private static final String GOOD = base().line();

    private static Cli.Ended run(byte[] input) {
        return Cli.runOn(input, "explain", "--requests", "-");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void rows_keep_the_order_of_the_lines_and_none_is_lost() {
        long seed = 20260301;
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        StringBuilder lines = new StringBuilder();
        List<String> expected = new ArrayList<>();
        int line = 0;
        while (expected.size() < 10_000) {
            line++;
            switch (random.nextInt(6)) {
                case 0 -> lines.append(random.nextBoolean() ? "\n" : " \t\r\n");
                case 1 -> {
                    lines.append("{\"broken\n");
                    expected.add("{\"line\":" + line + ",\"error\"");
                }
                case 2 -> {
                    lines.append("{\"id\":\"bad ").append(line).append("\",\"action\":1}\r\n");
                    expected.add("{\"id\":\"bad " + line + "\",\"line\":" + line + ",\"error\"");
                }
                case 3 -> {
                    lines.append(GOOD).append("\n");
                    expected.add("{\"id\":" + line + ",\"verdict\":\"ALLOWED\"");
                }
                case 4 -> {
                    String policy = "'{' " + " ".repeat(random.nextInt(50));
                    lines.append(base().with("keyPolicy", policy).with("id", "-0.50").line());
                    lines.append("\n");
                    expected.add("{\"id\":-0.50,\"verdict\":\"UNKNOWN\"");
                }
                default -> {
                    lines.append(base().with("id", "'" + line + "'").line()).append("\r\n");
                    expected.add("{\"id\":\"" + line + "\",\"verdict\":\"ALLOWED\"");
                }
            }
        }
        List<String> rows = Cli.explain(lines.toString()).rows();
        assertThat(rows.size()).as("seed %d", seed).isEqualTo(10_000);
        for (int i = 0; i < rows.size(); i++)
            assertThat(rows.get(i)).as("row %d, seed %d", i, seed).startsWith(expected.get(i));
    }

    @Test
    void an_id_is_echoed_as_it_was_given() {
        for (String id :
                List.of("7", "-1.50", "1e3", "\"\"", "\"7\"", "\"a\\\"\\u00e9 \\ud83d\\ude00\""))
            assertThat(
                            Cli.explain(
                                            base().line()
                                                    .replaceFirst(
                                                            "\\{",
                                                            "{\"id\":"
                                                                    + id.replace("\\", "\\\\")
                                                                    + ","))
                                    .out())
                    .startsWith(
                            "{\"id\":"
                                    + id.replace("\\u00e9", "é").replace("\\ud83d\\ude00", "😀")
                                    + ",\"verdict\"");
        assertThat(Cli.explain("\n\n" + GOOD).out()).startsWith("{\"id\":3,\"verdict\"");
        assertThat(Cli.explain(base().with("id", "null").line()).out())
                .startsWith("{\"id\":1,\"verdict\"");
    }

    @Test
    void line_ends_and_byte_order_mark_do_not_matter() {
        String expected = Cli.explain(GOOD + "\n" + GOOD + "\n").out();
        assertThat(Cli.explain(GOOD + "\r\n" + GOOD).out()).isEqualTo(expected);
        assertThat(Cli.explain("\uFEFF" + GOOD + "\n" + GOOD + "\r\n").out()).isEqualTo(expected);
    }

    @Test
    void no_lines_give_no_rows() {
        for (String nothing : List.of("", "\n", "\r\n \t\n\n", "\uFEFF", "\uFEFF\n"))
            assertThat(Cli.explain(nothing)).isEqualTo(new Cli.Ended(0, "", ""));
    }

    @Test
    void the_summary_counts_rows_and_names_the_first_problem() {
        Cli.Ended ended = Cli.explain("\n" + GOOD + "\n[]\n" + GOOD + "\n{}\n");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err())
                .isEqualTo(
                        "keyguard: 2 of 4 lines could not be read; first: line 3: the line is a list;"
                                + " write one JSON object on each line\n");
    }

    /// Overlong forms, lone surrogates and cut sequences are not UTF-8 either.
    @Test
    void bytes_that_are_not_utf8_make_a_bad_line() {
        byte[][] malformed = {
            {(byte) 0xFF},
            {(byte) 0xC3},
            {(byte) 0xC0, (byte) 0xAF},
            {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
            {(byte) 0xE2, (byte) 0x82}
        };
        for (byte[] bytes : malformed) {
            ByteArrayOutputStream input = new ByteArrayOutputStream();
            input.writeBytes(bytes("{\"id\":\"é"));
            input.writeBytes(bytes);
            input.writeBytes(bytes("\"}\n" + GOOD + "\n"));
            Cli.Ended ended = run(input.toByteArray());
            assertThat(ended.rows().size()).isEqualTo(2);
            assertThat(ended.rows().getFirst())
                    .isEqualTo(
                            "{\"line\":1,\"error\":\"byte 10 of the line is not UTF-8; write the file as"
                                    + " UTF-8\"}");
            assertThat(ended.rows().getLast()).contains("ALLOWED");
        }
    }

    @Test
    void the_replacement_character_itself_is_text() {
        assertThat(Cli.explain(base().with("id", "'\uFFFD'").line()).out())
                .startsWith("{\"id\":\"\uFFFD\",\"verdict\"");
    }

    @Test
    void a_line_of_the_greatest_length_is_read_and_a_longer_one_is_skipped() {
        String padded = GOOD + " ".repeat(LineReader.LONGEST - GOOD.length());
        assertThat(Cli.explain(padded + "\r\n" + GOOD).rows())
                .allSatisfy(row -> assertThat(row).contains("ALLOWED"));
        for (String end : List.of(" ", " \n", " \r\n", " ".repeat(10_000_000) + "\n")) {
            Cli.Ended ended = Cli.explain(GOOD + "\n" + padded + end + GOOD + "\n");
            assertThat(ended.code()).isEqualTo(2);
            assertThat(ended.rows().get(1))
                    .startsWith("{\"line\":2,\"error\":\"the line is longer than 4 MiB, and was");
            assertThat(ended.rows().size()).isEqualTo(end.contains("\n") ? 3 : 2);
        }
    }

    /// A pipe with somebody at both ends: each answer is there before the next question is asked.
    @Test
    void an_answer_is_written_before_the_next_question_is_waited_for() throws Exception {
        PipedOutputStream questions = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(questions, 1 << 16);
        PipedInputStream answers = new PipedInputStream(1 << 16);
        PipedOutputStream out = new PipedOutputStream(answers);
        CompletableFuture<RequestRun.Result> run =
                CompletableFuture.supplyAsync(() -> {
                    try {
                        return RequestRun.run(in, out, InstantSource.fixed(Cli.NOW));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
        for (int i = 1; i <= 5; i++) {
            questions.write(bytes(base().with("id", String.valueOf(i)).line() + "\n"));
            questions.flush();
            assertThat(line(answers)).startsWith("{\"id\":" + i + ",");
        }
        questions.close();
        assertThat(run.get(20, TimeUnit.SECONDS)).isEqualTo(new RequestRun.Result(5, 0, ""));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) line.append((char) c);
        return line.toString();
    }

    @Test
    void what_was_answered_is_written_when_reading_fails() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        InputStream failing =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("the disk is gone");
                    }

                    @Override
                    public int read(byte[] bytes, int from, int length) throws IOException {
                        return read();
                    }
                };
        InputStream in =
                new SequenceInputStream(new ByteArrayInputStream(bytes(GOOD + "\n")), failing);
        assertThatThrownBy(() -> RequestRun.run(in, out, InstantSource.fixed(Cli.NOW)))
                .hasMessage("the disk is gone");
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("ALLOWED").endsWith("\n");
    }

    @Test
    void every_row_is_one_json_object_whatever_stands_in_the_texts() {
        String odd = "'\\u0000\\u2028\\u007f\\ud800 \\\"'";
        String policy =
                "{'Statement':[{'Sid':"
                        + odd
                        + ",'Effect':'Deny','Principal':'*','Action':'kms:*','Resource':'*'}]}";
        for (String row :
                Cli.explain(
                                base().with("id", odd).with("keyPolicy", policy).line()
                                        + "\n"
                                        + base().with("id", odd).with("action", odd).line())
                        .rows()) {
            Json.Obj object = JsonReader.readObject(row);
            assertThat(object.string("id")).contains("\u0000\u2028\u007f\ud800 \"");
            assertThat(row.chars()).allMatch(c -> c >= ' ' && c != 0x7f && c != 0x2028);
        }
    }
}
