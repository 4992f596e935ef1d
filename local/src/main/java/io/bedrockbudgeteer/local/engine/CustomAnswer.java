package io.bedrockbudgeteer.local.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a function answered, judged as CloudFormation judges it. Source: CloudFormation User Guide,
/// "Custom resource response objects".
record CustomAnswer(
        boolean success,
        String physicalId,
        String reason,
        Map<String, Object> data,
        boolean noEcho) {

    static final String NO_ANSWER =
            "CloudFormation did not receive a response from your Custom Resource."
                    + " Please check your logs for the request. If you are using the Python cfn-response module,"
                    + " you may need to update your Lambda function code.";

    private static final int LONGEST_BODY = 4096;
    private static final int LONGEST_ID = 1024;
    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    static CustomAnswer failed(String physicalId, String reason) {
        return new CustomAnswer(false, physicalId, reason, Map.of(), false);
    }

    /// @param fallbackId used when the answer names none that is valid
    static CustomAnswer read(String body, CustomEvent event, String fallbackId) {
        if (body.getBytes(StandardCharsets.UTF_8).length > LONGEST_BODY) {
            // The Reason inside is lost, as on AWS.
            return failed(fallbackId, "Response object is too long.");
        }
        JsonNode answer;
        try {
            answer = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return failed(fallbackId, "Response is not valid JSON.");
        }
        if (!isFor(answer, event)) {
            // Assumption: an answer that does not echo the ids verbatim finds no request, so that
            // none ever arrives. Not waited for here.
            return failed(
                    fallbackId,
                    NO_ANSWER + " (An answer came, but it does not echo the ids of the request.)");
        }
        String id = answer.path("PhysicalResourceId").asText("");
        if (id.isEmpty() || id.getBytes(StandardCharsets.UTF_8).length > LONGEST_ID) {
            return failed(fallbackId, "Invalid PhysicalResourceId.");
        }
        return switch (answer.path("Status").asText("")) {
            case "SUCCESS" -> success(answer, id);
            case "FAILED" -> failed(id, reason(answer, event));
            default -> failed(id, "Invalid Status in response: it must be SUCCESS or FAILED.");
        };
    }

    private static CustomAnswer success(JsonNode answer, String id) {
        JsonNode data = answer.path("Data");
        Map<String, Object> values = new LinkedHashMap<>();
        if (!data.isMissingNode() && !data.isNull()) {
            if (!data.isObject()) {
                return failed(id, "Invalid Data in response: it must be an object.");
            }
            for (Map.Entry<String, JsonNode> entry : data.properties()) {
                if (!entry.getValue().isValueNode() || entry.getValue().isNull()) {
                    return failed(
                            id,
                            "Invalid Data in response: the value of "
                                    + entry.getKey()
                                    + " is not a simple type.");
                }
                values.put(entry.getKey(), entry.getValue().asText());
            }
        }
        return new CustomAnswer(true, id, "", values, answer.path("NoEcho").asBoolean(false));
    }

    private static String reason(JsonNode answer, CustomEvent event) {
        String said = answer.path("Reason").asText("");
        return said.isEmpty()
                ? "Custom resource failed without a Reason. (RequestId: " + event.requestId() + ")"
                : "Received response status [FAILED] from custom resource. Message returned: "
                        + said
                        + " (RequestId: "
                        + event.requestId()
                        + ")";
    }

    private static boolean isFor(JsonNode answer, CustomEvent event) {
        return answer.path("StackId").asText().equals(event.target().place().stackId())
                && answer.path("RequestId").asText().equals(event.requestId())
                && answer.path("LogicalResourceId").asText().equals(event.target().logicalId());
    }
}
