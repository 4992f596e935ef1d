package io.bedrockbudgeteer.local.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import io.bedrockbudgeteer.local.service.access.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Sends requests as the AWS SDK puts them on the wire: the headers and body formats of its KMS,
/// SSM, IAM and CloudWatch clients.
final class Client {
    private static final ObjectMapper CBOR = new CBORMapper(new CBORFactory());
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final URI endpoint;
    private final String accessKey;
    private final String region;

    Client(LocalAccount account, Credentials.Keys keys) {
        this(account.endpoint(), keys.accessKeyId(), account.region());
    }

    Client(URI endpoint, String accessKey, String region) {
        this.endpoint = endpoint;
        this.accessKey = accessKey;
        this.region = region;
    }

    /// An answer, with the body as the SDK would see it.
    @SuppressWarnings("ArrayRecordComponent") // Read once, never compared.
    record Answer(
            int status,
            String contentType,
            Optional<String> queryError,
            Optional<String> requestId,
            byte[] body) {
        JsonNode json() {
            try {
                if (body.length == 0) return Json.MAPPER.createObjectNode();
                return contentType.equals("application/cbor")
                        ? CBOR.readTree(body)
                        : Json.read(text());
            } catch (IOException e) {
                throw new AssertionError(text(), e);
            }
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        String code() {
            return json().path("__type").asText();
        }

        String message() {
            return json().path("message").asText();
        }
    }

    /// The input of the KMS operations that take a key and nothing else.
    static String id(String key) {
        return "{\"KeyId\":\"" + key + "\"}";
    }

    Answer putKeyPolicy(String key, String policy) {
        return kms(
                "PutKeyPolicy",
                Json.text(
                        Json.MAPPER
                                .createObjectNode()
                                .put("KeyId", key)
                                .put("PolicyName", "default")
                                .put("Policy", policy)));
    }

    Answer kms(String operation, String json) {
        return json("kms", "TrentService." + operation, "application/x-amz-json-1.1", json);
    }

    Answer ssm(String operation, String json) {
        return json("ssm", "AmazonSSM." + operation, "application/x-amz-json-1.1", json);
    }

    Answer json(String scope, String target, String contentType, String json) {
        return send(
                request(scope, "/", contentType).header("X-Amz-Target", target),
                json.getBytes(StandardCharsets.UTF_8));
    }

    Answer query(String scope, String version, String action, Map<String, String> parameters) {
        String form =
                parameters.entrySet().stream()
                        .map(e ->
                                "&"
                                        + e.getKey()
                                        + "="
                                        + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining());
        String body = "Action=" + action + "&Version=" + version + form;
        return send(
                request(scope, "/", "application/x-www-form-urlencoded; charset=utf-8"),
                body.getBytes(StandardCharsets.UTF_8));
    }

    /// CloudWatch as the SDK speaks it: the map of indefinite length, which an empty input is too.
    Answer cbor(String operation, String json) {
        try {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            body.write(0xBF);
            for (var member : Json.read(json).properties()) {
                body.write(CBOR.writeValueAsBytes(member.getKey()));
                body.write(CBOR.writeValueAsBytes(member.getValue()));
            }
            body.write(0xFF);
            return send(
                    request(
                                    "monitoring",
                                    "/service/GraniteServiceVersion20100801/operation/" + operation,
                                    "application/cbor")
                            .header("smithy-protocol", "rpc-v2-cbor")
                            .header("x-amzn-query-mode", "true"),
                    body.toByteArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    Answer send(HttpRequest.Builder request, byte[] body) {
        try {
            HttpResponse<byte[]> response =
                    HTTP.send(
                            request.POST(BodyPublishers.ofByteArray(body)).build(),
                            BodyHandlers.ofByteArray());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.headers().firstValue("x-amzn-query-error"),
                    response.headers().firstValue("x-amzn-RequestId"),
                    response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    HttpRequest.Builder request(String scope, String path, String contentType) {
        String authorization =
                "AWS4-HMAC-SHA256 Credential="
                        + accessKey
                        + "/20260101/"
                        + region
                        + "/"
                        + scope
                        + "/aws4_request, SignedHeaders=host;x-amz-date, Signature=0000000000000000000000000000000000000000000000000000000000000000";
        return HttpRequest.newBuilder(endpoint.resolve(path))
                .header("Content-Type", contentType)
                .header("Authorization", authorization);
    }
}
