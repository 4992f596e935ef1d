package io.bedrockbudgeteer.keycheck;

import io.bedrockbudgeteer.keyguard.aws.AwsClients;
import io.bedrockbudgeteer.keyguard.aws.Environment;
import io.bedrockbudgeteer.keyguard.aws.Reply;
import io.bedrockbudgeteer.keyguard.customresource.CustomResourceHandler;
import io.bedrockbudgeteer.keyguard.customresource.FindingsText;
import io.bedrockbudgeteer.keyguard.customresource.Outcome;
import io.bedrockbudgeteer.keyguard.customresource.Properties;
import io.bedrockbudgeteer.keyguard.customresource.PropertyException;
import io.bedrockbudgeteer.keyguard.customresource.Request;
import io.bedrockbudgeteer.keyguard.customresource.RequestType;
import io.bedrockbudgeteer.keyguard.customresource.Work;
import io.bedrockbudgeteer.keyguard.key.KeyCheck;
import io.bedrockbudgeteer.keyguard.key.KeyFacts;
import io.bedrockbudgeteer.keyguard.key.KeyRehearsal;
import io.bedrockbudgeteer.keyguard.key.KeyReport;
import io.bedrockbudgeteer.keyguard.key.KeyService;
import io.bedrockbudgeteer.keyguard.key.PolicyUse;
import io.bedrockbudgeteer.keyguard.key.Site;
import io.bedrockbudgeteer.keyguard.stack.StackStatus;
import io.bedrockbudgeteer.keyguard.stack.StackStatusReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Entry of the function behind `Custom::KmsKeyCheck`. Changes nothing, so Delete has nothing to
/// do.
public final class KeyCheckHandler extends CustomResourceHandler {
    private static final Set<String> PROPERTIES =
            Set.of("KeyArn", "Mode", "RepairPolicy", "Recheck");

    private enum Mode {
        PATCH,
        CHECK_ONLY
    }

    public KeyCheckHandler() {
        start();
    }

    void start() {
        rehearse(new KeyRehearsal(), Map.of(), Map.of("KeyArn", KeyRehearsal.KEY.toString()));
    }

    KeyCheckHandler(Environment environment) {
        super(environment);
    }

    @Override
    protected String resourceType() {
        return "Custom::KmsKeyCheck";
    }

    @Override
    protected String idPrefix() {
        return "key-check";
    }

    @Override
    protected String thing(Properties properties) {
        return properties.lenientText("KeyArn").orElse("");
    }

    @Override
    protected Outcome handle(Request request, Work work) {
        if (request.type() == RequestType.DELETE) return Outcome.gone();
        AwsClients clients = work.clients();
        try {
            return check(request, work, clients);
        } catch (PropertyException e) {
            // The properties of an older version come back in a roll-back; they were good then.
            if (!isRollback(request, work, clients)) throw e;
            return Outcome.success(request.id(), attributes(request.properties(), NOTHING_SEEN));
        }
    }

    private static final KeyReport NOTHING_SEEN =
            new KeyReport(
                    Optional.empty(), "", Optional.empty(), Optional.empty(), false, List.of());

    private static Outcome check(Request request, Work work, AwsClients clients) {
        Properties properties = request.properties().only(PROPERTIES);
        Mode mode = properties.choice("Mode", Mode.PATCH);
        String value = properties.requiredText("KeyArn");
        Site site =
                new Site(
                        request.stackId().partition(),
                        request.stackId().region(),
                        request.stackId().account());
        KeyReport report =
                KeyCheck.of(
                        value,
                        new KeyService(clients, work.deadline()),
                        site,
                        PolicyUse.of(mode == Mode.PATCH, properties.flag("RepairPolicy", false)));
        FindingsText.log(work.journal(), report.findings());
        if (!report.errors().isEmpty() && !isRollback(request, work, clients))
            return Outcome.failure(FindingsText.reason(report.errors()));
        return Outcome.success(request.id(), attributes(properties, report));
    }

    // A roll-back must be able to go back to a key that has been disabled meanwhile; failing here
    // would only leave the stack stuck.
    private static boolean isRollback(Request request, Work work, AwsClients clients) {
        if (request.type() != RequestType.UPDATE) return false;
        Reply<StackStatus> status =
                new StackStatusReader(clients).read(request.stackId().arn(), work.deadline());
        status.trouble()
                .ifPresent(problem ->
                        work.journal()
                                .warn("stack-status-unknown", Map.of("problem", problem.text())));
        boolean rollback = status.found().map(StackStatus::isRollback).orElse(false);
        if (rollback) work.journal().warn("findings-ignored-in-rollback", Map.of());
        return rollback;
    }

    private static Map<String, String> attributes(Properties properties, KeyReport report) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put(
                "KeyArn",
                report.facts()
                        .map(facts -> facts.arn().toString())
                        .orElseGet(() -> properties.lenientText("KeyArn").orElse("")));
        data.put("KeyId", report.facts().map(KeyFacts::keyId).orElse(""));
        data.put("Alias", report.alias());
        data.put("KeySpec", report.facts().map(KeyFacts::spec).orElse(""));
        data.put("Origin", report.facts().map(KeyFacts::origin).orElse(""));
        data.put(
                "MultiRegion",
                report.facts()
                        .map(facts -> String.valueOf(!facts.multiRegion().isEmpty()))
                        .orElse(""));
        data.put("RotationEnabled", report.rotation().map(String::valueOf).orElse("unknown"));
        data.put(
                "PolicyDelegatesToIam",
                report.policy().isPresent() ? String.valueOf(report.delegatesToIam()) : "unknown");
        data.put("Findings", FindingsText.attribute(report.findings()));
        return data;
    }
}
