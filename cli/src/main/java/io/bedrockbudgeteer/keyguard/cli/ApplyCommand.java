package io.bedrockbudgeteer.keyguard.cli;

import io.bedrockbudgeteer.keyguard.cli.console.Ink;
import io.bedrockbudgeteer.keyguard.cli.report.Assessment;
import io.bedrockbudgeteer.keyguard.cli.report.PlanText;
import io.bedrockbudgeteer.keyguard.cli.source.AwsSession;
import io.bedrockbudgeteer.keyguard.cli.source.Seen;
import io.bedrockbudgeteer.keyguard.cli.write.PolicyJob;
import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.plan.Owner;
import io.bedrockbudgeteer.keyguard.plan.Plan;
import io.bedrockbudgeteer.keyguard.plan.Planner;
import io.bedrockbudgeteer.keyguard.plan.Repair;
import io.bedrockbudgeteer.keyguard.plan.Situation;
import io.bedrockbudgeteer.keyguard.plan.StatementChange;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Adds to the key policy what is missing.
@Command(
        name = "apply",
        description = {
            "Adds the missing statements to the key policy: shows the plan, asks, saves the old"
                    + " policy in a file, writes, and reads back until the answer is the same"
                    + " several times. Statements of others are sent back byte for byte.",
            "",
            "A stack counts on what this command wrote, and does not take it out when it is deleted;"
                    + " keyguard remove does. With --stack-name the statements are those of the stack,"
                    + " which takes them out itself."
        },
        mixinStandardHelpOptions = true,
        version = Main.NAME_AND_VERSION,
        sortOptions = false,
        abbreviateSynopsis = true,
        footer = {
            "",
            "Exit codes: 0 written and verified, or nothing was missing; 1 refused, or not",
            "wanted; 2 could not be done; 130 interrupted. The last line says what holds.",
            "",
            "Examples:",
            "",
            "  keyguard apply --key alias/my-key --environment staging",
            "  keyguard apply --key KEY-ARN --yes --backup before.json"
        })
final class ApplyCommand implements Callable<Integer>, PolicyJob {
    private static final Comparator<Arn> ORDER = Comparator.comparing(Arn::toString);

    private final Surroundings around;

    @Mixin private final KeyOptions key = new KeyOptions();
    @Mixin private final OwnerOption whose = new OwnerOption();
    @Mixin private final WriteOptions write = new WriteOptions();

    ApplyCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws IOException {
        return write.run(this, key, around);
    }

    @Override
    public Owner owner(AwsSession session, Seen seen) {
        return whose.owner(key.environment(), Optional.of(session));
    }

    /// Those of the policy are among the findings of the plan.
    @Override
    public List<Finding> problems(Seen seen) {
        return seen.report().findings().stream()
                .filter(found -> found.isError() && found.rule().id().startsWith("KEY"))
                .toList();
    }

    @Override
    public Plan plan(Situation situation, Seen seen) {
        return Planner.add(
                situation,
                seen.requirements(),
                key.roleStatements(),
                List.of(),
                key.repair() ? Repair.DEAD_ENTRIES : Repair.NONE);
    }

    /// As `keyguard plan` prints it.
    @Override
    public List<String> shown(Assessment found, Ink ink, int width) {
        return PlanText.of(found, ink, width);
    }

    /// KMS refuses a policy that names a role which does not exist.
    @Override
    public Optional<String> objection(Plan.Change plan, Seen seen) {
        List<Arn> missing =
                seen.assumed().stream().filter(role -> names(plan, role)).sorted(ORDER).toList();
        if (missing.isEmpty()) return Optional.empty();
        return Optional.of(
                "the plan names roles that do not exist yet, and KMS does not take those: "
                        + missing.stream().map(Arn::resourceName).collect(Collectors.joining(", "))
                        + "; deploy the stack first and run this again, or leave these statements"
                        + " to the stack");
    }

    private static boolean names(Plan.Change plan, Arn role) {
        String quoted = "\"" + role + "\"";
        return plan.changes().stream()
                .filter(change -> change.kind() != StatementChange.Kind.REMOVE)
                .anyMatch(change -> change.text().contains(quoted));
    }

    @Override
    public String question(Arn arn) {
        return "Apply these changes to " + arn + "?";
    }

    @Override
    public String done() {
        return "The key policy was written and read back as planned.";
    }
}
