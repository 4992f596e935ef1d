package io.bedrockbudgeteer.local.report;

import io.bedrockbudgeteer.local.engine.StackEvent;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/// Stack events as lines, at most 80 columns wide.
public final class EventLines {
    private static final int STATUS_WIDTH = 18;
    private static final String INDENT = " ".repeat(12);

    private final Ink ink;
    private final DateTimeFormatter time;

    public EventLines(Ink ink, ZoneId zone) {
        this.ink = ink;
        this.time = DateTimeFormatter.ofPattern("HH:mm:ss").withZone(zone);
    }

    /// None for an event that only says that a physical id is known now: the next one says it is
    /// complete.
    public List<String> of(StackEvent event) {
        if (event.reason().equals("Resource creation Initiated")) {
            return List.of();
        }
        String status = event.status().name();
        String padded = status + " ".repeat(Math.max(0, STATUS_WIDTH - status.length()));
        String start = "  " + time.format(event.time()) + "  ";
        String what = padded + "  " + event.logicalId();
        List<String> lines = new ArrayList<>();
        String whole = what + "  " + event.type();
        if (start.length() + whole.length() <= Wrap.WIDTH) {
            lines.add(start + paint(event, whole, status));
        } else {
            List<String> wrapped = Wrap.lines(start, INDENT, what);
            lines.add(start + paint(event, wrapped.get(0).substring(start.length()), status));
            lines.addAll(wrapped.subList(1, wrapped.size()));
            lines.add(INDENT + event.type());
        }
        if (!event.reason().isEmpty()) {
            lines.addAll(Wrap.lines(INDENT, INDENT, event.reason()));
        }
        return lines;
    }

    private String paint(StackEvent event, String line, String status) {
        String name =
                switch (event.status()) {
                    case CREATE_COMPLETE, UPDATE_COMPLETE, DELETE_COMPLETE -> ink.good(status);
                    case CREATE_FAILED,
                            UPDATE_FAILED,
                            DELETE_FAILED,
                            ROLLBACK_IN_PROGRESS,
                            ROLLBACK_COMPLETE,
                            ROLLBACK_FAILED,
                            UPDATE_ROLLBACK_IN_PROGRESS,
                            UPDATE_ROLLBACK_COMPLETE,
                            UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS,
                            UPDATE_ROLLBACK_FAILED ->
                            ink.bad(status);
                    case CREATE_IN_PROGRESS,
                            UPDATE_IN_PROGRESS,
                            UPDATE_COMPLETE_CLEANUP_IN_PROGRESS,
                            DELETE_IN_PROGRESS,
                            DELETE_SKIPPED ->
                            ink.busy(status);
                };
        return name + line.substring(status.length());
    }
}
