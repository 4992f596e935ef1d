package io.bedrockbudgeteer.keyguard.cli;

import static io.bedrockbudgeteer.keyguard.cli.RequestText.allowIf;
import static io.bedrockbudgeteer.keyguard.cli.RequestText.base;
import static io.bedrockbudgeteer.keyguard.cli.RequestText.iam;
import static io.bedrockbudgeteer.keyguard.cli.RequestText.policy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Long inputs in a small heap: memory does not grow with the number of lines, and not with the
/// number of different policies in them.
class LongRunTest {
    @TempDir private Path folder = Path.of(".");

    @Test
    void a_hundred_thousand_lines_fit_into_48_megabytes() throws Exception {
        answers(100_000, "-Xmx48m");
    }

    /// `mvn test -Dmillion=true`; takes about a minute.
    @Test
    @EnabledIfSystemProperty(named = "million", matches = "true")
    void a_million_lines_fit_into_64_megabytes() throws Exception {
        answers(1_000_000, "-Xmx64m");
    }

    private void answers(int lines, String heap) throws Exception {
        List<String> requests = requests();
        Process process =
                ChildJvm.start(folder, List.of(heap), List.of("explain", "--requests", "-"));
        Thread writer = Thread.ofPlatform().start(() -> write(process, requests, lines));
        int rows = 0;
        try (BufferedReader answers = process.inputReader(StandardCharsets.UTF_8)) {
            for (String row = answers.readLine(); row != null; row = answers.readLine()) {
                rows++;
                if (!row.startsWith("{\"id\":" + rows + ",\"verdict\":\"")) break;
            }
        }
        writer.join();
        assertThat(ChildJvm.end(process)).as(stderr()).isZero();
        assertThat(rows).isEqualTo(lines);
        assertThat(stderr()).isEmpty();
    }

    private String stderr() throws IOException {
        return Files.readString(folder.resolve("stderr"));
    }

    private static void write(Process process, List<String> requests, int lines) {
        try (OutputStream in = new BufferedOutputStream(process.getOutputStream(), 1 << 16)) {
            for (int i = 0; i < lines; i++)
                in.write(requests.get(i % requests.size()).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the command ended early", e);
        }
    }

    /// As people ask: mostly about one policy, and then about others. A thousand of them, more than
    /// are remembered.
    private static List<String> requests() {
        List<String> requests = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            int policy = i % 10 == 0 ? i / 10 : 1000;
            String[] statements = new String[6];
            for (int s = 0; s < statements.length; s++)
                statements[s] =
                        allowIf(
                                "{'AWS':'arn:aws:iam::111122223333:role/app-"
                                        + policy
                                        + "-"
                                        + s
                                        + "'}",
                                "{'StringEquals':{'kms:ViaService':'s3.us-east-1.amazonaws.com'}}");
            requests.add(
                    base().with("keyPolicy", policy(statements))
                                    .with(
                                            "principalArn",
                                            "'arn:aws:iam::111122223333:role/app-" + i + "-3'")
                                    .with(
                                            "identityPolicies",
                                            "[" + iam("Allow", "s3:Get" + policy) + "]")
                                    .with("context", "{'kms:EncryptionContext:n':'" + i + "'}")
                                    .line()
                            + "\n");
        }
        return requests;
    }
}
