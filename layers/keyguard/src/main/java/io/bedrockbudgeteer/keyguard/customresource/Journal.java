package io.bedrockbudgeteer.keyguard.customresource;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import io.bedrockbudgeteer.keyguard.aws.AwsCall;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// The log: one JSON object per fact, on one line, with the members `timestamp` and `level` that
/// Lambda filters by. Every text is cleaned like a [Reason], so neither URL queries nor access key
/// ids get in; events, property values and attributes are never handed over. Safe to call from
/// several threads. Source: Lambda Developer Guide, Configuring JSON and plain text log formats.
public final class Journal {
    private final LambdaLogger logger;
    private final InstantSource clock;
    private final Map<String, String> always;

    Journal(LambdaLogger logger, Map<String, String> always) {
        this(logger, InstantSource.system(), always);
    }

    private Journal(LambdaLogger logger, InstantSource clock, Map<String, String> always) {
        this.logger = logger;
        this.clock = clock;
        this.always = new TreeMap<>(always);
        this.always.replaceAll((_, value) -> Reason.clean(value));
    }

    /// A journal for tests and for the command line.
    public static Journal to(LambdaLogger logger) {
        return new Journal(logger, Map.of());
    }

    Journal with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(always);
        all.putAll(more);
        return new Journal(logger, clock, all);
    }

    /// @param event stable name of the fact, such as `policy-written`
    public void info(String event, Map<String, ?> details) {
        write(LogLevel.INFO, event, details);
    }

    public void warn(String event, Map<String, ?> details) {
        write(LogLevel.WARN, event, details);
    }

    public void error(String event, Map<String, ?> details) {
        write(LogLevel.ERROR, event, details);
    }

    /// One AWS call, with how long it took.
    public void awsCall(AwsCall call) {
        info(
                "aws-call",
                Map.of(
                        "operation",
                        call.operation(),
                        "result",
                        call.result(),
                        "attempts",
                        call.attempts(),
                        "millis",
                        call.millis()));
    }

    void metric(OutcomeMetric metric) {
        // The level lets the line through every filter: a metric is not a message.
        raw(metric.line(clock.instant()), LogLevel.UNDEFINED);
    }

    /// The place of an unexpected exception: class names and lines, no messages, because those may
    /// carry anything.
    void trace(Throwable error) {
        StringBuilder where = new StringBuilder();
        for (Throwable t = error; t != null && where.length() < 4000; t = t.getCause()) {
            where.append(where.isEmpty() ? "" : " caused by ").append(t.getClass().getName());
            int shown = 0;
            for (StackTraceElement frame : t.getStackTrace()) {
                if (shown++ == 12) break;
                where.append(" at ")
                        .append(frame.getClassName())
                        .append('.')
                        .append(frame.getMethodName())
                        .append(':')
                        .append(frame.getLineNumber());
            }
        }
        write(LogLevel.ERROR, "exception", Map.of("trace", where.toString()));
    }

    private void write(LogLevel level, String event, Map<String, ?> details) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("timestamp", clock.instant().toString());
        line.put("level", level.name());
        line.put("event", event);
        line.putAll(always);
        new TreeMap<>(details)
                .forEach((name, value) ->
                        line.put(
                                name,
                                value instanceof Number || value instanceof Boolean
                                        ? value
                                        : Reason.clean(String.valueOf(value))));
        raw(line, level);
    }

    // As bytes: the runtime would put a text into a message of its own, where no query finds what
    // is
    // in it.
    private void raw(Map<String, Object> line, LogLevel level) {
        logger.log((JsonText.write(line) + "\n").getBytes(StandardCharsets.UTF_8), level);
    }
}
