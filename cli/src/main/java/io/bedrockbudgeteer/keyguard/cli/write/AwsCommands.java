package io.bedrockbudgeteer.keyguard.cli.write;

import io.bedrockbudgeteer.keyguard.policy.Arn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Commands of the AWS CLI to type, for the account and the place that this command works on.
///
/// @param profile as it was given
/// @param endpoint as it was given
public record AwsCommands(Optional<String> profile, Optional<String> endpoint) {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+=,-]+");

    /// Puts a saved policy back.
    public List<String> restore(Arn key, Path file) {
        return lines(
                "aws kms put-key-policy",
                "--key-id " + key.resourceName(),
                "--policy-name default --policy " + quoted("file://" + file),
                place(key.region()));
    }

    /// Shows the policy as it is.
    public List<String> look(Arn key) {
        return lines(
                "aws kms get-key-policy",
                "--key-id " + key.resourceName(),
                "--policy-name default --query Policy --output text",
                place(key.region()));
    }

    /// Lets a key be deleted.
    public List<String> scheduleDeletion(Arn key, int days) {
        return lines(
                "aws kms schedule-key-deletion",
                "--key-id " + key.resourceName(),
                "--pending-window-in-days " + days,
                place(key.region()));
    }

    /// Takes an alias away.
    public List<String> deleteAlias(String alias, String region) {
        return lines("aws kms delete-alias", "--alias-name " + alias, place(region));
    }

    /// Shows the latest events of an operation.
    public List<String> lookUp(String event, String region) {
        return lines(
                "aws cloudtrail lookup-events",
                "--lookup-attributes AttributeKey=EventName,AttributeValue=" + event,
                place(region));
    }

    private String place(String region) {
        return "--region "
                + region
                + profile.map(name -> " --profile " + quoted(name)).orElse("")
                + endpoint.map(url -> " --endpoint-url " + quoted(url)).orElse("");
    }

    private static List<String> lines(String... parts) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < parts.length; i++)
            lines.add((i == 0 ? "  " : "    ") + parts[i] + (i < parts.length - 1 ? " \\" : ""));
        return lines;
    }

    private static String quoted(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
