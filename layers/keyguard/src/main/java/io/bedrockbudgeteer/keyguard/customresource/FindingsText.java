package io.bedrockbudgeteer.keyguard.customresource;

import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Findings in the answers and in the log of a custom resource.
public final class FindingsText {
    // A quarter of an answer: the other attributes and the ids need the rest.
    private static final int LONGEST_ATTRIBUTE = 1000;

    private FindingsText() {}

    /// The reason of a failure: all errors, each with what to do. Other findings do not stop
    /// anything and are left out.
    public static String reason(List<Finding> findings) {
        List<Finding> errors = findings.stream().filter(Finding::isError).toList();
        String lines = errors.stream().map(Finding::line).collect(Collectors.joining(" "));
        return errors.size() > 1 ? errors.size() + " problems. " + lines : lines;
    }

    /// The attribute `Findings`: one line, `none` when there are none, bounded.
    public static String attribute(List<Finding> findings) {
        if (findings.isEmpty()) return "none";
        return bounded(findings.stream().map(Finding::brief).toList(), LONGEST_ATTRIBUTE);
    }

    /// As many items as fit into `most` bytes of escaped JSON, joined by a blank; says how many are
    /// left out.
    public static String bounded(List<String> items, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < items.size(); i++) {
            String item = (text.isEmpty() ? "" : " ") + items.get(i);
            String rest = " (+" + (items.size() - i) + " more)";
            boolean last = i == items.size() - 1;
            if (bytes(text + item + (last ? "" : rest)) > most)
                return text.isEmpty() ? cut(items.get(i), most) : text + rest;
            text.append(item);
        }
        return text.toString();
    }

    private static String cut(String text, int most) {
        int end = Math.min(text.length(), most);
        while (end > 0 && bytes(text.substring(0, end) + "…") > most)
            end = text.offsetByCodePoints(end, -1);
        return text.substring(0, end) + "…";
    }

    private static int bytes(String text) {
        return JsonText.quote(text).getBytes(StandardCharsets.UTF_8).length;
    }

    /// One log line per finding.
    public static void log(Journal journal, List<Finding> findings) {
        for (Finding finding : findings) {
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("rule", finding.rule().id());
            details.put("severity", finding.severity().name());
            details.put("message", finding.message());
            details.put("fix", finding.fix());
            details.put("source", finding.rule().source());
            if (finding.isError()) journal.error("finding", details);
            else journal.info("finding", details);
        }
    }
}
