package io.bedrockbudgeteer.keyguard.customresource;

import io.bedrockbudgeteer.keyguard.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// The body of an answer, at most 4096 bytes of UTF-8 after JSON escaping: CloudFormation reports a
/// longer one only as too long. Source: CloudFormation User Guide, Custom resource response
/// objects.
///
/// @param status for logs: SUCCESS or FAILED
/// @param id the physical id that was answered
/// @param body the JSON text to send
record Answer(String status, PhysicalId id, String body) {
    static final int MOST_BYTES = 4096;

    /// @throws AnswerTooLong when the attributes do not fit
    static Answer success(
            RequestIdentity identity, PhysicalId id, Map<String, String> data, boolean noEcho) {
        Map<String, Object> body = envelope("SUCCESS", identity, id);
        if (noEcho) body.put("NoEcho", true);
        if (!data.isEmpty()) body.put("Data", data);
        String text = JsonText.write(body);
        if (bytes(text) > MOST_BYTES) throw new AnswerTooLong(bytes(text));
        return new Answer("SUCCESS", id, text);
    }

    /// The reason is shortened until the answer fits; its beginning and its end are kept.
    ///
    /// @throws CannotAnswer when even an empty reason does not fit, because the request's own ids
    ///   are too long
    static Answer failed(RequestIdentity identity, PhysicalId id, Reason reason) {
        String whole = failedText(identity, id, reason.text());
        if (bytes(whole) <= MOST_BYTES) return new Answer("FAILED", id, whole);
        if (bytes(failedText(identity, id, reason.shortenedTo(0).text())) > MOST_BYTES)
            throw new CannotAnswer(
                    "The ids of the request are too long for an answer; nothing was answered.");
        int fits = 0;
        int tooMany = reason.codePoints();
        while (tooMany - fits > 1) {
            int middle = (fits + tooMany) >>> 1;
            if (bytes(failedText(identity, id, reason.shortenedTo(middle).text())) <= MOST_BYTES)
                fits = middle;
            else tooMany = middle;
        }
        return new Answer("FAILED", id, failedText(identity, id, reason.shortenedTo(fits).text()));
    }

    private static String failedText(RequestIdentity identity, PhysicalId id, String reason) {
        Map<String, Object> body = envelope("FAILED", identity, id);
        body.put("Reason", reason);
        return JsonText.write(body);
    }

    private static Map<String, Object> envelope(
            String status, RequestIdentity identity, PhysicalId id) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("Status", status);
        body.put("PhysicalResourceId", id.value());
        body.put("StackId", identity.stackId());
        body.put("RequestId", identity.requestId());
        body.put("LogicalResourceId", identity.logicalId());
        return body;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
