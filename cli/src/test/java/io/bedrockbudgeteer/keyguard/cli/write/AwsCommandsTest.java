package io.bedrockbudgeteer.keyguard.cli.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.policy.Arn;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// Commands that people paste into a shell.
class AwsCommandsTest {
    private static final Arn KEY =
            Arn.parse(
                    "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab");

    @Test
    void profile_and_endpoint_are_those_that_were_given() {
        assertThat(
                        new AwsCommands(Optional.of("prod"), Optional.of("http://127.0.0.1:1"))
                                .scheduleDeletion(KEY, 7))
                .containsExactly(
                        "  aws kms schedule-key-deletion \\",
                        "    --key-id 1234abcd-12ab-34cd-56ef-1234567890ab \\",
                        "    --pending-window-in-days 7 \\",
                        "    --region eu-central-1 --profile prod --endpoint-url http://127.0.0.1:1");
    }

    /// A shell takes the command apart; a function named `aws` prints what it gets.
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs a POSIX shell")
    void odd_names_arrive_whole() throws Exception {
        List<String> command =
                new AwsCommands(Optional.of("it's $HOME"), Optional.empty())
                        .restore(KEY, Path.of("/tmp/a b'c;d.json"));
        Process process =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                "aws() { printf '%s\\n' \"$@\"; }\n" + String.join("\n", command))
                        .redirectErrorStream(true)
                        .start();
        assertThat(
                        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                                .lines())
                .containsExactly(
                        "kms",
                        "put-key-policy",
                        "--key-id",
                        KEY.resourceName(),
                        "--policy-name",
                        "default",
                        "--policy",
                        "file:///tmp/a b'c;d.json",
                        "--region",
                        "eu-central-1",
                        "--profile",
                        "it's $HOME");
        assertThat(process.waitFor()).isZero();
    }
}
