package io.bedrockbudgeteer.keyguard.cli;

import io.bedrockbudgeteer.keyguard.cli.console.BadInput;
import io.bedrockbudgeteer.keyguard.cli.console.InputFile;
import io.bedrockbudgeteer.keyguard.cli.console.SafeText;
import io.bedrockbudgeteer.keyguard.cli.console.Screen;
import io.bedrockbudgeteer.keyguard.cli.source.NewKeyPolicy;
import io.bedrockbudgeteer.keyguard.cli.source.OnlyPolicy;
import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import io.bedrockbudgeteer.keyguard.key.KeyValue;
import io.bedrockbudgeteer.keyguard.plan.Plan;
import io.bedrockbudgeteer.keyguard.plan.Planner;
import io.bedrockbudgeteer.keyguard.plan.RoleStatements;
import io.bedrockbudgeteer.keyguard.plan.StatementChange;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Prints statements for somebody else to paste.
@Command(
        name = "statements",
        description = {
            "Prints the key-policy statements that an environment needs, as JSON to paste, for a key"
                    + " whose policy you may not change, because it is somebody else's.",
            "",
            "Looks at nothing and needs no credentials. Without --policy-file it counts on a key policy"
                    + " that leaves access to IAM, as that of a new key does; roles need no statements"
                    + " then."
        },
        mixinStandardHelpOptions = true,
        version = Main.NAME_AND_VERSION,
        sortOptions = false,
        abbreviateSynopsis = true,
        footer = {
            "",
            "Exit codes: 0 printed; 1 statements cannot help, because something else stands",
            "in the way; 2 wrong usage or an unreadable file.",
            "",
            "Examples:",
            "",
            "  keyguard statements --key KEY-ARN --environment staging",
            "  keyguard statements --key KEY-ARN --policy-file policy.json",
            "  keyguard statements --key KEY-ARN --whole-policy > policy.json"
        })
final class StatementsCommand implements Callable<Integer> {
    private final Screen screen;

    @Option(
            names = "--key",
            paramLabel = "ARN",
            description = "The ARN of the key. The stack must be in the account of the key.")
    private @Nullable String key;

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            description =
                    "The stack's parameter Environment, which is part of all names (default:"
                            + " production).")
    private String environment = "production";

    @Option(
            names = "--policy-file",
            paramLabel = "FILE",
            description =
                    "The key policy as it is: print only what is missing from it; - is standard input.")
    private @Nullable String policyFile;

    @Option(
            names = "--role-statements",
            paramLabel = "WHEN",
            description =
                    "least (default): roles get statements only where the key policy does not leave"
                            + " access to IAM, which only --policy-file can show; always.")
    private RoleStatements roleStatements = RoleStatements.LEAST;

    @Option(
            names = "--whole-policy",
            description =
                    "Print a whole key policy: the statement that every new key has, and these.")
    private boolean wholePolicy;

    StatementsCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException {
        KeyOptions.requireEnvironment(environment);
        Arn arn = arn();
        if (wholePolicy && policyFile != null)
            throw new BadInput(
                    "--whole-policy makes a new policy and --policy-file is one already; leave one out, or"
                            + " see the whole of the changed one with keyguard plan -o json");
        Optional<InputFile> file =
                Optional.ofNullable(policyFile).map(name -> new InputFile("--policy-file", name));
        String policy =
                file.map(found -> PolicyInput.text(found, screen)).orElse(NewKeyPolicy.text(arn));
        OnlyPolicy known = OnlyPolicy.of(arn, policy, environment);
        Plan plan =
                Planner.check(known.situation(), known.requirements(), roleStatements, List.of());
        return switch (plan) {
            case Plan.Refused refused -> blocked(refused);
            case Plan.NoChange _ -> printed(arn, file, List.of());
            case Plan.Change change -> printed(arn, file, change.changes());
        };
    }

    private Arn arn() {
        String example =
                "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
        String text = key;
        if (text == null)
            throw new BadInput(
                    "which key is not said; give --key with its ARN, such as " + example);
        return Arn.tryParse(text)
                .filter(found ->
                        found.service().equals("kms")
                                && found.resource().startsWith("key/")
                                && KeyValue.KEY_ID.matcher(found.resourceName()).matches())
                .orElseThrow(() ->
                        new BadInput(
                                "--key is "
                                        + SafeText.quoted(text)
                                        + ", and nobody is asked what it stands for; write the ARN of the"
                                        + " key, such as "
                                        + example));
    }

    private int printed(Arn arn, Optional<InputFile> file, List<StatementChange> changes)
            throws IOException {
        List<Json> statements = new ArrayList<>();
        for (StatementChange change : changes)
            if (change.kind() != StatementChange.Kind.REMOVE)
                statements.add(JsonReader.read(change.pasteable(environment)));
        screen.print(
                List.of(
                        JsonText.pretty(
                                wholePolicy ? NewKeyPolicy.with(arn, statements) : statements)));
        screen.say(
                file.isPresent()
                        ? (statements.isEmpty()
                                        ? "nothing is missing from " + file.get().shown()
                                        : statements.size() + " missing from " + file.get().shown())
                                + "; grants and the policies of roles were not looked at"
                        : "nothing was looked at: these are all "
                                + statements.size()
                                + " statements that a key policy like that of a new key lacks; give"
                                + " --policy-file to see only what is missing");
        return Main.FINE;
    }

    private int blocked(Plan.Refused plan) {
        for (Finding finding : plan.findings()) if (finding.isError()) screen.say(finding.line());
        return Main.FOUND;
    }
}
