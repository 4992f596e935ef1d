package io.bedrockbudgeteer.keyguard.cli.report;

import io.bedrockbudgeteer.keyguard.cli.console.SafeText;
import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.finding.Rule;
import io.bedrockbudgeteer.keyguard.finding.Severity;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Findings as SARIF, for code scanning. Source: OASIS, Static Analysis Results Interchange Format
/// (SARIF) Version 2.1.0.
public final class Sarif {
    // What a check of a key cannot find: the others are about alarms and parameters.
    private static final Set<String> FAMILIES = Set.of("KEY", "POL", "IAM");
    private static final List<Rule> RULES =
            List.of(Rule.values()).stream()
                    .filter(rule -> FAMILIES.contains(rule.id().substring(0, 3)))
                    .toList();

    private Sarif() {}

    /// The same for check and plan: what is missing is a finding of both.
    ///
    /// @param version of the command
    public static String of(Assessment found, String version) {
        Places places = new Places(found.policy());
        List<Object> results = new ArrayList<>();
        for (Finding finding : found.findingsAsIs()) results.add(result(finding, found, places));

        Map<String, Object> driver = new LinkedHashMap<>();
        driver.put("name", "keyguard");
        driver.put("version", version);
        driver.put("rules", RULES.stream().map(Sarif::rule).toList());
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("tool", Map.of("driver", driver));
        run.put("invocations", List.of(Map.of("executionSuccessful", true)));
        run.put("columnKind", "utf16CodeUnits");
        run.put("results", results);
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        root.put("version", "2.1.0");
        root.put("runs", List.of(run));
        return JsonText.pretty(root);
    }

    private static Map<String, Object> rule(Rule rule) {
        Map<String, Object> each = new LinkedHashMap<>();
        each.put("id", rule.id());
        each.put("shortDescription", text(rule.title()));
        each.put("fullDescription", text(rule.title() + ". Source: " + rule.source() + "."));
        each.put("help", Map.of("text", rule.fix()));
        each.put("defaultConfiguration", Map.of("level", level(rule.severity())));
        return each;
    }

    private static Map<String, Object> result(Finding finding, Assessment found, Places places) {
        Map<String, Object> logical = new LinkedHashMap<>();
        logical.put("fullyQualifiedName", found.facts().arn().toString());
        logical.put("kind", "resource");
        Map<String, Object> location = new LinkedHashMap<>();
        found.policyFile()
                .flatMap(Sarif::uri)
                .ifPresent(uri -> {
                    Map<String, Object> physical = new LinkedHashMap<>();
                    physical.put("artifactLocation", Map.of("uri", uri));
                    // Viewers want a line for everything; what is about the whole policy begins
                    // with it.
                    physical.put("region", Map.of("startLine", places.line(finding).orElse(1)));
                    location.put("physicalLocation", physical);
                });
        location.put("logicalLocations", List.of(logical));
        Map<String, Object> each = new LinkedHashMap<>();
        each.put("ruleId", finding.rule().id());
        each.put("ruleIndex", RULES.indexOf(finding.rule()));
        each.put("level", level(finding.severity()));
        each.put(
                "message",
                text(
                        SafeText.redacted(
                                finding.fix().isEmpty()
                                        ? finding.message()
                                        : finding.message() + " Fix: " + finding.fix())));
        each.put("locations", List.of(location));
        return each;
    }

    private static Map<String, Object> text(String words) {
        return Map.of("text", words);
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFO -> "note";
        };
    }

    /// Relative to where the command runs, as code scanning wants it; empty for standard input,
    /// which has no place.
    private static Optional<String> uri(String file) {
        if (file.equals("standard input")) return Optional.empty();
        Path path = Path.of(file);
        if (path.isAbsolute()) return Optional.of(path.toUri().toString());
        try {
            return Optional.of(new URI(null, null, file.replace('\\', '/'), null).toASCIIString());
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }
}
