package io.bedrockbudgeteer.keyguard.cli;

import io.bedrockbudgeteer.keyguard.cli.console.BadInput;
import io.bedrockbudgeteer.keyguard.cli.source.Wish;
import io.bedrockbudgeteer.keyguard.cli.write.AwsCommands;
import io.bedrockbudgeteer.keyguard.cli.write.Backup;
import io.bedrockbudgeteer.keyguard.cli.write.Permissions;
import io.bedrockbudgeteer.keyguard.cli.write.PolicyJob;
import io.bedrockbudgeteer.keyguard.cli.write.PolicyWrite;
import io.bedrockbudgeteer.keyguard.cli.write.Voice;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The flags of a command that changes a key policy.
final class WriteOptions {
    @Option(names = "--yes", description = "Do not ask. Needed where there is no terminal.")
    private boolean yes;

    @Option(names = "--dry-run", description = "Show what would be written, and write nothing.")
    private boolean dryRun;

    @Option(
            names = "--backup",
            paramLabel = "FILE",
            description =
                    "Save the old policy here (default: keyguard-<key id>-<time>.json in this"
                            + " folder). Never writes over a file.")
    private @Nullable String backup;

    /// Does the job with these flags.
    ///
    /// @return the exit code
    int run(PolicyJob job, KeyOptions key, Surroundings around) throws IOException {
        Wish wish = key.wish(true);
        String text = key.liveKeyText();
        mayAsk(yes || dryRun, around);
        Permissions permissions = new Permissions();
        PolicyWrite.Order order =
                new PolicyWrite.Order(
                        text,
                        wish,
                        () -> key.session(around.environment(), PolicyWrite.TIME, permissions::see),
                        permissions,
                        yes,
                        dryRun,
                        Backup.of(Optional.ofNullable(backup)),
                        new AwsCommands(key.place().profile(), key.place().endpoint()));
        return new PolicyWrite(
                        job,
                        order,
                        new Voice(around.screen(), around.terminal()),
                        around.clock(),
                        around.nanoClock())
                .run(around.interrupts())
                .code();
    }

    /// @throws BadInput when a person would have to be asked and there is none
    static void mayAsk(boolean yes, Surroundings around) {
        if (!yes && !around.terminal().asks())
            throw new BadInput(
                    "this command asks before it writes, and there is no terminal to ask on; look at"
                            + " the plan first, then give --yes");
    }
}
