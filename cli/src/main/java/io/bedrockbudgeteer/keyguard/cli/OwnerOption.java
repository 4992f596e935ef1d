package io.bedrockbudgeteer.keyguard.cli;

import io.bedrockbudgeteer.keyguard.aws.Problem;
import io.bedrockbudgeteer.keyguard.aws.Reply;
import io.bedrockbudgeteer.keyguard.cli.console.BadInput;
import io.bedrockbudgeteer.keyguard.cli.console.SafeText;
import io.bedrockbudgeteer.keyguard.cli.source.AwsSession;
import io.bedrockbudgeteer.keyguard.cli.source.StackArn;
import io.bedrockbudgeteer.keyguard.plan.Owner;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The flag that says whose statements are meant: those of the command, or those of a stack.
final class OwnerOption {
    @Option(
            names = "--stack-name",
            paramLabel = "STACK",
            description =
                    "As the guard of this stack would do it: the stack's name, or its ARN (default: as"
                            + " the command itself does).")
    private @Nullable String stack;

    /// @param session empty when files are looked at
    /// @throws BadInput when there is no such stack, or it cannot be asked for
    Owner owner(String environment, Optional<AwsSession> session) {
        if (stack == null) return Owner.command(environment);
        if (stack.startsWith("arn:")) return Owner.stack(checked(stack));
        if (session.isEmpty())
            throw new BadInput(
                    "--stack-name is "
                            + SafeText.quoted(stack)
                            + ", and offline nobody can be asked for the stack; give its ARN, which `aws"
                            + " cloudformation describe-stacks --query Stacks[].StackId` prints");
        return switch (StackArn.of(stack, session.get())) {
            case Reply.Ok<String>(String arn) -> Owner.stack(arn);
            case Reply.Failed<String>(Problem problem) ->
                    throw new BadInput(
                            "the stack "
                                    + SafeText.quoted(stack)
                                    + " could not be looked up: "
                                    + problem.text()
                                    + "; give --stack-name the name or ARN of a stack in this Region, and have"
                                    + " cloudformation:DescribeStacks");
        };
    }

    private static String checked(String text) {
        if (Arn.tryParse(text)
                .filter(arn ->
                        arn.service().equals("cloudformation")
                                && arn.resource().matches("stack/[^/]+/.+"))
                .isEmpty())
            throw new BadInput(
                    "--stack-name is "
                            + SafeText.quoted(text)
                            + ", which is not the ARN of a stack; write one such as"
                            + " arn:aws:cloudformation:us-east-1:111122223333:stack/NAME/ID");
        return text;
    }
}
