package io.bedrockbudgeteer.keyguard.cli;

import io.bedrockbudgeteer.keyguard.cli.console.BadInput;
import io.bedrockbudgeteer.keyguard.cli.console.SafeText;
import io.bedrockbudgeteer.keyguard.cli.console.Screen;
import io.bedrockbudgeteer.keyguard.cli.report.DeploymentPolicy;
import io.bedrockbudgeteer.keyguard.key.KeyValue;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Prints the least IAM policy of the deploying principal.
@Command(
        name = "deploy-policy",
        description = {
            "Prints the least IAM policy of the principal that deploys the stack with this key:"
                    + " creators' rights on the key, grants only for AWS resources and only through"
                    + " the services that need them, and the stack's own resources.",
            "",
            "Works offline."
        },
        mixinStandardHelpOptions = true,
        version = Main.NAME_AND_VERSION,
        sortOptions = false,
        footer = {
            "",
            "Exit codes: 0 printed; 2 wrong use.",
            "",
            "Example:",
            "",
            "  keyguard deploy-policy --key KEY-ARN > deploy.json",
            "  aws iam put-role-policy --role-name deployer --policy-name budgeteer \\",
            "    --policy-document file://deploy.json"
        })
final class DeployPolicyCommand implements Callable<Integer> {
    private final Screen screen;

    @Option(names = "--key", paramLabel = "ARN", description = "ARN of the key, not of an alias.")
    private @Nullable String key;

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            description = "The stack's parameter Environment (default: production).")
    private String environment = "production";

    DeployPolicyCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException {
        String text =
                DeploymentPolicy.of(keyArn(), KeyOptions.requireEnvironment(environment))
                        .stripTrailing();
        screen.print(text.lines().toList());
        return Main.FINE;
    }

    private Arn keyArn() {
        if (key == null)
            throw new BadInput("which key is not said; give --key and the ARN of the key");
        Arn arn =
                Arn.tryParse(key)
                        .filter(found -> found.service().equals("kms"))
                        .filter(found -> found.account().matches("\\d{12}"))
                        .filter(found -> !found.region().isEmpty())
                        .orElseThrow(() -> bad("which is not the ARN of a key"));
        if (arn.resource().startsWith("alias/"))
            throw bad(
                    "an alias, and IAM policies name the key; find its ARN with `aws kms"
                            + " describe-key`, and");
        if (!arn.resource().startsWith("key/")
                || !KeyValue.KEY_ID.matcher(arn.resourceName()).matches())
            throw bad("which is not the ARN of a key");
        return arn;
    }

    private BadInput bad(String why) {
        return new BadInput(
                "--key is "
                        + SafeText.quoted(String.valueOf(key))
                        + ", "
                        + why
                        + (why.endsWith("and") ? " give that" : "; write")
                        + " arn:aws:kms:REGION:ACCOUNT:key/ID");
    }
}
