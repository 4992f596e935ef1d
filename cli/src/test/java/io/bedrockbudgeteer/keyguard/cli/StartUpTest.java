package io.bedrockbudgeteer.keyguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is loaded to answer a question or to look at files: nothing of the AWS SDK, which would
/// take longer than the answer, and nothing that could reach the network.
class StartUpTest {
    @TempDir private Path folder = Path.of(".");

    @Test
    void a_question_loads_no_class_of_the_aws_sdk() throws Exception {
        Files.copy(Golden.INPUT.resolve("key.json"), folder.resolve("policy.json"));
        List<String> arguments = MainTest.question();
        arguments.set(arguments.indexOf("--policy-file") + 1, "policy.json");
        assertThat(answer(0, arguments))
                .startsWith("UNKNOWN (unsupported)\n")
                .doesNotContain("\u001B");
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "plan"})
    void neither_does_a_look_at_files(String command) throws Exception {
        Files.copy(Path.of(ReportCase.file("key")), folder.resolve("key.json"));
        Files.copy(Path.of(ReportCase.file("default")), folder.resolve("policy.json"));
        List<String> arguments =
                List.of(command, "--key-file", "key.json", "--policy-file", "policy.json");
        assertThat(answer(1, arguments)).contains("POL009").doesNotContain("\u001B");
    }

    private String answer(int code, List<String> arguments) throws Exception {
        Process process =
                ChildJvm.start(folder, List.of("-Xlog:class+load:file=classes"), arguments);
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(ChildJvm.end(process)).isEqualTo(code);
        String classes =
                Files.readString(folder.resolve("classes"))
                        // The JDK verifies who catches it, and that is one class alone.
                        .replace("software.amazon.awssdk.core.exception.SdkException ", "");
        assertThat(classes.contains("io.bedrockbudgeteer.keyguard.policy.Evaluator")).isTrue();
        for (String heavy :
                List.of(
                        "software.amazon.",
                        "com.amazonaws.",
                        "org.slf4j.",
                        "java.net.http.",
                        "sun.net.www.http.",
                        "jdk.internal.org.jline.terminal."))
            assertThat(classes.contains(heavy)).as(heavy).isFalse();
        return out;
    }
}
