package io.bedrockbudgeteer.keyguard.cli.report;

import io.bedrockbudgeteer.keyguard.policy.Arn;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// The least IAM policy of the principal that deploys the stack on one key. Its text is a file with
/// placeholders; `examples/deployment-role-policy.json` is tested to be the same.
public final class DeploymentPolicy {

    private DeploymentPolicy() {}

    /// @param key ARN of the key; gives partition, Region and account
    /// @param environment as in the stack's parameter
    public static String of(Arn key, String environment) {
        Map<String, String> values =
                Map.of(
                        "KeyArn", key.toString(),
                        "Partition", key.partition(),
                        "Region", key.region(),
                        "AccountId", key.account(),
                        "Environment", environment,
                        "AlarmSuffix", environment.equals("production") ? "" : "-" + environment);
        String text = template();
        for (Map.Entry<String, String> value : values.entrySet())
            text = text.replace("${" + value.getKey() + "}", value.getValue());
        if (text.contains("${"))
            throw new IllegalStateException("deployment-policy.json has an unknown placeholder");
        return text;
    }

    private static String template() {
        try (InputStream file =
                DeploymentPolicy.class.getResourceAsStream("deployment-policy.json")) {
            if (file == null)
                throw new IllegalStateException("deployment-policy.json is not on the class path");
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading deployment-policy.json", e);
        }
    }
}
