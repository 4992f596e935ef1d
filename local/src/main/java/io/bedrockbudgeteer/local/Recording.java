package io.bedrockbudgeteer.local;

import io.bedrockbudgeteer.local.account.Account;
import io.bedrockbudgeteer.local.account.ApiCall;
import io.bedrockbudgeteer.local.account.Refusal;
import io.bedrockbudgeteer.local.engine.Live;
import io.bedrockbudgeteer.local.engine.StackResult;
import io.bedrockbudgeteer.local.provider.Deliveries;
import io.bedrockbudgeteer.local.provider.ResourceTypes;
import io.bedrockbudgeteer.local.report.NotModelled;
import io.bedrockbudgeteer.local.report.RunReport;
import io.bedrockbudgeteer.local.report.RunReport.DeadLetterView;
import io.bedrockbudgeteer.local.report.RunReport.ParameterView;
import io.bedrockbudgeteer.local.report.RunReport.PolicyChange;
import io.bedrockbudgeteer.local.report.RunReport.ResourceView;
import io.bedrockbudgeteer.local.template.Deployment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Keeps how things stood before an operation, for the report after it.
final class Recording {
    private final Simulation simulation;
    private final Account account;
    private final Optional<String> key;
    private final int firstCall;
    private final int firstViolation;
    private final int firstDeadLetter;
    private final long start = System.nanoTime();
    private final Map<String, String> policies = new LinkedHashMap<>();
    private final Map<String, String> putTexts = new LinkedHashMap<>();
    private final Map<String, String> logs;

    Recording(Simulation simulation, Optional<String> key) {
        this.simulation = simulation;
        this.account = simulation.account();
        this.key = key;
        this.firstCall = account.calls().size();
        this.firstViolation = account.violations().size();
        this.firstDeadLetter = account.functions().deadLetters().size();
        this.logs = Map.copyOf(account.functions().logs());
        for (String arn : account.keys().arns()) {
            policies.put(arn, policy(arn));
            putTexts.put(arn, putText(arn));
        }
    }

    RunReport report(
            String operation,
            String stackName,
            StackResult result,
            Map<String, Live> live,
            Optional<Deployment> deployment) {
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        List<String> undeliverable =
                result.status().isSuccess() && !live.isEmpty()
                        ? new Deliveries(account, simulation.inventory()).undeliverable()
                        : List.of();
        List<ApiCall> calls = account.calls();
        List<String> violations = account.violations();
        Map<String, ResourceView> resources = new LinkedHashMap<>();
        live.forEach((id, resource) ->
                resources.put(
                        id,
                        new ResourceView(
                                resource.type(), resource.physicalId(), resource.properties())));
        Map<String, ParameterView> parameters = new LinkedHashMap<>();
        account.parameters()
                .all()
                .forEach((name, parameter) ->
                        parameters.put(
                                name,
                                new ParameterView(
                                        parameter.type(), parameter.keyId(), parameter.version())));
        return new RunReport(
                operation,
                stackName,
                result.status(),
                result.reason(),
                result.events(),
                result.outputs(),
                changes(),
                calls.subList(firstCall, calls.size()),
                account.alarms().all(),
                account.alarms().states(),
                account.functions().deadLetters().stream()
                        .skip(firstDeadLetter)
                        .map(DeadLetterView::of)
                        .toList(),
                parameters,
                NotModelled.with(
                        ResourceTypes.ignoredIn(
                                deployment.map(Deployment::resources).orElse(List.of()))),
                violations.subList(firstViolation, violations.size()),
                undeliverable,
                newLogs(),
                resources,
                took,
                account.timeScale());
    }

    /// What the functions wrote during the operation.
    private Map<String, String> newLogs() {
        Map<String, String> added = new TreeMap<>();
        account.functions()
                .logs()
                .forEach((function, text) -> {
                    String before = logs.getOrDefault(function, "");
                    String more = text.startsWith(before) ? text.substring(before.length()) : text;
                    if (!more.isBlank()) {
                        added.put(function, more);
                    }
                });
        return added;
    }

    private List<PolicyChange> changes() {
        List<PolicyChange> changes = new ArrayList<>();
        for (String arn : account.keys().arns()) {
            String before = policies.getOrDefault(arn, "");
            String after = policy(arn);
            PolicyChange change =
                    new PolicyChange(
                            arn, before, after, putTexts.getOrDefault(arn, ""), putText(arn));
            if (key.filter(arn::equals).isPresent()) {
                changes.addFirst(change);
            } else if (!before.equals(after)) {
                changes.add(change);
            }
        }
        return changes;
    }

    private String policy(String arn) {
        try {
            return account.keys().policy(arn);
        } catch (Refusal e) {
            // Another account's key: its policy is not for us to see.
            return "";
        }
    }

    private String putText(String arn) {
        try {
            return account.keys().policyAsPut(arn);
        } catch (Refusal e) {
            return "";
        }
    }
}
