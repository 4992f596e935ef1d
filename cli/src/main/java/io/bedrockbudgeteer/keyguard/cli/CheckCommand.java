package io.bedrockbudgeteer.keyguard.cli;

import io.bedrockbudgeteer.keyguard.cli.console.BadInput;
import io.bedrockbudgeteer.keyguard.cli.console.Screen;
import io.bedrockbudgeteer.keyguard.cli.report.Assessment;
import io.bedrockbudgeteer.keyguard.cli.report.CheckText;
import io.bedrockbudgeteer.keyguard.cli.report.JUnitXml;
import io.bedrockbudgeteer.keyguard.cli.report.ReportJson;
import io.bedrockbudgeteer.keyguard.cli.report.Sarif;
import io.bedrockbudgeteer.keyguard.cli.source.AccessAnalyzer;
import io.bedrockbudgeteer.keyguard.cli.source.AwsSession;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Says whether a key will do as it is.
@Command(
        name = "check",
        description = {
            "Checks whether a key will do for an environment as it is: the key, its policy, the roles,"
                    + " and who may do what. Changes nothing.",
            "",
            "Asks AWS with the usual credentials, or works offline on files alone."
        },
        mixinStandardHelpOptions = true,
        version = Main.NAME_AND_VERSION,
        sortOptions = false,
        abbreviateSynopsis = true,
        footer = {
            "",
            "Exit codes: 0 no errors (warnings are not errors); 1 errors were found; 2",
            "the key or its policy could not be looked at; 141 nobody read the output to",
            "its end.",
            "",
            "Examples:",
            "",
            "  keyguard check --key alias/budgeteer --region us-east-1",
            "",
            "  aws kms describe-key --key-id KEY > key.json",
            "  aws kms get-key-policy --key-id KEY --query Policy --output text \\",
            "    > policy.json",
            "  keyguard check --key-file key.json --policy-file policy.json -o sarif"
        })
final class CheckCommand implements Callable<Integer> {
    private final Screen screen;
    private final InstantSource clock;

    @Mixin private final ReportOptions options = new ReportOptions();

    @Option(
            names = "--access-analyzer",
            description =
                    "Also ask IAM Access Analyzer about the planned policy, for a second opinion. It"
                            + " decides nothing. Not with files, in text and json only.")
    private boolean accessAnalyzer;

    CheckCommand(Screen screen, InstantSource clock) {
        this.screen = screen;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        if (accessAnalyzer && options.isOffline())
            throw new BadInput(
                    "--access-analyzer asks AWS, and files are looked at offline; leave it out, or give"
                            + " --key in place of the files");
        Optional<AwsSession> session = options.session();
        Assessment found = options.assess(session, screen, clock);
        if (accessAnalyzer) found = withSecondOpinion(found, session.orElseThrow());
        screen.print(lines(found));
        return options.code(found.hasErrors());
    }

    private static Assessment withSecondOpinion(Assessment found, AwsSession session) {
        return new Assessment(
                found.seen(),
                found.environment(),
                found.owner(),
                found.plan(),
                found.more(),
                found.policyFile(),
                Optional.of(new AccessAnalyzer(session).about(found.planned().text())));
    }

    private List<String> lines(Assessment found) {
        return switch (options.form()) {
            case TEXT -> CheckText.of(found, screen.ink(), screen.columns().getAsInt());
            case JSON -> List.of(ReportJson.check(found));
            case SARIF -> List.of(Sarif.of(found, Main.VERSION));
            case JUNIT -> List.of(JUnitXml.check(found));
        };
    }
}
