package io.bedrockbudgeteer.keyguard.customresource;

import com.amazonaws.services.lambda.runtime.events.CloudFormationCustomResourceEvent;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import io.bedrockbudgeteer.keyguard.json.JsonSyntaxException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the event of a custom resource, twice: first leniently for what an answer needs, then
/// strictly for what it asks. So that an event that is wrong somewhere can still be answered.
/// Messages name fields and positions, never values. Source: CloudFormation User Guide, Custom
/// resource request objects.
final class EventReader {
    private static final Set<String> IDENTITY =
            Set.of(
                    "ResponseURL",
                    "StackId",
                    "RequestId",
                    "LogicalResourceId",
                    "PhysicalResourceId");
    private static final JsonFactory LENIENT = new JsonFactory();

    private EventReader() {}

    /// Finds the identity. Reads as far as the text is JSON; of a repeated field the first one
    /// counts.
    ///
    /// @throws CannotAnswer naming the field without which nothing can be answered
    static RequestIdentity identity(String event) {
        Map<String, String> found = new HashMap<>();
        boolean broken = false;
        try (JsonParser parser = LENIENT.createParser(event)) {
            broken = parser.nextToken() != JsonToken.START_OBJECT;
            while (!broken && parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value == JsonToken.VALUE_STRING && IDENTITY.contains(name))
                    found.putIfAbsent(name, parser.getText());
                else parser.skipChildren();
            }
        } catch (IOException _) {
            broken = true; // what stands before may be enough to answer that the rest is wrong
        }
        return new RequestIdentity(
                field(found, broken, "ResponseURL"),
                field(found, broken, "StackId"),
                field(found, broken, "RequestId"),
                field(found, broken, "LogicalResourceId"),
                Optional.ofNullable(found.get("PhysicalResourceId")).filter(id -> !id.isBlank()));
    }

    /// The RequestType for the metric; `Unknown` when the event has none of the three.
    static String requestType(String event) {
        try (JsonParser parser = LENIENT.createParser(event)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) return "Unknown";
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isType = parser.currentName().equals("RequestType");
                JsonToken value = parser.nextToken();
                if (isType && value == JsonToken.VALUE_STRING)
                    return RequestType.of(parser.getText())
                            .map(RequestType::toString)
                            .orElse("Unknown");
                parser.skipChildren();
            }
        } catch (IOException _) {
            return "Unknown";
        }
        return "Unknown";
    }

    private static String field(Map<String, String> found, boolean broken, String name) {
        String value = found.get(name);
        if (value == null || value.isBlank())
            throw new CannotAnswer(
                    (broken ? "The event is not a JSON object and has no " : "The event has no ")
                            + name
                            + "; nothing was answered.");
        return value;
    }

    /// Reads the whole event. Unknown top-level fields are ignored, because CloudFormation may add
    /// some.
    ///
    /// @throws IllegalArgumentException naming the field or the position that is wrong
    static CloudFormationCustomResourceEvent read(String event) {
        Json.Obj root;
        try {
            root = JsonReader.readObject(event);
        } catch (JsonSyntaxException e) {
            throw new IllegalArgumentException(
                    "The event is not valid JSON without repeated names (line "
                            + e.line()
                            + ", column "
                            + e.column()
                            + ")");
        }
        CloudFormationCustomResourceEvent result = new CloudFormationCustomResourceEvent();
        result.setRequestType(text(root, "RequestType"));
        result.setServiceToken(text(root, "ServiceToken"));
        result.setResponseUrl(text(root, "ResponseURL"));
        result.setStackId(text(root, "StackId"));
        result.setRequestId(text(root, "RequestId"));
        result.setLogicalResourceId(text(root, "LogicalResourceId"));
        result.setPhysicalResourceId(text(root, "PhysicalResourceId"));
        result.setResourceType(text(root, "ResourceType"));
        result.setResourceProperties(properties(root, "ResourceProperties"));
        result.setOldResourceProperties(properties(root, "OldResourceProperties"));
        return result;
    }

    private static @Nullable String text(Json.Obj root, String name) {
        return switch (root.get(name).orElse(null)) {
            case null -> null;
            case Json.Null _ -> null;
            case Json.Str(String value, int _, int _) -> value;
            case Json other ->
                    throw new IllegalArgumentException(
                            "The event's " + name + " is " + other.kind() + ", not a string");
        };
    }

    private static Map<String, Object> properties(Json.Obj root, String name) {
        return switch (root.get(name).orElse(null)) {
            case null -> Map.of();
            case Json.Null _ -> Map.of();
            case Json.Obj object -> map(object);
            case Json other ->
                    throw new IllegalArgumentException(
                            "The event's " + name + " is " + other.kind() + ", not an object");
        };
    }

    private static Map<String, Object> map(Json.Obj object) {
        Map<String, Object> result = new LinkedHashMap<>();
        object.members()
                .forEach((name, value) -> {
                    // AWS::NoValue removes a key; a null says the same.
                    if (!(value instanceof Json.Null)) result.put(name, plain(value));
                });
        return result;
    }

    private static Object plain(Json value) {
        return switch (value) {
            case Json.Obj object -> map(object);
            case Json.Arr array -> {
                List<Object> items = new ArrayList<>();
                for (Json item : array.items())
                    if (!(item instanceof Json.Null)) items.add(plain(item));
                yield items;
            }
            case Json.Str text -> text.value();
            // CloudFormation sends every simple value as a string; an invocation by hand may not.
            case Json.Num number -> number.text();
            case Json.Bool truth -> Boolean.toString(truth.value());
            case Json.Null _ -> "";
        };
    }
}
