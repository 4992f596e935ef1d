package io.bedrockbudgeteer.local.service.wire;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A received HTTP request. Header names are in lower case.
@SuppressWarnings("ArrayRecordComponent") // Read once, never compared.
public record Request(String method, String path, Map<String, String> headers, byte[] body) {

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
