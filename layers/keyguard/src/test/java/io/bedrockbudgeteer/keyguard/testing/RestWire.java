package io.bedrockbudgeteer.keyguard.testing;

import com.sun.net.httpserver.HttpExchange;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// REST-JSON 1, as IAM Access Analyzer speaks it: the operation is in the path. A query is given
/// with the input.
final class RestWire implements Wire {
    private final String operation;
    private final Optional<String> query;
    private final byte[] body;

    RestWire(String service, HttpExchange exchange, byte[] body) {
        this.operation = service + ":" + exchange.getRequestURI().getPath();
        this.query = Optional.ofNullable(exchange.getRequestURI().getQuery());
        this.body = body;
    }

    @Override
    public String operation() {
        return operation;
    }

    @Override
    public Map<String, Object> input() {
        Map<String, Object> input =
                JsonWire.object(JsonReader.readObject(new String(body, StandardCharsets.UTF_8)));
        query.ifPresent(text -> input.put("query", text));
        return input;
    }

    @Override
    public byte[] answer(Map<String, Object> output) {
        return JsonText.write(output).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] error(AwsError error) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("__type", error.code());
        if (error.words() != null) members.put("message", error.words());
        return JsonText.write(members).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String contentType() {
        return "application/json";
    }
}
