package io.bedrockbudgeteer.keyguard.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads one JSON text into [Json] values with positions. Strict as RFC 8259: no comments, no
/// trailing commas, no text behind the value; repeated member names are refused, because readers
/// disagree on which of them counts. A leading byte order mark is skipped and counted in the
/// positions. Time and memory grow linearly with the text. Thread-safe.
public final class JsonReader {

    /// How much is read at most.
    ///
    /// @param characters length of the text
    /// @param depth nested objects and arrays
    public record Limits(int characters, int depth) {
        /// Far above everything KMS, IAM and CloudFormation send (131 072 characters is the longest
        /// answer of GetKeyPolicy), and small enough for a function of 512 MB.
        public static final Limits DEFAULT = new Limits(16 * 1024 * 1024, 100);

        public Limits {
            if (characters < 1 || depth < 1 || depth > 1000)
                throw new IllegalArgumentException(
                        "limits: characters="
                                + characters
                                + " depth="
                                + depth
                                + ", allowed: 1.., 1..1000");
        }
    }

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    // Member names come from outside: a shared table of names would let a hostile text fill it, so
    // none is kept.
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(2000)
                                    .maxNameLength(Integer.MAX_VALUE)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .build())
                    .build();

    // How the tokenizer names a second place in a message; only line and column say something.
    private static final Pattern SOURCE =
            Pattern.compile("\\[Source: [^;]*; (line: \\d+, column: \\d+)]");

    private final JsonParser parser;
    private final int shift;
    private final String text;
    private final Limits limits;
    private int depth;

    private JsonReader(JsonParser parser, int shift, String text, Limits limits) {
        this.parser = parser;
        this.shift = shift;
        this.text = text;
        this.limits = limits;
    }

    /// Reads with [Limits#DEFAULT].
    ///
    /// @throws JsonSyntaxException when the text is not exactly one JSON value
    public static Json read(String text) {
        return read(text, Limits.DEFAULT);
    }

    /// @throws JsonSyntaxException when the text is not exactly one JSON value, or is larger or
    ///   deeper than the limits
    public static Json read(String text, Limits limits) {
        if (text.length() > limits.characters())
            throw new JsonSyntaxException(
                    1,
                    1,
                    "the text has "
                            + text.length()
                            + " characters; at most "
                            + limits.characters()
                            + " are read");
        int shift = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
        char[] characters = text.substring(shift).toCharArray();
        try (JsonParser parser = FACTORY.createParser(characters, 0, characters.length)) {
            return new JsonReader(parser, shift, text, limits).document();
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    /// Reads a text that must be an object.
    ///
    /// @throws JsonSyntaxException as [#read(String)], or when the value is not an object
    public static Json.Obj readObject(String text) {
        Json value = read(text);
        if (value instanceof Json.Obj object) return object;
        throw new JsonSyntaxException(1, 1, "expected an object, found " + value.kind());
    }

    private Json document() throws IOException {
        try {
            JsonToken first = parser.nextToken();
            if (first == null)
                throw error(
                        parser.currentLocation(),
                        "expected a JSON value, found the end of the text");
            Json value = value(first);
            if (parser.nextToken() != null)
                throw error(
                        parser.currentTokenLocation(),
                        "expected the end of the text after the JSON value");
            return value;
        } catch (JsonProcessingException e) {
            JsonLocation location = e.getLocation();
            throw error(
                    location == null ? parser.currentLocation() : location,
                    firstLine(e.getOriginalMessage()));
        }
    }

    private Json value(@Nullable JsonToken token) throws IOException {
        int start = shift + (int) parser.currentTokenLocation().getCharOffset();
        if (token == null)
            throw error(
                    parser.currentLocation(), "expected a JSON value, found the end of the text");
        return switch (token) {
            case START_OBJECT -> object(start);
            case START_ARRAY -> array(start);
            case VALUE_STRING -> {
                String value =
                        parser.getText(); // the tokenizer finishes a string only when it is asked
                // for
                yield new Json.Str(value, start, here());
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                String number = parser.getText();
                yield new Json.Num(number, start, start + number.length());
            }
            case VALUE_TRUE -> new Json.Bool(true, start, start + 4);
            case VALUE_FALSE -> new Json.Bool(false, start, start + 5);
            case VALUE_NULL -> new Json.Null(start, start + 4);
            default -> throw error(parser.currentTokenLocation(), "expected a JSON value");
        };
    }

    private Json object(int start) throws IOException {
        enter();
        Map<String, Json> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            members.put(name, value(parser.nextToken()));
        }
        depth--;
        return new Json.Obj(members, start, here());
    }

    private Json array(int start) throws IOException {
        enter();
        List<Json> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken();
                token != JsonToken.END_ARRAY;
                token = parser.nextToken()) items.add(value(token));
        depth--;
        return new Json.Arr(items, start, here());
    }

    private void enter() {
        if (++depth > limits.depth())
            throw error(
                    parser.currentTokenLocation(),
                    "nested deeper than " + limits.depth() + " levels");
    }

    private int here() {
        return shift + (int) parser.currentLocation().getCharOffset();
    }

    private JsonSyntaxException error(JsonLocation location, String problem) {
        int line = Math.max(1, location.getLineNr());
        int column = Math.max(1, location.getColumnNr());
        // Editors count a byte order mark as no column, and so does the tokenizer, which never saw
        // it.
        return new JsonSyntaxException(
                line,
                column,
                text.isBlank() ? "expected a JSON value, found the end of the text" : problem);
    }

    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        return SOURCE.matcher(end < 0 ? message : message.substring(0, end))
                .replaceAll("$1")
                .strip();
    }
}
