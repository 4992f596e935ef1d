package io.bedrockbudgeteer.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bedrockbudgeteer.local.account.Functions.Function;
import io.bedrockbudgeteer.local.service.access.Json;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// An event that Lambda's asynchronous queue gives up, and the record of it for a failure
/// destination (Lambda Developer Guide, "Capturing records of Lambda asynchronous invocations").
///
/// @param attempts how often the function ran
/// @param last how the last of them ended; empty when there was none
/// @param reason for a log line
record GivenUp(
        Invocation invocation,
        Condition condition,
        int attempts,
        Optional<Outcome> last,
        String reason) {
    private static final String VERSION = "$LATEST";

    /// Why.
    enum Condition {
        RETRIES_EXHAUSTED("RetriesExhausted"),
        EVENT_AGE_EXCEEDED("EventAgeExceeded");

        private final String text;

        Condition(String text) {
            this.text = text;
        }

        /// As the record spells it.
        String text() {
            return text;
        }
    }

    /// Assumption: without any attempt the two members about the response are left out; the guide
    /// shows a record after attempts only.
    String record(Function function, Instant now) {
        ObjectNode record =
                Json.MAPPER
                        .createObjectNode()
                        .put("version", "1.0")
                        .put("timestamp", now.truncatedTo(ChronoUnit.MILLIS).toString());
        record.putObject("requestContext")
                .put("requestId", invocation.requestId())
                .put("functionArn", function.arn() + ":" + VERSION)
                .put("condition", condition.text())
                .put("approximateInvokeCount", attempts);
        record.set("requestPayload", json(invocation.event()));
        last.ifPresent(outcome -> {
            record.putObject("responseContext")
                    .put("statusCode", 200)
                    .put("executedVersion", VERSION)
                    .put("functionError", "Unhandled");
            record.set("responsePayload", response(outcome));
        });
        return Json.text(record);
    }

    private JsonNode response(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Returned(var payload) -> json(payload);
            case Outcome.Failed(var error) -> json(error);
            case Outcome.NotStarted(var error) -> json(error);
            case Outcome.TimedOut _ -> error("Sandbox.Timedout", outcome);
            case Outcome.Died _ -> error("Runtime.ExitError", outcome);
        };
    }

    private ObjectNode error(String type, Outcome outcome) {
        return Json.MAPPER
                .createObjectNode()
                .put("errorType", type)
                .put(
                        "errorMessage",
                        "RequestId: " + invocation.requestId() + " Error: " + outcome.text());
    }

    /// The value, or the text itself when it is not JSON.
    private static JsonNode json(String text) {
        try {
            return Json.read(text);
        } catch (IOException e) {
            return Json.MAPPER.getNodeFactory().textNode(text);
        }
    }
}
