package io.bedrockbudgeteer.local.report;

import io.bedrockbudgeteer.local.account.ApiCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The API calls that mattered: KMS, CloudWatch, Parameter Store and SQS, equal ones counted.
final class CallTable {
    private static final Set<String> SERVICES = Set.of("kms", "cloudwatch", "ssm", "sqs");
    private static final String INDENT = " ".repeat(11);

    private CallTable() {}

    static List<String> lines(List<ApiCall> calls, Ink ink) {
        Map<Row, List<String>> rows = new LinkedHashMap<>();
        int others = 0;
        for (ApiCall call : calls) {
            if (SERVICES.contains(call.action().split(":")[0])) {
                Row row =
                        new Row(
                                shortCaller(call.caller()),
                                call.action(),
                                call.allowed(),
                                call.decidedBy());
                rows.computeIfAbsent(row, key -> new ArrayList<>()).add(shortResource(call));
            } else {
                others++;
            }
        }
        List<String> lines = new ArrayList<>();
        rows.forEach((row, resources) -> lines.addAll(row.lines(resources, ink)));
        if (lines.isEmpty()) {
            lines.add("  none");
        }
        if (others > 0) {
            lines.add("  and " + Wrap.count(others, "call") + " of other services");
        }
        return lines;
    }

    /// An assumed role is known by its name; a service by its principal.
    private static String shortCaller(String caller) {
        int role = caller.indexOf(":assumed-role/");
        if (role < 0) {
            return caller;
        }
        String[] parts = caller.substring(role + ":assumed-role/".length()).split("/");
        return parts.length < 2 ? caller : parts[parts.length - 2];
    }

    /// The key needs no naming on every line; of other resources the name is enough.
    private static String shortResource(ApiCall call) {
        String resource = call.resource();
        if (resource.contains(":kms:")) {
            return "";
        }
        String[] parts = resource.split(":", 6);
        return parts.length == 6 && parts[0].equals("arn") ? parts[5] : resource;
    }

    /// Calls that differ in nothing but what they were about.
    private record Row(String caller, String action, boolean allowed, String decidedBy) {
        List<String> lines(List<String> resources, Ink ink) {
            String word = allowed ? "allowed" : "REFUSED";
            long more = resources.stream().distinct().count() - 1;
            String text =
                    action
                            + (resources.size() > 1 ? " (" + resources.size() + " times)" : "")
                            + " by "
                            + caller
                            + (resources.getFirst().isEmpty() ? "" : " on " + resources.getFirst())
                            + (more > 0 ? " and " + more + " more" : "");
            List<String> lines = new ArrayList<>(Wrap.lines("  " + word + "  ", INDENT, text));
            lines.set(0, lines.get(0).replaceFirst(word, allowed ? ink.good(word) : ink.bad(word)));
            if (!decidedBy.isEmpty()) {
                lines.addAll(Wrap.lines(INDENT, INDENT, decidedBy));
            }
            return lines;
        }
    }
}
