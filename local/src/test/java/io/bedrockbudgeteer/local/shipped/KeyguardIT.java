package io.bedrockbudgeteer.local.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.local.KeyChoice;
import io.bedrockbudgeteer.local.LocalStack;
import io.bedrockbudgeteer.local.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged command `keyguard` on the HTTP faces of the local stack, before, while and after a
/// stack lives on the key.
class KeyguardIT {
    private static final String ALIAS = "alias/budgeteer";

    @TempDir private Path folder;

    private record Ended(int code, String out, String err) {}

    private Ended keyguard(LocalStack stack, String... arguments)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-jar",
                                ShippedTemplate.root().resolve("cli/target/cli.jar").toString()));
        command.addAll(List.of(arguments));
        command.addAll(
                List.of(
                        "--endpoint-url",
                        stack.account().endpoint().toString(),
                        "--region",
                        stack.account().region()));
        Files.writeString(folder.resolve("in"), "");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectInput(ProcessBuilder.Redirect.from(folder.resolve("in").toFile()))
                        .redirectOutput(folder.resolve("out").toFile())
                        .redirectError(folder.resolve("err").toFile());
        Map<String, String> variables = builder.environment();
        variables.keySet().removeIf(name -> name.startsWith("AWS_"));
        variables.putAll(stack.account().deployerKeys().environment());
        variables.put("KEYGUARD_TIME_SCALE", String.valueOf(stack.account().timeScale()));
        Process process = builder.start();
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).as("ended in time").isTrue();
        return new Ended(
                process.exitValue(),
                Files.readString(folder.resolve("out")),
                Files.readString(folder.resolve("err")));
    }

    private void ends(int code, Ended ended) {
        assertThat(ended.code()).as(ended.out() + ended.err()).isEqualTo(code);
    }

    private static String policy(LocalStack stack) {
        return stack.account().keys().policy(stack.keyArn().orElseThrow());
    }

    @Test
    void what_the_command_wrote_before_the_stack_needs_no_write_by_the_stack() throws Exception {
        try (LocalStack stack = Stacks.withKey(KeyChoice.standard().withAlias(ALIAS))) {
            String before = policy(stack);
            ends(1, keyguard(stack, "check", "--key", ALIAS));
            ends(1, keyguard(stack, "plan", "--key", ALIAS));
            Ended applied = keyguard(stack, "apply", "--key", ALIAS, "--yes");
            ends(0, applied);
            assertThat(applied.out()).contains("The key policy was written and read back");
            ends(0, keyguard(stack, "check", "--key", ALIAS));
            Ended planned = keyguard(stack, "plan", "--key", ALIAS);
            ends(0, planned);
            assertThat(planned.out()).contains("No changes.");

            RunReport deployed = Stacks.succeeded(stack.deploy());
            assertThat(Stacks.calls(deployed, "kms:PutKeyPolicy")).isEmpty();
            Ended living = keyguard(stack, "check", "--key", ALIAS);
            ends(0, living);
            assertThat(living.out()).doesNotContain("(assumed)"); // the roles are there now

            Stacks.succeeded(stack.delete());
            ends(0, keyguard(stack, "remove", "--key", ALIAS, "--yes"));
            assertThat(policy(stack)).isEqualTo(before);
            ends(1, keyguard(stack, "check", "--key", ALIAS));
        }
    }

    @Test
    void a_key_that_the_command_made_carries_a_stack() throws Exception {
        try (LocalStack stack = Stacks.withKey(KeyChoice.standard())) {
            ends(0, keyguard(stack, "create", "--dry-run"));
            ends(0, keyguard(stack, "create", "--yes"));
            Ended again = keyguard(stack, "create", "--yes");
            ends(2, again);
            assertThat(again.err())
                    .contains("alias/bedrock-budgeteer is there already")
                    .hasLineCount(1);
            ends(0, keyguard(stack, "check", "--key", "alias/bedrock-budgeteer"));
            String made = keyOf(keyguard(stack, "plan", "--key", "alias/bedrock-budgeteer").out());
            try (LocalStack other =
                    Stacks.builder()
                            .in(stack)
                            .stackName("other")
                            .parameter(LocalStack.KEY_PARAMETER, made)
                            .open()) {
                RunReport deployed = Stacks.succeeded(other.deploy());
                assertThat(Stacks.calls(deployed, "kms:PutKeyPolicy")).isEmpty();
            }
        }
    }

    private static String keyOf(String plan) {
        return plan.lines().findFirst().orElseThrow();
    }

    @Test
    void whoever_may_not_write_is_told_what_is_missing() throws Exception {
        try (LocalStack stack = Stacks.withKey(KeyChoice.standard())) {
            String before = policy(stack);
            stack.account().roles().deletePolicy("deployer", "administrator");
            stack.account()
                    .roles()
                    .putPolicy(
                            "deployer",
                            "reader",
                            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"kms:Describe*\",\"kms:Get*\",\"kms:List*\",\"iam:Get*\",\"iam:List*\"],\"Resource\":\"*\"}]}");
            Ended refused =
                    keyguard(stack, "apply", "--key", stack.keyArn().orElseThrow(), "--yes");
            ends(1, refused);
            assertThat(refused.out()).contains("POL008").contains("kms:PutKeyPolicy");
            assertThat(policy(stack)).isEqualTo(before);
        }
    }
}
