package io.bedrockbudgeteer.keyguard.cli;

import io.bedrockbudgeteer.keyguard.cli.console.Screen;
import io.bedrockbudgeteer.keyguard.cli.report.Assessment;
import io.bedrockbudgeteer.keyguard.cli.report.JUnitXml;
import io.bedrockbudgeteer.keyguard.cli.report.PlanText;
import io.bedrockbudgeteer.keyguard.cli.report.ReportJson;
import io.bedrockbudgeteer.keyguard.cli.report.Sarif;
import io.bedrockbudgeteer.keyguard.plan.Plan;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Shows what would be changed in a key policy.
@Command(
        name = "plan",
        description = {
            "Shows what would have to change in a key policy so that an environment works: each"
                    + " statement to add, change or remove, and why. Changes nothing.",
            "",
            "Asks AWS with the usual credentials, or works offline on files alone."
        },
        mixinStandardHelpOptions = true,
        version = Main.NAME_AND_VERSION,
        sortOptions = false,
        abbreviateSynopsis = true,
        footer = {
            "",
            "Exit codes: 0 no changes and no errors; 1 changes are pending, or errors were",
            "found; 2 the key or its policy could not be looked at; 141 nobody read the",
            "output to its end.",
            "",
            "Examples:",
            "",
            "  keyguard plan --key alias/budgeteer --environment staging",
            "",
            "  keyguard plan --key-file key.json --policy-file policy.json -o json"
        })
final class PlanCommand implements Callable<Integer> {
    private final Screen screen;
    private final InstantSource clock;

    @Mixin private final ReportOptions options = new ReportOptions();

    PlanCommand(Screen screen, InstantSource clock) {
        this.screen = screen;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        Assessment found = options.assess(options.session(), screen, clock);
        screen.print(lines(found));
        boolean pending = !(found.plan() instanceof Plan.NoChange);
        return options.code(pending || found.hasErrors());
    }

    private List<String> lines(Assessment found) {
        return switch (options.form()) {
            case TEXT -> PlanText.of(found, screen.ink(), screen.columns().getAsInt());
            case JSON -> List.of(ReportJson.plan(found));
            case SARIF -> List.of(Sarif.of(found, Main.VERSION));
            case JUNIT -> List.of(JUnitXml.plan(found));
        };
    }
}
