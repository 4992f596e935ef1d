package io.bedrockbudgeteer.local.service.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.account.Refusal;
import io.bedrockbudgeteer.local.service.access.Json;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One of the protocols that AWS clients speak, for one request: the operation, the input, and how
/// answers and errors look.
public sealed interface Wire {

    /// The operation that the client names.
    String operation();

    /// The input of the operation; for the query protocol an object of texts.
    JsonNode input();

    Reply answer(String requestId, Result result);

    Reply error(String requestId, Refusal refusal);

    /// Recognises the protocol.
    ///
    /// @throws NotModelledException for a protocol that no service here speaks
    /// @throws IOException when the body is not in the protocol's format
    static Wire of(Request request) throws IOException {
        if (request.header("smithy-protocol").isPresent()) return RpcCbor.of(request);
        Optional<String> target = request.header("x-amz-target");
        if (target.isPresent()) return AwsJson.of(request, target.get());
        if (request.header("content-type")
                .orElse("")
                .startsWith("application/x-www-form-urlencoded")) return Query.of(request);
        throw new NotModelledException("protocol of " + request.method() + " " + request.path());
    }

    /// AWS JSON 1.0 and 1.1: the operation is in X-Amz-Target (Smithy, "AWS JSON 1.1 protocol").
    record AwsJson(String contentType, String operation, JsonNode input) implements Wire {
        static AwsJson of(Request request, String target) throws IOException {
            JsonNode input =
                    request.body().length == 0
                            ? Json.MAPPER.createObjectNode()
                            : Json.read(request.text());
            return new AwsJson(
                    request.header("content-type").orElse("application/x-amz-json-1.1"),
                    target.substring(target.lastIndexOf('.') + 1),
                    input);
        }

        @Override
        public Reply answer(String requestId, Result result) {
            byte[] body =
                    result.json().map(json -> bytes(Json.text(json))).orElseGet(() -> new byte[0]);
            return new Reply(200, contentType, Map.of("x-amzn-RequestId", requestId), body);
        }

        @Override
        public Reply error(String requestId, Refusal refusal) {
            JsonNode error =
                    Json.MAPPER
                            .createObjectNode()
                            .put("__type", refusal.code())
                            .put("message", refusal.text());
            return new Reply(
                    refusal.status(),
                    contentType,
                    Map.of("x-amzn-RequestId", requestId),
                    bytes(Json.text(error)));
        }
    }

    /// RPC with CBOR: the operation is in the path (Smithy, "Smithy RPC v2 CBOR"). The code of an
    /// error travels in a header too, for clients that know it from the query protocol.
    record RpcCbor(String operation, JsonNode input) implements Wire {
        private static final Pattern PATH =
                Pattern.compile("/service/[^/]+/operation/([A-Za-z]+)/?");
        private static final ObjectMapper CBOR = new CBORMapper();
        private static final String TYPE = "application/cbor";

        static RpcCbor of(Request request) throws IOException {
            Matcher matcher = PATH.matcher(request.path());
            if (!matcher.matches()) throw new NotModelledException("path " + request.path());
            JsonNode input =
                    request.body().length == 0
                            ? Json.MAPPER.createObjectNode()
                            : CBOR.readTree(request.body());
            return new RpcCbor(matcher.group(1), input);
        }

        @Override
        public Reply answer(String requestId, Result result) {
            JsonNode json = result.json().orElseGet(Json.MAPPER::createObjectNode);
            return new Reply(200, TYPE, headers(requestId), cbor(json));
        }

        @Override
        public Reply error(String requestId, Refusal refusal) {
            JsonNode error =
                    Json.MAPPER
                            .createObjectNode()
                            .put("__type", "com.amazonaws.cloudwatch#" + shape(refusal.code()))
                            .put("message", refusal.text());
            Map<String, String> headers = new LinkedHashMap<>(headers(requestId));
            headers.put(
                    "x-amzn-query-error",
                    refusal.code() + ";" + (refusal.status() < 500 ? "Sender" : "Receiver"));
            return new Reply(refusal.status(), TYPE, headers, cbor(error));
        }

        /// The shape of an error where it is not spelled like its code (CloudWatch service model).
        private static String shape(String code) {
            return switch (code) {
                case "LimitExceeded" -> "LimitExceededFault";
                case "InvalidFormat" -> "InvalidFormatFault";
                case "InvalidParameterValue" -> "InvalidParameterValueException";
                case "InvalidParameterCombination" -> "InvalidParameterCombinationException";
                case "MissingParameter" -> "MissingRequiredParameterException";
                default -> code;
            };
        }

        private static Map<String, String> headers(String requestId) {
            return Map.of("x-amzn-RequestId", requestId, "smithy-protocol", "rpc-v2-cbor");
        }

        private static byte[] cbor(JsonNode json) {
            try {
                return CBOR.writeValueAsBytes(json);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /// The query protocol: a form in, XML out (Smithy, "AWS query protocol").
    record Query(String operation, JsonNode input) implements Wire {
        private static final String TYPE = "text/xml";

        static Query of(Request request) {
            var input = Json.MAPPER.createObjectNode();
            for (String pair : request.text().split("&")) {
                if (pair.isEmpty()) continue;
                int equals = pair.indexOf('=');
                String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                input.put(name, equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
            return new Query(input.path("Action").asText(), input);
        }

        @Override
        public Reply answer(String requestId, Result result) {
            Xml body = new Xml(operation + "Response", result.namespace());
            result.xml().ifPresent(xml -> body.child(operation + "Result", xml));
            body.child("ResponseMetadata", inner -> inner.text("RequestId", requestId));
            return reply(200, requestId, body);
        }

        @Override
        public Reply error(String requestId, Refusal refusal) {
            Xml body = new Xml("ErrorResponse", "");
            body.child(
                    "Error",
                    error -> {
                        error.text("Type", refusal.status() < 500 ? "Sender" : "Receiver");
                        error.text("Code", refusal.code());
                        error.text("Message", refusal.text());
                    });
            body.text("RequestId", requestId);
            return reply(refusal.status(), requestId, body);
        }

        private static Reply reply(int status, String requestId, Xml body) {
            return new Reply(
                    status, TYPE, Map.of("x-amzn-RequestId", requestId), bytes(body.close()));
        }

        private static String decoded(String text) {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
