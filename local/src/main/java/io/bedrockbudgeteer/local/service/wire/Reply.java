package io.bedrockbudgeteer.local.service.wire;

import java.util.Map;

/// An HTTP answer.
@SuppressWarnings("ArrayRecordComponent") // Written once, never compared.
public record Reply(int status, String contentType, Map<String, String> headers, byte[] body) {
    public Reply {
        headers = Map.copyOf(headers);
    }
}
