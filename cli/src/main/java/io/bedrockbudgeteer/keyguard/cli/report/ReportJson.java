package io.bedrockbudgeteer.keyguard.cli.report;

import io.bedrockbudgeteer.keyguard.cli.console.SafeText;
import io.bedrockbudgeteer.keyguard.cli.source.SecondOpinion;
import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.finding.Severity;
import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import io.bedrockbudgeteer.keyguard.key.KeyFacts;
import io.bedrockbudgeteer.keyguard.plan.AccessRow;
import io.bedrockbudgeteer.keyguard.plan.Plan;
import io.bedrockbudgeteer.keyguard.plan.Repaired;
import io.bedrockbudgeteer.keyguard.plan.Room;
import io.bedrockbudgeteer.keyguard.plan.StatementChange;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.policy.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Check and plan as JSON. docs/keyguard-json.md explains every member. A schema's number changes
/// when a member is taken out or changes its meaning; members may be added.
public final class ReportJson {
    public static final String CHECK = "keyguard-check/1";
    public static final String PLAN = "keyguard-plan/1";

    private final Assessment found;
    private final Places places;

    private ReportJson(Assessment found) {
        this.found = found;
        this.places = new Places(found.policy());
    }

    public static String check(Assessment found) {
        ReportJson json = new ReportJson(found);
        List<Finding> findings = found.findingsAsIs();
        List<AccessRow> rows = found.access();
        Map<String, Object> root = json.start(CHECK);
        root.put("ready", !found.hasErrors());
        Map<String, Object> counts = counts(findings);
        for (Verdict.Kind kind : Verdict.Kind.values())
            counts.put(Words.lower(kind), Assessment.count(rows, kind));
        root.put("counts", counts);
        root.put("findings", json.findings(findings));
        root.put("access", json.access(rows));
        found.secondOpinion()
                .ifPresent(opinion -> root.put("secondOpinion", secondOpinion(opinion)));
        json.end(root);
        return JsonText.pretty(root);
    }

    public static String plan(Assessment found) {
        ReportJson json = new ReportJson(found);
        Proposal proposal = found.proposal();
        Map<String, Object> root = json.start(PLAN);
        root.put(
                "result",
                switch (found.plan()) {
                    case Plan.NoChange _ -> "NO_CHANGES";
                    case Plan.Change _ -> "CHANGES";
                    case Plan.Refused _ -> "REFUSED";
                });
        Map<String, Object> counts = new LinkedHashMap<>();
        for (StatementChange.Kind kind : StatementChange.Kind.values())
            counts.put(Words.lower(kind), proposal.count(kind));
        counts.put("repair", proposal.repairs());
        counts.putAll(counts(found.findings()));
        root.put("counts", counts);
        root.put("changes", changes(proposal));
        root.put("repairs", repairs(found.plan()));
        root.put("findings", json.findings(found.findings()));
        Map<String, Object> access = new LinkedHashMap<>();
        access.put("before", json.access(found.access()));
        access.put(
                "after",
                found.plan() instanceof Plan.Change change
                        ? json.access(change.after())
                        : json.access(found.access()));
        root.put("access", access);
        Map<String, Object> policy = new LinkedHashMap<>();
        policy.put("maximumBytes", KeyPolicy.MAX_LENGTH);
        policy.put("before", policy(found.policy()));
        policy.put(
                "after",
                found.plan() instanceof Plan.Change change
                        ? Optional.of(policy(change.policy()))
                        : Optional.empty());
        Optional<Room> room = proposal.room();
        policy.put("bytesOfStack", room.map(Room::perStack));
        policy.put("roomForMoreStacks", room.map(Room::more));
        root.put("policy", policy);
        json.end(root);
        return JsonText.pretty(root);
    }

    private Map<String, Object> start(String schema) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("schema", schema);
        root.put("environment", found.environment());
        root.put("owner", found.owner().stackId());
        root.put("policyFile", found.policyFile());
        root.put("key", key());
        return root;
    }

    private void end(Map<String, Object> root) {
        root.put("assumedRoles", found.seen().assumed().stream().map(Arn::toString).toList());
        root.put("notSeen", Words.notSeen(found).stream().map(SafeText::redacted).toList());
    }

    private Map<String, Object> key() {
        KeyFacts facts = found.facts();
        Map<String, Object> key = new LinkedHashMap<>();
        key.put("arn", facts.arn().toString());
        key.put("keyId", facts.keyId());
        key.put("alias", found.seen().report().alias());
        key.put("manager", facts.manager());
        key.put("state", facts.state());
        key.put("keySpec", facts.spec());
        key.put("keyUsage", facts.usage());
        key.put("origin", facts.origin());
        key.put("multiRegion", facts.multiRegion());
        key.put("rotates", found.seen().report().rotation());
        key.put("delegatesToIam", found.seen().report().delegatesToIam());
        return key;
    }

    private static Map<String, Object> counts(List<Finding> findings) {
        Map<String, Object> counts = new LinkedHashMap<>();
        for (Severity severity : Severity.values())
            counts.put(Words.lower(severity) + "s", Assessment.count(findings, severity));
        return counts;
    }

    private List<Object> findings(List<Finding> findings) {
        List<Object> list = new ArrayList<>();
        for (Finding finding : findings) {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("id", finding.rule().id());
            each.put("severity", Words.lower(finding.severity()));
            each.put("title", finding.rule().title());
            each.put("message", SafeText.redacted(finding.message()));
            each.put("fix", SafeText.redacted(finding.fix()));
            each.put("source", finding.rule().source());
            each.put("line", line(places.line(finding)));
            list.add(each);
        }
        return list;
    }

    /// Lines mean something only in a file.
    private Optional<Integer> line(OptionalInt line) {
        return line.isPresent() && found.policyFile().isPresent()
                ? Optional.of(line.getAsInt())
                : Optional.empty();
    }

    private List<Object> access(List<AccessRow> rows) {
        List<Object> list = new ArrayList<>();
        for (AccessRow row : rows) {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("principal", row.requirement().caller().displayName());
            each.put("action", row.action());
            each.put("resource", row.resource());
            each.put("purpose", row.requirement().purpose());
            each.put("service", row.requirement().service());
            each.put("verdict", row.verdict().kind());
            each.put("basis", row.verdict().basis());
            each.put("decidedBy", row.verdict().decidedBy());
            each.put("hangsOn", row.verdict().hangsOn());
            each.put("reason", SafeText.redacted(row.verdict().reason()));
            list.add(each);
        }
        return list;
    }

    private static List<Object> changes(Proposal proposal) {
        Map<String, String> replaced = proposal.replaced();
        List<Object> list = new ArrayList<>();
        for (StatementChange change : proposal.changes()) {
            boolean removes = change.kind() == StatementChange.Kind.REMOVE;
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("kind", change.kind());
            each.put("sid", change.sid());
            each.put("purpose", change.purpose());
            each.put("reason", change.reason());
            each.put(
                    "service",
                    proposal.requirement(change)
                            .map(requirement -> requirement.service())
                            .orElse(""));
            each.put(
                    "source",
                    proposal.requirement(change)
                            .map(requirement -> requirement.source())
                            .orElse(""));
            each.put("roleIsAbsent", proposal.namesAbsentRole(change));
            each.put(
                    "before",
                    removes
                            ? Optional.of(statement(change.text()))
                            : Optional.ofNullable(replaced.get(change.sid()))
                                    .map(ReportJson::statement));
            each.put("after", removes ? Optional.empty() : Optional.of(statement(change.text())));
            list.add(each);
        }
        return list;
    }

    private static List<Object> repairs(Plan plan) {
        if (!(plan instanceof Plan.Change change)) return List.of();
        List<Object> list = new ArrayList<>();
        for (Repaired.Change repair : change.repairs()) {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("statement", repair.label());
            each.put("ids", repair.ids());
            each.put("removed", repair.removed());
            each.put("before", statement(repair.before()));
            list.add(each);
        }
        return list;
    }

    private static Json statement(String text) {
        return JsonReader.read(text);
    }

    private static Map<String, Object> policy(KeyPolicy policy) {
        Map<String, Object> each = new LinkedHashMap<>();
        each.put("bytes", policy.length());
        each.put("statements", policy.statements().size());
        each.put("sha256", policy.sha256());
        each.put("text", policy.text());
        return each;
    }

    private static Map<String, Object> secondOpinion(SecondOpinion opinion) {
        List<Object> remarks = new ArrayList<>();
        for (SecondOpinion.Remark remark : opinion.remarks()) {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("type", remark.type());
            each.put("code", remark.code());
            each.put("text", remark.text());
            each.put("link", remark.link());
            remarks.add(each);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("who", opinion.who());
        all.put("remarks", remarks);
        all.put("notes", opinion.notes());
        return all;
    }
}
