package io.bedrockbudgeteer.local;

import io.bedrockbudgeteer.local.engine.Order;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/// Options of both commands: what to deploy, where, and with which key.
final class RunOptions {
    /// Set by the start script: where the project is.
    private static final String ROOT = System.getProperty("local.root", "");

    @Option(
            names = "--template",
            paramLabel = "FILE",
            description = "Template to deploy (default: template.yaml of this project).")
    private Path template = Path.of(ROOT, "template.yaml");

    @Option(
            names = "--stack-name",
            paramLabel = "NAME",
            description = "Name of the stack (default: ${DEFAULT-VALUE}).")
    private String stackName = "bedrock-budgeteer";

    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "Region of the stack (default: ${DEFAULT-VALUE}).")
    private String region = "us-east-1";

    @Option(
            names = "--account",
            paramLabel = "ID",
            description = "Account of the stack (default: ${DEFAULT-VALUE}).")
    private String account = LocalStackBuilder.ACCOUNT;

    @Option(
            names = "--parameter-overrides",
            paramLabel = "NAME=VALUE",
            arity = "1..*",
            parameterConsumer = UntilNextOption.class,
            description = "Template parameters, written as for sam deploy.")
    private List<List<String>> overrides = new ArrayList<>();

    @Option(names = "--no-key", description = "Make no key: everything under keys that AWS owns.")
    private boolean noKey;

    @Option(
            names = "--key-policy",
            paramLabel = "FILE",
            description = "Policy of the key (default: the one that KMS gives).")
    private @Nullable Path keyPolicy;

    @Option(
            names = "--key-state",
            paramLabel = "STATE",
            description = "Such as Enabled, Disabled, PendingDeletion.")
    private @Nullable String keyState;

    @Option(
            names = "--key-spec",
            paramLabel = "SPEC",
            description = "Such as SYMMETRIC_DEFAULT, RSA_2048.")
    private @Nullable String keySpec;

    @Option(names = "--key-manager", paramLabel = "WHO", description = "CUSTOMER or AWS.")
    private @Nullable String keyManager;

    @Option(
            names = "--key-origin",
            paramLabel = "ORIGIN",
            description = "Such as AWS_KMS, EXTERNAL.")
    private @Nullable String keyOrigin;

    @Option(
            names = "--key-alias",
            paramLabel = "NAME",
            description = "Give the key an alias and pass the alias ARN to the stack.")
    private @Nullable String keyAlias;

    @Option(
            names = "--key-region",
            paramLabel = "REGION",
            description = "Region of the key (default: that of the stack).")
    private @Nullable String keyRegion;

    @Option(
            names = "--key-account",
            paramLabel = "ID",
            description = "Owner of the key (default: the account of the stack).")
    private @Nullable String keyAccount;

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            description =
                    "adversarial: the least friendly order that the dependencies allow (default); random:SEED.")
    private String order = "adversarial";

    @Option(
            names = "--time-scale",
            paramLabel = "N",
            description = "Waiting times are divided by this (default: ${DEFAULT-VALUE}).")
    private int timeScale = LocalStackBuilder.DEFAULT_TIME_SCALE;

    /// Takes arguments up to the next option, and keeps those of each occurrence together.
    static final class UntilNextOption implements IParameterConsumer {
        @Override
        public void consumeParameters(
                Stack<String> args, ArgSpec argSpec, CommandSpec commandSpec) {
            List<String> taken = new ArrayList<>();
            while (!args.isEmpty() && !args.peek().startsWith("-")) {
                taken.add(args.pop());
            }
            if (taken.isEmpty()) {
                throw new CommandLine.ParameterException(
                        commandSpec.commandLine(),
                        "Missing value for option " + argSpec.paramLabel());
            }
            List<List<String>> all = argSpec.getValue();
            all.add(taken);
        }
    }

    String stackName() {
        return stackName;
    }

    String region() {
        return region;
    }

    int timeScale() {
        return timeScale;
    }

    /// @throws IllegalArgumentException for a value that is not usable
    LocalStackBuilder builder() throws IOException {
        if (!Files.isRegularFile(template)) {
            throw new IllegalArgumentException(
                    "there is no template " + template + "; name one with --template");
        }
        if (!region.matches("[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}")) {
            throw new IllegalArgumentException(
                    "'" + region + "' is not a Region; write it like us-east-1");
        }
        if (timeScale < 1) {
            throw new IllegalArgumentException("--time-scale must be at least 1: " + timeScale);
        }
        Map<String, String> parameters =
                Overrides.parse(overrides.stream().flatMap(List::stream).toList());
        LocalStackBuilder builder =
                LocalStack.builder()
                        .template(template)
                        .stackName(stackName)
                        .region(region)
                        .accountId(account)
                        .parameters(parameters)
                        .order(Order.parse(order))
                        .timeScale(timeScale);
        boolean asked = keyIsDescribed();
        if (noKey && asked) {
            throw new IllegalArgumentException(
                    "--no-key and other --key options exclude each other");
        }
        boolean ownKey = parameters.containsKey(LocalStack.KEY_PARAMETER);
        if (!noKey && (asked || !ownKey)) {
            builder.key(keyChoice());
        }
        return builder;
    }

    private boolean keyIsDescribed() {
        return keyPolicy != null
                || keyState != null
                || keySpec != null
                || keyManager != null
                || keyOrigin != null
                || keyAlias != null
                || keyRegion != null
                || keyAccount != null;
    }

    /// The key that the options describe.
    KeyChoice keyChoice() throws IOException {
        KeyChoice choice = KeyChoice.standard();
        if (keyPolicy != null) {
            if (!Files.isRegularFile(keyPolicy)) {
                throw new IllegalArgumentException(
                        "there is no policy file " + keyPolicy + "; check --key-policy");
            }
            choice = choice.withPolicy(Files.readString(keyPolicy));
        }
        choice = Optional.ofNullable(keyState).map(choice::withState).orElse(choice);
        choice = Optional.ofNullable(keySpec).map(choice::withSpec).orElse(choice);
        choice = Optional.ofNullable(keyManager).map(choice::withManager).orElse(choice);
        choice = Optional.ofNullable(keyOrigin).map(choice::withOrigin).orElse(choice);
        choice = Optional.ofNullable(keyAlias).map(choice::withAlias).orElse(choice);
        choice = Optional.ofNullable(keyRegion).map(choice::withRegion).orElse(choice);
        return Optional.ofNullable(keyAccount).map(choice::withAccount).orElse(choice);
    }
}
