package io.bedrockbudgeteer.keyguard.cli.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.aws.AwsCall;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PermissionsTest {
    private final Permissions permissions = new Permissions();

    private void see(String operation, String result) {
        permissions.see(new AwsCall(operation, result, 1, 1));
    }

    @Test
    void what_was_denied_is_named_once_with_what_it_is_for() {
        see("kms:DescribeKey", "ok");
        see("kms:PutKeyPolicy", "AccessDeniedException");
        see("iam:GetRole", "AccessDenied");
        see("kms:PutKeyPolicy", "AccessDeniedException");
        see("kms:GetKeyPolicy", "ThrottlingException");
        assertThat(permissions.missing())
                .containsExactly(
                        "kms:PutKeyPolicy (to write the key policy)",
                        "iam:GetRole (to read what IAM lets you and the stack's roles do)");
        assertThat(permissions.sentence())
                .startsWith(" Not allowed: kms:PutKeyPolicy (to write the key policy), iam:GetRole")
                .endsWith("; let your IAM policy allow it, and the key policy leave it to IAM.");
    }

    @Test
    void when_nothing_was_denied_there_is_nothing_to_say() {
        see("kms:DescribeKey", "NotFoundException");
        assertThat(permissions.sentence()).isEmpty();
    }

    /// The library makes no other call for these commands than those that are named here.
    @Test
    void every_action_that_the_library_names_has_a_purpose() throws Exception {
        Pattern action = Pattern.compile("\"((?:kms|iam|cloudformation):[A-Z][A-Za-z]+)\"");
        Set<String> called = new TreeSet<>();
        for (String folder : new String[] {"key", "identity", "stack"})
            try (Stream<Path> files =
                    Files.walk(
                            Path.of(
                                    "../layers/keyguard/src/main/java/io/bedrockbudgeteer/keyguard",
                                    folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList())
                    for (String line : Files.readAllLines(file)) {
                        Matcher found = action.matcher(line.strip());
                        while (found.find()) called.add(found.group(1));
                    }
            }
        assertThat(called).hasSizeGreaterThan(12);
        assertThat(Permissions.PURPOSES.keySet()).containsAll(called);
    }
}
