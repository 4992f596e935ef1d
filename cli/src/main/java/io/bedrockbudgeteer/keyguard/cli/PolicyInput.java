package io.bedrockbudgeteer.keyguard.cli;

import io.bedrockbudgeteer.keyguard.cli.console.BadInput;
import io.bedrockbudgeteer.keyguard.cli.console.InputFile;
import io.bedrockbudgeteer.keyguard.cli.console.Screen;
import io.bedrockbudgeteer.keyguard.cli.explain.WrappedPolicy;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.policy.PolicySyntaxException;

/// A file with a key policy.
final class PolicyInput {

    private PolicyInput() {}

    /// @throws BadInput when it is something else; with line and column where that helps
    static String text(InputFile file, Screen screen) {
        String text = file.text(screen.in());
        WrappedPolicy.refuse(file.shown(), text);
        try {
            KeyPolicy.read(text);
        } catch (PolicySyntaxException e) {
            throw new BadInput(
                    file.shown()
                            + " cannot be read as a key policy: "
                            + e.getMessage()
                            + "; write the answer of `aws kms get-key-policy --query Policy --output text`");
        }
        return text;
    }
}
