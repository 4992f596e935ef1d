package io.bedrockbudgeteer.keyguard.customresource;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bedrockbudgeteer.keyguard.json.JsonReader;
import io.bedrockbudgeteer.keyguard.json.JsonSyntaxException;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Makes events that are wrong in ways that no one thought of: takes one of the event files and
/// changes it up to four times. The same seed makes the same event.
final class MutatedEvents {

    /// @param text what the function receives
    /// @param fields the top-level fields in order; empty when the text is not JSON
    /// @param changes what was done, for the message of a failure
    /// @param edited whether the text itself was damaged, at any place
    record Mutant(
            String text, Optional<List<EventField>> fields, List<String> changes, boolean edited) {}

    private static final List<String> FILES =
            Stream.of(EnvelopeTest.UNDERSTOOD, EnvelopeTest.FAILED, EnvelopeTest.UNANSWERABLE)
                    .flatMap(List::stream)
                    .filter(file -> !file.equals("not-json.txt"))
                    .filter(file -> !file.equals("duplicate-key.json")) // see "repeat"
                    .toList();
    private static final List<List<EventField>> ORIGINALS =
            FILES.stream().map(file -> fields(Table.text("events/" + file))).toList();

    private static final List<String> NAMES =
            List.of(
                    "RequestType",
                    "ResponseURL",
                    "StackId",
                    "RequestId",
                    "LogicalResourceId",
                    "PhysicalResourceId",
                    "ResourceType",
                    "ResourceProperties",
                    "OldResourceProperties",
                    "ServiceToken");
    private static final List<String> OTHER_KINDS =
            List.of("null", "42", "-1.5e308", "true", "false", "[]", "{}", "[\"x\"]", "[{}]");
    private static final List<String> WORDS =
            List.of(
                    "", " ", "create", "CREATE", "Read", "Create ", "Update", "Delete", "PID",
                    "\t");
    private static final List<String> LETTERS =
            List.of("a", "\"", "\\", "\u0000", "\u001f", "ä", "\uD83D\uDD11", "\u2028", "\uD800");
    private static final int[] LENGTHS = {100, 1_000, 1_024, 1_025, 2_000, 3_900, 5_000};
    // Around the limits of both readings, 100 and 1000 levels including the event itself.
    private static final int[] DEPTHS = {1, 50, 98, 99, 100, 101, 500, 998, 999, 1_000, 5_000};
    private static final String EDITS = "{}[]\":,\\ \n\u0000\uFFFDé0tfn";

    private final Random random;
    private final String url;
    private final List<String> oddUrls;
    private final List<String> changes = new ArrayList<>();
    private List<EventField> fields = new ArrayList<>();

    private MutatedEvents(Random random, String url, List<String> oddUrls) {
        this.random = random;
        this.url = url;
        this.oddUrls = oddUrls;
    }

    /// @param url the response URL of the event, unless that is what is changed
    /// @param oddUrls what it may be changed into
    static Mutant mutant(long seed, String url, List<String> oddUrls) {
        return new MutatedEvents(new Random(seed), url, oddUrls).make();
    }

    private static List<EventField> fields(String event) {
        List<EventField> fields = new ArrayList<>();
        JsonReader.readObject(event)
                .members()
                .forEach((name, value) -> fields.add(EventField.of(name, value, event)));
        return fields;
    }

    private Mutant make() {
        for (EventField field : oneOf(ORIGINALS))
            fields.add(
                    field.name().equals("ResponseURL")
                            ? EventField.string("ResponseURL", url)
                            : field);
        for (int i = random.nextInt(5); i > 0 && !fields.isEmpty(); i--) change();
        String text =
                fields.stream()
                        .map(EventField::toString)
                        .collect(Collectors.joining(",", "{", "}"));
        return random.nextInt(8) == 0
                ? edited(text)
                : new Mutant(text, Optional.of(fields), changes, false);
    }

    private void change() {
        int at = random.nextInt(fields.size());
        EventField field = fields.get(at);
        switch (random.nextInt(16)) {
            case 0 -> {
                note("drop", field.name());
                fields.remove(at);
            }
            case 1 -> {
                note("repeat", field.name());
                fields.add(random.nextInt(fields.size() + 1), field);
            }
            case 2 -> {
                note("repeat with another value", field.name());
                fields.add(random.nextInt(fields.size() + 1), otherKind(field.name()));
            }
            case 3 -> set(at, "another kind", otherKind(field.name()));
            case 4 -> set(at, "huge", EventField.string(field.name(), huge()));
            case 5 -> set(at, "deep", deep(field.name()));
            case 6 -> set(at, "word", EventField.string(field.name(), oneOf(WORDS)));
            case 7 -> insert(at, field, oneOf(List.of("\uD800", "\uDC00")));
            case 8 -> insert(at, field, "\u0000");
            case 9 -> setUrl();
            case 10 -> {
                note("swap", field.name());
                int other = random.nextInt(fields.size());
                EventField second = fields.get(other);
                fields.set(at, second.named(field.name()));
                fields.set(other, field.named(second.name()));
            }
            case 11 -> {
                note("shuffle", "");
                Collections.shuffle(fields, random);
            }
            case 12 -> set(at, "rename", field.named(oneOf(NAMES)));
            case 13 -> set(at, "misspell", field.named(misspelt(field.name())));
            case 14 -> {
                note("unknown field", "");
                fields.add(random.nextInt(fields.size() + 1), unknown());
            }
            default -> set(at, "properties", properties(field.name()));
        }
    }

    private void note(String change, String field) {
        changes.add(change + " " + field.substring(0, Math.min(40, field.length())));
    }

    private void set(int at, String change, EventField field) {
        note(change, fields.get(at).name());
        fields.set(at, field);
    }

    private EventField otherKind(String name) {
        String json = oneOf(OTHER_KINDS);
        int depth = json.contains("[{") ? 2 : json.contains("[") || json.contains("{") ? 1 : 0;
        return EventField.raw(name, json, depth);
    }

    private String huge() {
        String letter = oneOf(LETTERS);
        int length = random.nextInt(50) == 0 ? 100_000 : LENGTHS[random.nextInt(LENGTHS.length)];
        return letter.repeat(length / letter.length());
    }

    private EventField deep(String name) {
        int depth = DEPTHS[random.nextInt(DEPTHS.length)];
        String json =
                random.nextBoolean()
                        ? "[".repeat(depth) + "]".repeat(depth)
                        : "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
        return EventField.raw(name, json, depth);
    }

    private void insert(int at, EventField field, String letter) {
        if (field.text().isEmpty()) return;
        String text = field.text().get();
        int where = random.nextInt(text.length() + 1);
        // Not between the halves of a pair, where it would become something else.
        if (where > 0 && Character.isHighSurrogate(text.charAt(where - 1))) return;
        if (where < text.length() && Character.isLowSurrogate(text.charAt(where))) return;
        set(
                at,
                "insert",
                EventField.string(
                        field.name(), text.substring(0, where) + letter + text.substring(where)));
    }

    private void setUrl() {
        for (int at = 0; at < fields.size(); at++)
            if (fields.get(at).name().equals("ResponseURL")) {
                set(at, "odd", EventField.string("ResponseURL", oneOf(oddUrls)));
                return;
            }
    }

    private String misspelt(String name) {
        return switch (random.nextInt(4)) {
            case 0 -> name.toLowerCase(java.util.Locale.ROOT);
            case 1 -> name + " ";
            case 2 -> name + "\u0000";
            default -> "";
        };
    }

    private EventField unknown() {
        // Numbers and names as long as the first reading takes them, and longer by one.
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> EventField.string("Future" + random.nextInt(1000), huge());
            case 3, 4, 5 -> deep("Future" + random.nextInt(1000));
            case 6, 7, 8 -> EventField.raw("Number", "9".repeat(1_000 + random.nextInt(2)), 0);
            default -> EventField.raw("n".repeat(50_000 + random.nextInt(2)), "1", 0);
        };
    }

    private EventField properties(String name) {
        return switch (random.nextInt(4)) {
            case 0 -> EventField.raw(name, "{\"KmsKeyArn\":null,\"A\":[null,{}],\"B\":true}", 3);
            case 1 -> EventField.raw(name, "{\"KmsKeyArn\":" + JsonText.quote(huge()) + "}", 1);
            case 2 -> EventField.raw(name, "{\"KmsKeyArn\":{\"a\":[1,2,3]},\"\":\"\"}", 3);
            default -> EventField.raw(name, "{\"A\":\"1\",\"A\":\"1\"}", 1).withARepeatedName();
        };
    }

    /// Damages the text itself.
    private Mutant edited(String text) {
        StringBuilder edited = new StringBuilder(text);
        int at = random.nextInt(text.length());
        char letter = EDITS.charAt(random.nextInt(EDITS.length()));
        switch (random.nextInt(6)) {
            case 0 -> edited.setLength(at);
            case 1 -> edited.insert(at, letter);
            case 2 -> edited.setCharAt(at, letter);
            case 3 -> edited.deleteCharAt(at);
            case 4 -> edited.append(letter);
            default -> edited.insert(0, '[').append(']');
        }
        note("edit at " + at, "");
        // As it arrives: half a surrogate pair does not survive UTF-8.
        String arrived = new String(edited.toString().getBytes(UTF_8), UTF_8);
        return new Mutant(arrived, reread(arrived), changes, true);
    }

    private static Optional<List<EventField>> reread(String text) {
        try {
            return Optional.of(fields(text));
        } catch (JsonSyntaxException _) {
            return Optional.empty();
        }
    }

    private <T> T oneOf(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
