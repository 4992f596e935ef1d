package io.bedrockbudgeteer.keyguard.cli.explain;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads one line into one question. Policies are not parsed here but handed on as their exact
/// text, so that what is wrong with them is the answer and not the end of the line. Not
/// thread-safe.
final class RequestReader {
    // Repeated names must reach the reader of the policy that they stand in, so they are not
    // refused
    // here; at the top they are looked for by hand. No table of names: they come from outside.
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNameLength(Integer.MAX_VALUE)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .build())
                    .build();

    // How the tokenizer names another place in its messages; a line has columns only.
    private static final Pattern SOURCE =
            Pattern.compile("\\[Source: [^;]*; line: 1, (column): (\\d+)]");

    private final GrantList grants;
    private final Terms terms =
            new Terms(Member.PRINCIPAL.json, Member.ACTION.json, Member.KEY.json);
    // For usual lines; one that is longer gets an array of its own, which is not kept.
    private final char[] usual = new char[32 * 1024];

    RequestReader(GrantList grants) {
        this.grants = grants;
    }

    RequestLine read(String line) {
        char[] characters = line.length() > usual.length ? new char[line.length()] : usual;
        line.getChars(0, line.length(), characters, 0);
        EmbeddedDocuments documents = new EmbeddedDocuments(line, characters);
        Optional<String> problem = Optional.empty();
        for (; ; ) {
            try (JsonParser parser = FACTORY.createParser(characters, 0, line.length())) {
                RequestParse parse = new RequestParse(parser, documents, grants, terms);
                try {
                    return parse.line();
                } catch (JsonProcessingException e) {
                    // The first one says most: where a broken policy ends can only be guessed.
                    problem = Optional.of(problem.orElse(notJson(e)));
                    if (!documents.setAsideUnfinished())
                        return new RequestLine.Bad(parse.id(), false, problem.get());
                }
            } catch (IOException e) {
                throw new UncheckedIOException("reading from memory", e);
            }
        }
    }

    private static String notJson(JsonProcessingException e) {
        String message = String.valueOf(e.getOriginalMessage());
        int end = message.indexOf('\n');
        String first =
                SOURCE.matcher(end < 0 ? message : message.substring(0, end)).replaceAll("$1 $2");
        String place = e.getLocation() == null ? "" : " at column " + e.getLocation().getColumnNr();
        return "the line is not JSON"
                + place
                + ": "
                + first.strip()
                + "; write one JSON object on each line";
    }
}
