package io.bedrockbudgeteer.keyguard.cli.write;

import io.bedrockbudgeteer.keyguard.cli.console.Ink;
import io.bedrockbudgeteer.keyguard.cli.console.SafeText;
import io.bedrockbudgeteer.keyguard.cli.console.Wrap;
import io.bedrockbudgeteer.keyguard.cli.report.PlanText;
import io.bedrockbudgeteer.keyguard.cli.report.Proposal;
import io.bedrockbudgeteer.keyguard.cli.source.NewKeyPolicy;
import io.bedrockbudgeteer.keyguard.cli.source.OnlyPolicy;
import io.bedrockbudgeteer.keyguard.key.Site;
import io.bedrockbudgeteer.keyguard.plan.Plan;
import io.bedrockbudgeteer.keyguard.plan.Planner;
import io.bedrockbudgeteer.keyguard.plan.RoleStatements;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A key that is to be made.
///
/// @param alias with the prefix `alias/`
/// @param environment such as `production`: whose services the policy lets in
/// @param tags in the order in which they were given
public record NewKey(
        String alias, String environment, String description, Map<String, String> tags) {
    // Its id is not known yet, and stands in no statement: a key policy says "*" for its key.
    private static final String NO_ID = "00000000-0000-0000-0000-000000000000";

    public NewKey {
        tags = new LinkedHashMap<>(tags);
    }

    /// The same key at its place.
    ///
    /// @param alias ARN of the alias
    /// @param plan on the policy that every new key has
    record Planned(NewKey key, Site site, Arn alias, OnlyPolicy from, Plan plan) {

        /// The whole policy that the key is made with.
        KeyPolicy policy() {
            return plan instanceof Plan.Change change ? change.policy() : from.situation().policy();
        }

        /// What is shown before it is made.
        List<String> lines(Ink ink, int width) {
            List<String> lines = new ArrayList<>();
            lines.add(ink.title("A new key in " + site.region() + ", account " + site.account()));
            row(lines, width, "alias", key.alias());
            row(lines, width, "description", key.description());
            if (!key.tags().isEmpty())
                row(
                        lines,
                        width,
                        "tags",
                        key.tags().entrySet().stream()
                                .map(tag -> tag.getKey() + "=" + tag.getValue())
                                .collect(Collectors.joining(", ")));
            row(lines, width, "rotation", "on");
            row(
                    lines,
                    width,
                    "key policy",
                    "that of every new key, which leaves access to IAM policies, and for the"
                            + " environment "
                            + key.environment()
                            + ":");
            lines.add("");
            Proposal proposal =
                    new Proposal(
                            plan,
                            from.situation().policy(),
                            from.situation().owner(),
                            from.requirements(),
                            List.of());
            lines.addAll(PlanText.changes(proposal, ink, width));
            lines.add("");
            lines.addAll(PlanText.counts(proposal, ink, width));
            return lines;
        }

        private static void row(List<String> lines, int width, String label, String text) {
            String indent = " ".repeat(15);
            lines.addAll(
                    Wrap.lines(
                            width,
                            ("  " + label + indent).substring(0, indent.length()),
                            indent,
                            SafeText.visible(SafeText.redacted(text))));
        }
    }

    /// @throws IllegalStateException when the policy cannot be made; a bug of ours
    Planned planned(Site site) {
        String place =
                "arn:" + site.partition() + ":kms:" + site.region() + ":" + site.account() + ":";
        Arn anywhere = Arn.parse(place + "key/" + NO_ID);
        OnlyPolicy from = OnlyPolicy.of(anywhere, NewKeyPolicy.text(anywhere), environment);
        Plan plan =
                Planner.check(
                        from.situation(), from.requirements(), RoleStatements.LEAST, List.of());
        Planned planned = new Planned(this, site, Arn.parse(place + alias), from, plan);
        if (plan instanceof Plan.Refused refused)
            throw new IllegalStateException("no policy for a new key: " + refused.findings());
        if (planned.policy().text().contains(NO_ID))
            throw new IllegalStateException("the policy of a new key names its id");
        return planned;
    }
}
