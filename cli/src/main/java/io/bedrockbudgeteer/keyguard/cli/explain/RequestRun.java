package io.bedrockbudgeteer.keyguard.cli.explain;

import io.bedrockbudgeteer.keyguard.cli.console.RowOutput;
import io.bedrockbudgeteer.keyguard.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Optional;

/// Answers a stream of request lines, one row for each, in their order. Keeps nothing of a line
/// that is answered, and writes what it has before it waits for more, so that it can be talked to
/// through a pipe.
public final class RequestRun {

    /// @param rows how many were written
    /// @param unreadable how many of them are errors
    /// @param firstProblem such as `line 7: ...`; empty when there is none
    public record Result(long rows, long unreadable, String firstProblem) {}

    private final LineReader lines;
    private final RowOutput out;
    private final RequestReader requests;
    private final Answers answers = new Answers();
    private long rows;
    private long unreadable;
    private String firstProblem = "";

    private RequestRun(InputStream in, OutputStream out, InstantSource clock) {
        this.out = new RowOutput(out);
        this.lines = new LineReader(in, this.out::flush);
        this.requests = new RequestReader(new GrantList(clock));
    }

    /// @throws io.bedrockbudgeteer.keyguard.cli.console.OutputClosed when nobody reads the answers
    ///   any more
    public static Result run(InputStream in, OutputStream out, InstantSource clock)
            throws IOException {
        return new RequestRun(in, out, clock).run();
    }

    private Result run() throws IOException {
        try {
            for (Optional<LineReader.Line> line = lines.next();
                    line.isPresent();
                    line = lines.next()) {
                out.row(row(line.get()));
                rows++;
            }
        } catch (IOException | RuntimeException e) {
            out.flush(); // what is answered is answered, when it was the reading that failed
            throw e;
        }
        out.flush();
        return new Result(rows, unreadable, firstProblem);
    }

    private String row(LineReader.Line line) {
        return switch (line) {
            case LineReader.Line.Unreadable(long number, String problem) ->
                    bad(Optional.empty(), number, problem);
            case LineReader.Line.Text(long number, String text) ->
                    switch (requests.read(text)) {
                        case RequestLine.Asked(var id, Question question) ->
                                Rows.answer(
                                        Optional.of(id.orElse(numbered(number))),
                                        answers.to(question));
                        case RequestLine.Bad(var id, boolean isJson, String problem) ->
                                bad(
                                        id.isEmpty() && isJson ? Optional.of(numbered(number)) : id,
                                        number,
                                        problem);
                    };
        };
    }

    private String bad(Optional<Json> id, long number, String problem) {
        if (unreadable++ == 0) firstProblem = "line " + number + ": " + problem;
        return Rows.error(id, number, problem);
    }

    private static Json numbered(long line) {
        return new Json.Num(String.valueOf(line), 0, 0);
    }
}
