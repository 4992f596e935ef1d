package io.bedrockbudgeteer.keyguard.cli;

import io.bedrockbudgeteer.keyguard.aws.Environment;
import io.bedrockbudgeteer.keyguard.cli.console.BadInput;
import io.bedrockbudgeteer.keyguard.cli.console.InputFile;
import io.bedrockbudgeteer.keyguard.cli.console.Screen;
import io.bedrockbudgeteer.keyguard.cli.report.Assessment;
import io.bedrockbudgeteer.keyguard.cli.source.AwsSession;
import io.bedrockbudgeteer.keyguard.cli.source.Live;
import io.bedrockbudgeteer.keyguard.cli.source.Seen;
import io.bedrockbudgeteer.keyguard.cli.source.Wish;
import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.finding.Rule;
import io.bedrockbudgeteer.keyguard.finding.Severity;
import io.bedrockbudgeteer.keyguard.key.PolicyUse;
import io.bedrockbudgeteer.keyguard.plan.Owner;
import io.bedrockbudgeteer.keyguard.plan.Plan;
import io.bedrockbudgeteer.keyguard.plan.Planner;
import io.bedrockbudgeteer.keyguard.plan.Repair;
import io.bedrockbudgeteer.keyguard.plan.Situation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What check and plan have in common: their flags, and looking at the key without changing it.
final class ReportOptions {
    private static final Duration TIME = Duration.ofMinutes(5);

    @Mixin private final KeyOptions key = new KeyOptions();

    @Mixin private final OwnerOption owner = new OwnerOption();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description = "text (default), json, sarif or junit.")
    private Form form = Form.TEXT;

    @Option(
            names = "--exit-zero",
            description = "Exit with 0 whatever is found, for runs that only report.")
    private boolean exitZero;

    /// The exit code of a look that was possible.
    int code(boolean found) {
        return found && !exitZero ? Main.FOUND : Main.FINE;
    }

    Form form() {
        return form;
    }

    boolean isOffline() {
        return key.isOffline();
    }

    /// The session with AWS; empty when files are looked at.
    Optional<AwsSession> session() {
        if (key.isOffline()) return Optional.empty();
        key.keyText(); // before AWS is asked who calls
        return Optional.of(key.session(Environment.ofProcess(), TIME, _ -> {}));
    }

    /// Looks, and plans. Nothing is written.
    ///
    /// @throws BadInput when the key or its policy cannot be looked at
    Assessment assess(Optional<AwsSession> session, Screen screen, InstantSource clock) {
        Wish wish = new Wish(key.environment(), key.roleStatements(), PolicyUse.READ);
        Owner whose = owner.owner(wish.environment(), session);
        Seen seen =
                session.isPresent()
                        ? new Live(session.get()).see(key.keyText(), wish)
                        : key.see(wish, screen, clock);
        Situation situation =
                seen.situation(whose).orElseThrow(() -> cannotLook(seen.report().errors()));
        Plan plan =
                Planner.check(
                        situation,
                        seen.requirements(),
                        wish.roles(),
                        List.of(),
                        key.repair() ? Repair.DEAD_ENTRIES : Repair.NONE);
        return new Assessment(
                seen,
                wish.environment(),
                whose,
                plan,
                session.isPresent() ? mayNotWrite(situation, plan) : List.of(),
                key.policyFile().map(InputFile::shown),
                Optional.empty());
    }

    /// Nothing is written here, so that the caller may not is worth a warning, no more.
    private static List<Finding> mayNotWrite(Situation situation, Plan plan) {
        if (!(plan instanceof Plan.Change change)) return List.of();
        return Planner.whatStopsTheCaller(situation, change.policy())
                .filter(finding -> finding.rule() == Rule.POL008)
                .map(finding -> finding.as(Severity.WARNING))
                .stream()
                .toList();
    }

    private static BadInput cannotLook(List<Finding> errors) {
        return new BadInput(
                errors.stream().map(ReportOptions::sentence).collect(Collectors.joining(" ")));
    }

    private static String sentence(Finding error) {
        String what = error.rule().id() + ": " + error.message().replaceFirst("\\.$", "");
        return error.fix().isEmpty() ? what + "." : what + "; " + error.fix();
    }
}
