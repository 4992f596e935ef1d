package io.bedrockbudgeteer.local.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.bedrockbudgeteer.local.engine.StackEvent;
import io.bedrockbudgeteer.local.report.RunReport.DeadLetterView;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A report for people: readable at 80 columns, with and without colour.
public final class TextReport {
    /// Enough to see an exception; the whole text is in the report object.
    private static final int LOG_LINES = 6;

    private static final String NO_DATA = "INSUFFICIENT_DATA";

    private final Ink ink;
    private final EventLines eventLines;

    public TextReport(Ink ink, ZoneId zone) {
        this.ink = ink;
        this.eventLines = new EventLines(ink, zone);
    }

    /// What comes before the events.
    public List<String> head(String operation, String stackName, String region, int timeScale) {
        String scaled = timeScale == 1 ? "" : " Waiting times are divided by " + timeScale + ".";
        List<String> lines = new ArrayList<>();
        lines.add(ink.title("Stack " + stackName + ": " + operation));
        lines.addAll(Wrap.lines("  ", "  ", "A simulation in " + region + ", not AWS." + scaled));
        lines.add("");
        lines.add(ink.title("Events"));
        return lines;
    }

    public List<String> event(StackEvent event) {
        return eventLines.of(event);
    }

    /// What comes after the events.
    ///
    /// @param footer whether to list what is not modelled: once per run is enough
    public List<String> tail(RunReport report, boolean footer) {
        List<String> lines = new ArrayList<>();
        if (report.events().isEmpty()) {
            lines.add("  No updates are to be performed.");
        }
        section(lines, "API calls that mattered", CallTable.lines(report.apiCalls(), ink));
        report.policies().forEach(policy -> section(lines, "Key policy", policy(policy)));
        section(lines, "Alarms", alarms(report));
        section(lines, "Dead letters", deadLetters(report.deadLetters()));
        section(lines, "Parameters", parameters(report.parameters()));
        section(lines, "Outputs", outputs(report.outputs()));
        section(lines, "Deliveries that would fail on AWS", bullets(report.undeliverable()));
        section(lines, "Violations", bullets(report.violations()));
        // With an answer the reason says it; without one only the log can.
        if (report.events().stream()
                .anyMatch(event -> event.reason().contains("did not receive a response"))) {
            section(lines, "Last log lines of the functions", logs(report.logs()));
        }
        if (footer) {
            section(lines, "Not modelled", bullets(report.notModelled()));
        }
        lines.add("");
        lines.addAll(closing(report));
        return lines;
    }

    private void section(List<String> lines, String title, List<String> content) {
        if (!content.isEmpty()) {
            lines.add("");
            lines.add(ink.title(title));
            lines.addAll(content);
        }
    }

    private List<String> policy(RunReport.PolicyChange change) {
        PolicyDiff diff = PolicyDiff.of(change.before(), change.after());
        List<String> lines = new ArrayList<>(Wrap.lines("  ", "  ", change.keyArn()));
        if (diff.isEmpty()) {
            lines.add("  No changes (" + Wrap.count(diff.unchanged(), "statement") + " compared).");
            return lines;
        }
        lines.add("  Statements: " + diff.counts());
        for (String line : diff.lines()) {
            String mark = line.substring(0, 2);
            String content = line.substring(2);
            String inner = " ".repeat(content.length() - content.stripLeading().length());
            for (String part :
                    Wrap.lines(
                            "  " + mark + inner,
                            "  " + mark + inner + "    ",
                            content.stripLeading())) {
                lines.add(paint(mark, part));
            }
        }
        return lines;
    }

    private String paint(String mark, String line) {
        return switch (mark) {
            case "+ " -> ink.good(line);
            case "- " -> ink.bad(line);
            default -> line;
        };
    }

    /// Without data there is no state to speak of: most metrics are not measured here.
    private static List<String> alarms(RunReport report) {
        List<String> lines = new ArrayList<>();
        report.alarms()
                .forEach((name, alarm) -> {
                    String state = report.alarmStates().getOrDefault(name, NO_DATA);
                    String text =
                            name
                                    + ": "
                                    + alarm.path("ComparisonOperator").asText("?")
                                    + " "
                                    + alarm.path("Threshold").asText("?")
                                    + " in "
                                    + Wrap.count(alarm.path("EvaluationPeriods").asInt(1), "period")
                                    + (state.equals(NO_DATA) ? "" : ", state " + state);
                    lines.addAll(Wrap.lines("  ", "    ", text));
                });
        return lines;
    }

    /// What was given up and why; the whole record is in the JSON report.
    private static List<String> deadLetters(List<DeadLetterView> letters) {
        List<String> lines = new ArrayList<>();
        for (DeadLetterView letter : letters) {
            JsonNode event = letter.record().path("requestPayload");
            String error = letter.record().at("/responsePayload/errorMessage").asText("");
            String what =
                    event.path("RequestType").asText("an event")
                            + " of "
                            + event.path("LogicalResourceId").asText("unknown")
                            + " was given up by "
                            + letter.function()
                            + " after "
                            + Wrap.count(letter.attempts(), "attempt")
                            + ": "
                            + letter.condition()
                            + (error.isEmpty() ? "" : ", " + error);
            lines.addAll(Wrap.lines("  - ", "    ", what));
            String where =
                    letter.refusal().isEmpty()
                            ? "In queue " + letter.queue()
                            : "LOST, not in queue " + letter.queue() + ": " + letter.refusal();
            lines.addAll(Wrap.lines("    ", "    ", where));
        }
        return lines;
    }

    private static List<String> parameters(Map<String, RunReport.ParameterView> parameters) {
        List<String> lines = new ArrayList<>();
        parameters.forEach((name, parameter) ->
                lines.addAll(
                        Wrap.lines(
                                "  ",
                                "    ",
                                name
                                        + "  "
                                        + parameter.type()
                                        + ", version "
                                        + parameter.version())));
        return lines;
    }

    private static List<String> outputs(Map<String, String> outputs) {
        List<String> lines = new ArrayList<>();
        outputs.forEach(
                (name, value) -> lines.addAll(Wrap.lines("  ", "    ", name + " = " + value)));
        return lines;
    }

    private static List<String> logs(Map<String, String> logs) {
        List<String> lines = new ArrayList<>();
        logs.forEach((function, text) -> {
            lines.addAll(Wrap.lines("  ", "  ", function));
            List<String> all = text.lines().filter(line -> !line.isBlank()).toList();
            all.subList(Math.max(0, all.size() - LOG_LINES), all.size())
                    .forEach(line ->
                            lines.addAll(Wrap.lines("    ", "      ", Redaction.text(line))));
        });
        return lines;
    }

    private static List<String> bullets(List<String> texts) {
        List<String> lines = new ArrayList<>();
        texts.forEach(text -> lines.addAll(Wrap.lines("  - ", "    ", text)));
        return lines;
    }

    private List<String> closing(RunReport report) {
        String seconds = String.format(Locale.ROOT, "%.1f s", report.took().toMillis() / 1000.0);
        String what =
                report.success()
                        ? Wrap.count(report.resources().size(), "resource")
                                + " in the stack, "
                                + seconds
                        : report.violations().isEmpty()
                                ? report.reason()
                                : (report.reason().isEmpty() ? "" : report.reason() + " ")
                                        + Wrap.count(report.violations().size(), "violation")
                                        + ", see above";
        String status = report.status().name();
        List<String> lines =
                new ArrayList<>(
                        Wrap.lines(
                                "",
                                "  ",
                                status
                                        + ": "
                                        + what
                                        + (what.endsWith(".") ? "" : ".")
                                        + " Simulated, not AWS."));
        lines.set(
                0,
                (report.success() ? ink.good(status) : ink.bad(status))
                        + lines.get(0).substring(status.length()));
        return lines;
    }
}
