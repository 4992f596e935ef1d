package io.bedrockbudgeteer.keyguard.cli;

import io.bedrockbudgeteer.keyguard.aws.AwsCall;
import io.bedrockbudgeteer.keyguard.aws.Environment;
import io.bedrockbudgeteer.keyguard.cli.console.BadInput;
import io.bedrockbudgeteer.keyguard.cli.console.InputFile;
import io.bedrockbudgeteer.keyguard.cli.console.SafeText;
import io.bedrockbudgeteer.keyguard.cli.console.Screen;
import io.bedrockbudgeteer.keyguard.cli.explain.GrantList;
import io.bedrockbudgeteer.keyguard.cli.source.AwsSession;
import io.bedrockbudgeteer.keyguard.cli.source.Files;
import io.bedrockbudgeteer.keyguard.cli.source.KeyFile;
import io.bedrockbudgeteer.keyguard.cli.source.Live;
import io.bedrockbudgeteer.keyguard.cli.source.RoleFile;
import io.bedrockbudgeteer.keyguard.cli.source.Seen;
import io.bedrockbudgeteer.keyguard.cli.source.Wish;
import io.bedrockbudgeteer.keyguard.key.PolicyUse;
import io.bedrockbudgeteer.keyguard.plan.RoleStatements;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The flags that say which key, for which environment, and where the facts come from: AWS, or
/// files alone.
final class KeyOptions {
    /// As the template's parameter Environment allows.
    private static final Pattern ENVIRONMENT = Pattern.compile("[a-z][a-z0-9-]{0,11}");

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description =
                    "The key: its ARN, an alias ARN, alias/NAME or a key id. Not with --key-file.")
    private @Nullable String key;

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            description =
                    "The stack's parameter Environment, which is part of all names (default:"
                            + " production).")
    private String environment = "production";

    @Option(
            names = "--role-statements",
            paramLabel = "WHEN",
            description =
                    "least (default): roles get statements only where the key policy does not leave"
                            + " access to IAM; always.")
    private RoleStatements roleStatements = RoleStatements.LEAST;

    @Option(
            names = "--repair",
            description =
                    "Also take out entries of others that are surely dead and make KMS refuse every"
                            + " change: principals that were deleted, statements without Action or"
                            + " Resource.")
    private boolean repair;

    @Mixin private final PlaceOptions place = new PlaceOptions();

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description =
                    "Offline: the key, as aws kms describe-key prints it. One FILE may be -,"
                            + " standard input.")
    private @Nullable String keyFile;

    @Option(names = "--policy-file", paramLabel = "FILE", description = "Offline: the key policy.")
    private @Nullable String policyFile;

    @Option(
            names = "--role-policies-file",
            paramLabel = "FILE",
            description =
                    "Offline: the roles, as aws iam get-account-authorization-details prints them"
                            + " (default: as the template makes them).")
    private @Nullable String roleFile;

    @Option(
            names = "--grants-file",
            paramLabel = "FILE",
            description = "Offline: the grants, as aws kms list-grants prints them.")
    private @Nullable String grantsFile;

    String environment() {
        return requireEnvironment(environment);
    }

    /// @throws BadInput when the template would not take it
    static String requireEnvironment(String name) {
        if (!ENVIRONMENT.matcher(name).matches())
            throw new BadInput(
                    "--environment is "
                            + SafeText.quoted(name)
                            + "; write up to 12 lower-case letters, digits and hyphens, a letter first");
        return name;
    }

    RoleStatements roleStatements() {
        return roleStatements;
    }

    boolean repair() {
        return repair;
    }

    /// The name of the policy's file, for messages; empty when the facts come from AWS.
    Optional<InputFile> policyFile() {
        return Optional.ofNullable(policyFile).map(name -> new InputFile("--policy-file", name));
    }

    boolean isOffline() {
        return Stream.of(keyFile, policyFile, roleFile, grantsFile).anyMatch(f -> f != null);
    }

    /// The wish of a command that writes, or would.
    Wish wish(boolean writes) {
        return new Wish(environment(), roleStatements, PolicyUse.of(writes, repair));
    }

    /// Reads the facts, from files or from AWS.
    ///
    /// @throws BadInput when flags do not go together, or something cannot be read
    Seen see(Wish wish, Screen screen, InstantSource clock) {
        if (isOffline()) return files(screen, clock).see(wish);
        Live live = live(Environment.ofProcess(), Duration.ofMinutes(5), _ -> {});
        return live.see(keyText(), wish);
    }

    /// The key argument, for a command that works on AWS only.
    String keyText() {
        if (key == null)
            throw new BadInput(
                    isOffline()
                            ? "this command works on AWS, not on files; give --key in place of them"
                            : "which key is not said; give --key, or --key-file and --policy-file to work offline");
        return key;
    }

    /// The key argument, for a command that writes.
    ///
    /// @throws BadInput when there is none, or files are given beside it
    String liveKeyText() {
        if (isOffline())
            throw new BadInput(
                    "this command works on AWS, not on files; leave out --key-file, --policy-file,"
                            + " --role-policies-file and --grants-file, and give --key");
        return keyText();
    }

    /// Where AWS is asked.
    PlaceOptions place() {
        return place;
    }

    /// AWS, with the credentials and the Region that the flags choose.
    ///
    /// @param time for all calls together
    /// @param calls is told of each call when it is over
    Live live(Environment process, Duration time, Consumer<AwsCall> calls) {
        return new Live(session(process, time, calls));
    }

    /// As [#live], for a command that needs more than the facts about a key.
    AwsSession session(Environment process, Duration time, Consumer<AwsCall> calls) {
        Optional<String> ofKey =
                Optional.ofNullable(key)
                        .flatMap(Arn::tryParse)
                        .map(Arn::region)
                        .filter(r -> !r.isEmpty());
        return place.session(ofKey, process, time, calls);
    }

    private Files files(Screen screen, InstantSource clock) {
        if (key != null || place.isGiven())
            throw new BadInput(
                    "files were given, and then no AWS call is made; leave out --key, --region,"
                            + " --profile and --endpoint-url");
        if (keyFile == null || policyFile == null)
            throw new BadInput(
                    "to work offline both --key-file and --policy-file are needed; write them with `aws"
                            + " kms describe-key` and `aws kms get-key-policy --query Policy --output text`");
        List<InputFile> all = new ArrayList<>();
        InputFile ofKey = file(all, "--key-file", keyFile);
        InputFile ofPolicy = file(all, "--policy-file", policyFile);
        Optional<InputFile> ofRoles =
                Optional.ofNullable(roleFile).map(name -> file(all, "--role-policies-file", name));
        Optional<InputFile> ofGrants =
                Optional.ofNullable(grantsFile).map(name -> file(all, "--grants-file", name));
        return new Files(
                KeyFile.read(ofKey.shown(), ofKey.text(screen.in())),
                PolicyInput.text(ofPolicy, screen),
                ofRoles.map(file -> RoleFile.read(file.shown(), file.text(screen.in()))),
                ofGrants.map(file ->
                        new GrantList(clock).readFile(file.shown(), file.text(screen.in()))));
    }

    private static InputFile file(List<InputFile> all, String flag, String name) {
        InputFile file = new InputFile(flag, name);
        if (file.isStandardInput() && all.stream().anyMatch(InputFile::isStandardInput))
            throw new BadInput("only one file may be -, standard input; give the others a name");
        all.add(file);
        return file;
    }
}
