package io.bedrockbudgeteer.keyguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is loaded to answer a question: nothing of the AWS SDK, which would take longer than the
/// answer.
class StartUpTest {
    @TempDir private Path folder = Path.of(".");

    @Test
    void no_class_of_the_aws_sdk_is_loaded() throws Exception {
        Files.copy(Golden.INPUT.resolve("key.json"), folder.resolve("key.json"));
        List<String> arguments = MainTest.question();
        arguments.set(arguments.indexOf("--policy-file") + 1, "key.json");
        Process process =
                ChildJvm.start(folder, List.of("-Xlog:class+load:file=classes"), arguments);
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(ChildJvm.end(process)).isZero();
        assertThat(out).startsWith("UNKNOWN (unsupported)\n").doesNotContain("\u001B");
        String classes = Files.readString(folder.resolve("classes"));
        assertThat(classes.contains("io.bedrockbudgeteer.keyguard.policy.Evaluator")).isTrue();
        for (String heavy :
                List.of(
                        "software.amazon.",
                        "com.amazonaws.",
                        "org.slf4j.",
                        "jdk.internal.org.jline.terminal."))
            assertThat(classes.contains(heavy)).as(heavy).isFalse();
    }
}
