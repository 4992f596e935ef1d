package io.bedrockbudgeteer.keyguard.cli;

import io.bedrockbudgeteer.keyguard.cli.console.BadInput;
import io.bedrockbudgeteer.keyguard.cli.console.SafeText;
import io.bedrockbudgeteer.keyguard.cli.write.AwsCommands;
import io.bedrockbudgeteer.keyguard.cli.write.KeyCreation;
import io.bedrockbudgeteer.keyguard.cli.write.NewKey;
import io.bedrockbudgeteer.keyguard.cli.write.Permissions;
import io.bedrockbudgeteer.keyguard.cli.write.Voice;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Makes a key that will do.
@Command(
        name = "create",
        description = {
            "Makes a key for an environment: with its policy, rotation and an alias. Never takes an"
                    + " alias that is there already. When it fails half-way, nothing is left but a key"
                    + " that is scheduled for deletion.",
            "",
            "No stack deletes the key: what is encrypted under it would be lost."
        },
        mixinStandardHelpOptions = true,
        version = Main.NAME_AND_VERSION,
        sortOptions = false,
        abbreviateSynopsis = true,
        footer = {
            "",
            "Exit codes: 0 made, or with --dry-run: could be; 1 not wanted; 2 could not be",
            "made; 130 interrupted. The last lines say what is left.",
            "",
            "Examples:",
            "",
            "  keyguard create --dry-run",
            "  keyguard create --environment staging --tag team=ml --yes"
        })
final class CreateCommand implements Callable<Integer> {
    // KMS API Reference, CreateAlias: letters, digits, slashes, underscores, hyphens; aliases of
    // AWS
    // begin with aws/.
    private static final Pattern ALIAS = Pattern.compile("alias/(?!aws/)[A-Za-z0-9/_-]{1,250}");

    private final Surroundings around;

    @Option(
            names = "--alias",
            paramLabel = "NAME",
            description =
                    "alias/NAME (default: alias/bedrock-budgeteer, and for other environments than"
                            + " production with its name behind).")
    private @Nullable String alias;

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            description =
                    "The stack's parameter Environment, which is part of all names (default:"
                            + " production).")
    private String environment = "production";

    @Option(
            names = "--description",
            paramLabel = "TEXT",
            description = "What people see beside the key (default: Bedrock Budgeteer, NAME).")
    private @Nullable String description;

    @Option(
            names = "--tag",
            paramLabel = "KEY=VALUE",
            description = "A tag of the key. May be given several times.")
    private Map<String, String> tags = new LinkedHashMap<>();

    @Mixin private final PlaceOptions place = new PlaceOptions();

    @Option(names = "--yes", description = "Do not ask. Needed where there is no terminal.")
    private boolean yes;

    @Option(names = "--dry-run", description = "Show what would be made, and make nothing.")
    private boolean dryRun;

    CreateCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws IOException {
        NewKey key =
                new NewKey(
                        alias(),
                        KeyOptions.requireEnvironment(environment),
                        description == null ? "Bedrock Budgeteer, " + environment : description,
                        tags);
        WriteOptions.mayAsk(yes || dryRun, around);
        Permissions permissions = new Permissions();
        KeyCreation.Order order =
                new KeyCreation.Order(
                        key,
                        () ->
                                place.session(
                                        Optional.empty(),
                                        around.environment(),
                                        KeyCreation.TIME,
                                        permissions::see),
                        permissions,
                        yes,
                        dryRun,
                        new AwsCommands(place.profile(), place.endpoint()));
        return new KeyCreation(
                        order, new Voice(around.screen(), around.terminal()), around.nanoClock())
                .run(around.interrupts())
                .code();
    }

    private String alias() {
        String text = alias;
        if (text == null)
            return "alias/bedrock-budgeteer"
                    + (environment.equals("production") ? "" : "-" + environment);
        if (!ALIAS.matcher(text).matches())
            throw new BadInput(
                    "--alias is "
                            + SafeText.quoted(text)
                            + "; write alias/NAME, with letters, digits, / _ and -, and not beginning with"
                            + " aws/");
        return text;
    }
}
