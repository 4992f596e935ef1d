package io.bedrockbudgeteer.keyguard.testing;

import com.sun.net.httpserver.HttpExchange;
import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// JSON 1.1, as KMS and Systems Manager speak it.
final class JsonWire implements Wire {
    private final String operation;
    private final byte[] body;

    JsonWire(String service, HttpExchange exchange, byte[] body) {
        String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
        this.operation = service + ":" + target.substring(target.indexOf('.') + 1);
        this.body = body;
    }

    @Override
    public String operation() {
        return operation;
    }

    @Override
    public Map<String, Object> input() {
        return object(JsonReader.readObject(new String(body, StandardCharsets.UTF_8)));
    }

    static Map<String, Object> object(Json.Obj object) {
        Map<String, Object> map = new LinkedHashMap<>();
        object.members().forEach((name, value) -> map.put(name, plain(value)));
        return map;
    }

    private static Object plain(Json value) {
        return switch (value) {
            case Json.Obj object -> object(object);
            case Json.Arr array -> {
                List<Object> items = new ArrayList<>();
                for (Json item : array.items()) items.add(plain(item));
                yield items;
            }
            case Json.Str text -> text.value();
            case Json.Num number -> new BigDecimal(number.text());
            case Json.Bool truth -> truth.value();
            case Json.Null _ -> "";
        };
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
        return "application/x-amz-json-1.1";
    }
}
