package io.bedrockbudgeteer.keyguard.testing;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.thirdparty.jackson.core.JsonGenerator;
import software.amazon.awssdk.thirdparty.jackson.core.JsonParser;
import software.amazon.awssdk.thirdparty.jackson.core.JsonToken;
import software.amazon.awssdk.thirdparty.jackson.dataformat.cbor.CBORFactory;

/// Smithy RPC v2 CBOR, as CloudWatch speaks it.
final class CborWire implements Wire {
    private static final CBORFactory CBOR = new CBORFactory();
    private final String operation;
    private final byte[] body;

    CborWire(HttpExchange exchange, byte[] body) {
        String path = exchange.getRequestURI().getPath();
        this.operation = "cloudwatch:" + path.substring(path.lastIndexOf('/') + 1);
        this.body = body;
        exchange.getResponseHeaders().set("smithy-protocol", "rpc-v2-cbor");
    }

    @Override
    public String operation() {
        return operation;
    }

    @Override
    @SuppressWarnings("unchecked")
    public Map<String, Object> input() {
        try (JsonParser parser = CBOR.createParser(body)) {
            parser.nextToken();
            return (Map<String, Object>) value(parser);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> map = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    map.put(name, value(parser));
                }
                yield map;
            }
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) list.add(value(parser));
                yield list;
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw new IOException("CBOR token " + parser.currentToken());
        };
    }

    @Override
    public byte[] answer(Map<String, Object> output) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator generator = CBOR.createGenerator(out)) {
            write(generator, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator generator, Object value) throws IOException {
        switch (value) {
            case Map<?, ?> map -> {
                generator.writeStartObject();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    generator.writeFieldName(String.valueOf(entry.getKey()));
                    write(generator, entry.getValue());
                }
                generator.writeEndObject();
            }
            case List<?> list -> {
                generator.writeStartArray();
                for (Object item : list) write(generator, item);
                generator.writeEndArray();
            }
            case Long number -> generator.writeNumber(number.longValue());
            case Double number -> generator.writeNumber(number.doubleValue());
            case Boolean truth -> generator.writeBoolean(truth.booleanValue());
            default -> generator.writeString(String.valueOf(value));
        }
    }

    @Override
    public byte[] error(AwsError error) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("__type", "com.amazonaws.cloudwatch.v2010_08_01#" + error.code());
        if (error.words() != null) members.put("message", error.words());
        return answer(members);
    }

    @Override
    public String contentType() {
        return "application/cbor";
    }
}
