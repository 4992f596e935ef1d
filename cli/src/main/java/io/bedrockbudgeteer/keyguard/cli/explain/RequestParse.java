package io.bedrockbudgeteer.keyguard.cli.explain;

import static io.bedrockbudgeteer.keyguard.cli.console.SafeText.quoted;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.bedrockbudgeteer.keyguard.cli.console.BadInput;
import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.policy.Grant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One pass over one line. Reads on behind a mistake, so that the id is found wherever it stands.
final class RequestParse {
    private static final Set<Member> REQUIRED = EnumSet.noneOf(Member.class);

    static {
        for (Member member : Member.values()) if (member.required) REQUIRED.add(member);
    }

    private final JsonParser parser;
    private final EmbeddedDocuments documents;
    private final GrantList grantList;
    private final Terms terms;

    private final Set<Member> seen = EnumSet.noneOf(Member.class);
    private @Nullable String problem;

    private Optional<Json> id = Optional.empty();
    private String principal = "";
    private String action = "";
    private String key = "";
    private String keyPolicy = "";
    private Optional<List<String>> identityPolicies = Optional.empty();
    private Optional<List<String>> boundaries = Optional.empty();
    private List<Grant> grants = List.of();
    private final Map<String, Optional<List<String>>> context = new HashMap<>();
    private boolean contextComplete;

    RequestParse(JsonParser parser, EmbeddedDocuments documents, GrantList grantList, Terms terms) {
        this.parser = parser;
        this.documents = documents;
        this.grantList = grantList;
        this.terms = terms;
    }

    /// The id as far as it was read.
    Optional<Json> id() {
        return id;
    }

    RequestLine line() throws IOException {
        JsonToken first = parser.nextToken();
        if (first != JsonToken.START_OBJECT) {
            parser.skipChildren();
            String seenKind = first == null ? "nothing" : kind(first);
            return new RequestLine.Bad(
                    id, false, "the line is " + seenKind + "; write one JSON object on each line");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            Optional<Member> member = Member.named(name);
            JsonToken value = parser.nextToken();
            if (member.isEmpty()) {
                // A note of the sender's own is skipped; a slip of the pen would change the
                // question.
                Member.meantBy(name)
                        .ifPresent(meant ->
                                note(
                                        quoted(name)
                                                + " is not a member of a request; write "
                                                + meant.json
                                                + ", or another name if it is a note"));
                parser.skipChildren();
            } else if (!seen.add(member.get())) {
                note(name + " stands there twice; write it once");
                parser.skipChildren();
            } else {
                member(member.get(), value);
            }
        }
        if (parser.nextToken() != null)
            return new RequestLine.Bad(
                    id,
                    false,
                    "more text follows the object of the line; write one JSON object on each line");
        return problem == null ? finished() : new RequestLine.Bad(id, true, problem);
    }

    private RequestLine finished() {
        if (!seen.containsAll(REQUIRED))
            return new RequestLine.Bad(
                    id,
                    true,
                    "the line has no "
                            + REQUIRED.stream()
                                    .filter(member -> !seen.contains(member))
                                    .map(member -> member.json)
                                    .collect(Collectors.joining(", "))
                            + "; required are principalArn, action, resourceArn and keyPolicy");
        try {
            return new RequestLine.Asked(
                    id,
                    new Question(
                            terms.request(principal, action, key, context, contextComplete),
                            keyPolicy,
                            identityPolicies,
                            boundaries,
                            grants));
        } catch (BadInput e) {
            return new RequestLine.Bad(id, true, e.sentence());
        }
    }

    private void member(Member member, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_NULL && !member.required) return; // as if it were not there
        switch (member) {
            case ID -> {
                if (value == JsonToken.VALUE_STRING)
                    id = Optional.of(new Json.Str(parser.getText(), 0, 0));
                else if (value.isNumeric()) id = Optional.of(new Json.Num(parser.getText(), 0, 0));
                else wrongType(member, value);
            }
            case PRINCIPAL -> principal = string(member, value);
            case ACTION -> action = string(member, value);
            case KEY -> key = string(member, value);
            case KEY_POLICY -> keyPolicy = document(member.json, value);
            case IDENTITY_POLICIES -> identityPolicies = documents(member, value);
            case BOUNDARIES -> boundaries = documents(member, value);
            case GRANTS -> grants(value);
            case CONTEXT -> context(value);
            case CONTEXT_COMPLETE -> {
                contextComplete = value == JsonToken.VALUE_TRUE;
                if (!value.isBoolean()) wrongType(member, value);
            }
        }
    }

    private String string(Member member, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING) return parser.getText();
        wrongType(member, value);
        return "";
    }

    /// A policy: the text in a string, or the source of an object.
    private String document(String name, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING) return parser.getText();
        if (value == JsonToken.START_OBJECT) return source();
        wrongType(name, value, "the policy as an object, or its text as a string");
        return "";
    }

    private Optional<List<String>> documents(Member member, JsonToken value) throws IOException {
        if (value != JsonToken.START_ARRAY) {
            wrongType(member, value);
            return Optional.empty();
        }
        List<String> texts = new ArrayList<>();
        for (JsonToken item = parser.nextToken();
                item != JsonToken.END_ARRAY;
                item = parser.nextToken()) texts.add(document("an item of " + member.json, item));
        return Optional.of(texts);
    }

    private void grants(JsonToken value) throws IOException {
        if (value != JsonToken.START_ARRAY) {
            wrongType(Member.GRANTS, value);
            return;
        }
        int start = here();
        parser.skipChildren();
        if (problem != null) return;
        try {
            grants = grantList.read(Member.GRANTS.json, documents.text(start, behind()));
        } catch (BadInput e) {
            note(e.sentence());
        }
    }

    private void context(JsonToken value) throws IOException {
        if (value != JsonToken.START_OBJECT) {
            wrongType(Member.CONTEXT, value);
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (context.containsKey(name))
                note(
                        "context has "
                                + quoted(name)
                                + " twice; write it once, with a list of values");
            JsonToken token = parser.nextToken();
            if (token == JsonToken.VALUE_NULL) {
                context.put(name, Optional.empty());
            } else if (token == JsonToken.START_ARRAY) {
                List<String> values = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) values.add(contextValue(name));
                context.put(name, Optional.of(values));
            } else {
                context.put(name, Optional.of(List.of(contextValue(name))));
            }
        }
    }

    private String contextValue(String name) throws IOException {
        JsonToken token = parser.currentToken();
        if (token.isScalarValue() && token != JsonToken.VALUE_NULL) return parser.getText();
        note(
                "context has "
                        + kind(token)
                        + " as a value of "
                        + quoted(name)
                        + "; write a string, a list of strings, or null for a key that the request does not"
                        + " have");
        parser.skipChildren();
        return "";
    }

    /// Passes an object and returns it as it was written.
    private String source() throws IOException {
        int start = here();
        documents.begin(start);
        parser.skipChildren();
        return documents.end(behind());
    }

    private int here() {
        return (int) parser.currentTokenLocation().getCharOffset();
    }

    private int behind() {
        return (int) parser.currentLocation().getCharOffset();
    }

    private void wrongType(Member member, JsonToken value) throws IOException {
        wrongType(member.json, value, member.form);
    }

    private void wrongType(String name, JsonToken value, String form) throws IOException {
        note(name + " is " + kind(value) + "; write " + form);
        parser.skipChildren();
    }

    /// Keeps the first problem: what follows may be its consequence.
    private void note(String sentence) {
        if (problem == null) problem = sentence;
    }

    private static String kind(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            default -> "no JSON value";
        };
    }
}
