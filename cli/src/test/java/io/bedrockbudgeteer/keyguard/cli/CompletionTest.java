package io.bedrockbudgeteer.keyguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// What the TAB key offers.
class CompletionTest {
    @TempDir private Path folder = Path.of(".");

    @Test
    void the_script_knows_every_command_but_the_hidden_one() {
        Cli.Ended ended = Cli.run("completion");
        assertThat(ended.code()).isZero();
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out())
                .startsWith("#!/usr/bin/env bash\n")
                .contains("check", "plan", "explain", "statements", "--policy-file")
                .doesNotContain("warm-up");
    }

    @Test
    @EnabledIf(value = "hasBash", disabledReason = "bash is not here")
    void bash_completes_commands_flags_and_forms() throws Exception {
        Files.writeString(folder.resolve("completion"), Cli.run("completion").out());
        assertThat(offered("ch")).containsExactly("check");
        assertThat(offered("plan", "--pol")).containsExactly("--policy-file");
        assertThat(offered("check", "-o", "s")).containsExactly("sarif");
    }

    private List<String> offered(String... words) throws Exception {
        String line = "keyguard " + String.join(" ", words);
        String script =
                // Which works only where the shell itself completes.
                "compopt() { :; }; . ./completion; COMP_WORDS=("
                        + line
                        + "); COMP_CWORD="
                        + words.length
                        + "; COMP_LINE='"
                        + line
                        + "'; COMP_POINT="
                        + line.length()
                        + "; _complete_keyguard; printf '%s\\n' \"${COMPREPLY[@]}\"";
        Process process =
                new ProcessBuilder("bash", "-c", script)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out.lines().toList();
    }

    static boolean hasBash() throws InterruptedException {
        try {
            return new ProcessBuilder("bash", "-c", "true").start().waitFor() == 0;
        } catch (IOException _) {
            return false;
        }
    }
}
