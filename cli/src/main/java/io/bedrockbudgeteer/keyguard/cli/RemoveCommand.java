package io.bedrockbudgeteer.keyguard.cli;

import io.bedrockbudgeteer.keyguard.cli.console.Ink;
import io.bedrockbudgeteer.keyguard.cli.report.Assessment;
import io.bedrockbudgeteer.keyguard.cli.report.PlanText;
import io.bedrockbudgeteer.keyguard.cli.source.AwsSession;
import io.bedrockbudgeteer.keyguard.cli.source.Seen;
import io.bedrockbudgeteer.keyguard.cli.write.GoneStack;
import io.bedrockbudgeteer.keyguard.cli.write.PolicyJob;
import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.plan.Owner;
import io.bedrockbudgeteer.keyguard.plan.Plan;
import io.bedrockbudgeteer.keyguard.plan.Planner;
import io.bedrockbudgeteer.keyguard.plan.Repair;
import io.bedrockbudgeteer.keyguard.plan.Situation;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Takes exactly our statements out of the key policy.
@Command(
        name = "remove",
        description = {
            "Takes out of the key policy exactly the statements that keyguard apply wrote for this"
                    + " environment, or those that a stack which is gone left behind. Shows, asks,"
                    + " saves, writes and verifies as keyguard apply does.",
            "",
            "Data that is still encrypted under the key may become unreadable for those that needed"
                    + " these statements."
        },
        mixinStandardHelpOptions = true,
        version = Main.NAME_AND_VERSION,
        sortOptions = false,
        abbreviateSynopsis = true,
        footer = {
            "",
            "Exit codes: 0 taken out and verified, or nothing was there; 1 refused, or not",
            "wanted; 2 could not be done; 130 interrupted. The last line says what holds.",
            "",
            "Examples:",
            "",
            "  keyguard remove --key alias/my-key --environment staging",
            "  keyguard remove --key KEY-ARN --stack-name budgeteer"
        })
final class RemoveCommand implements Callable<Integer>, PolicyJob {
    private final Surroundings around;

    @Mixin private final KeyOptions key = new KeyOptions();

    @Option(
            names = "--stack-name",
            paramLabel = "STACK",
            description =
                    "Name or ARN of a stack that is gone: take out what it left behind, in place of"
                            + " what keyguard apply wrote.")
    private @Nullable String stack;

    @Mixin private final WriteOptions write = new WriteOptions();

    RemoveCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws IOException {
        return write.run(this, key, around);
    }

    @Override
    public Owner owner(AwsSession session, Seen seen) {
        if (stack == null) return Owner.command(key.environment());
        return new GoneStack(session).owner(stack, seen.report().policy());
    }

    /// Taking out is never stopped by what is wrong with the key; KMS refuses what it must.
    @Override
    public List<Finding> problems(Seen seen) {
        return List.of();
    }

    @Override
    public Plan plan(Situation situation, Seen seen) {
        return Planner.remove(situation, key.repair() ? Repair.DEAD_ENTRIES : Repair.NONE);
    }

    @Override
    public List<String> shown(Assessment found, Ink ink, int width) {
        List<String> lines = new ArrayList<>(PlanText.changes(found.proposal(), ink, width));
        lines.addAll(PlanText.findings(found.plan().findings(), ink, width));
        if (!lines.isEmpty()) lines.add("");
        lines.addAll(PlanText.counts(found.proposal(), ink, width));
        return lines;
    }

    @Override
    public Optional<String> objection(Plan.Change plan, Seen seen) {
        return Optional.empty();
    }

    @Override
    public String question(Arn arn) {
        return "Take these statements out of the policy of " + arn + "?";
    }

    @Override
    public String done() {
        return "The statements were taken out, and the key policy was read back as planned.";
    }
}
