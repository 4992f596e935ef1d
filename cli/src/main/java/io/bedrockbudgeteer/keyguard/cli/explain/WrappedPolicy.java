package io.bedrockbudgeteer.keyguard.cli.explain;

import io.bedrockbudgeteer.keyguard.cli.console.BadInput;
import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import io.bedrockbudgeteer.keyguard.json.JsonSyntaxException;
import java.util.Map;

/// Tells the answer of an AWS command from the policy in it. People save the one and mean the
/// other, and the lines of the file would not be those of the policy.
public final class WrappedPolicy {
    // The member that holds the policy, and the command that prints the policy alone.
    private static final Map<String, String> COMMANDS =
            Map.of(
                    "Policy",
                    "aws kms get-key-policy --key-id KEY --query Policy --output text",
                    "PolicyDocument",
                    "aws iam get-role-policy --role-name ROLE --policy-name NAME --query PolicyDocument",
                    "PolicyVersion",
                    "aws iam get-policy-version --policy-arn ARN --version-id ID --query PolicyVersion.Document");

    private WrappedPolicy() {}

    /// @param file for the message
    /// @throws BadInput when the text is the answer of one of these commands
    public static void refuse(String file, String text) {
        if (COMMANDS.keySet().stream().noneMatch(name -> text.contains('"' + name + '"'))) return;
        Json json;
        try {
            json = JsonReader.read(text);
        } catch (JsonSyntaxException e) {
            return; // the evaluator says what is wrong with it
        }
        if (!(json instanceof Json.Obj object) || object.get("Statement").isPresent()) return;
        COMMANDS.forEach((name, command) -> {
            if (object.get(name).isPresent())
                throw new BadInput(
                        file
                                + " is the answer of an AWS command, and the policy is in its "
                                + name
                                + "; write the policy alone, as `"
                                + command
                                + "` does");
        });
    }
}
